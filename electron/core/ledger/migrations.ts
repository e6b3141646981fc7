import type { Migration } from '../store/migrate.ts'
import { appendOnlyTriggers } from './month-table.ts'

/**
 * Schema of `ledger.db`. The tables of entries (`entry_YYYYMM`) are made as months begin; everything that proves something
 * refuses to be changed. Tombstones and certificates lie here because this file is never rolled back.
 */
export const ledgerMigrations: readonly Migration[] = [
  {
    version: 1,
    name: 'ledger',
    up: (connection) => {
      connection.exec(`
        CREATE TABLE device (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          device_id TEXT NOT NULL,
          verifier_key TEXT NOT NULL,
          sealed_seed BLOB NOT NULL,
          created_at INTEGER NOT NULL
        ) STRICT;
        -- month: YYYYMM in Asia/Shanghai; first: index of its first entry; dropped_at: when the month went.
        CREATE TABLE entry_month (
          month INTEGER PRIMARY KEY,
          first INTEGER NOT NULL,
          dropped_at INTEGER
        ) STRICT;
        -- Whole subtrees of level 3 (eight leaves) and above, numbered in the order in which they become whole, so that rows only ever
        -- come behind the last one. Leaf hashes stand beside their entries.
        CREATE TABLE node (
          position INTEGER PRIMARY KEY,
          level INTEGER NOT NULL,
          idx INTEGER NOT NULL,
          hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        -- Leaf hashes of dropped months: proofs across the cut go on working.
        CREATE TABLE old_leaf (i INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
        -- Keys whose destruction has begun (destroying-slots.ts).
        CREATE TABLE destroying_slot (slot TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TABLE moved_nonce (nonce TEXT PRIMARY KEY, i INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, at INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
        CREATE TABLE cosignature (
          size INTEGER NOT NULL,
          witness TEXT NOT NULL,
          at INTEGER NOT NULL,
          line TEXT NOT NULL,
          PRIMARY KEY (size, witness)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE witness_key (verifier_key TEXT PRIMARY KEY, first_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE witness_head (id INTEGER PRIMARY KEY CHECK (id = 1), pushed INTEGER NOT NULL) STRICT;
        -- held_from: trusted time at which a jump ahead was first seen that nobody has confirmed; NULL when none is held.
        CREATE TABLE clock_mark (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          high_water INTEGER NOT NULL,
          held_from INTEGER
        ) STRICT;
        INSERT INTO witness_head (id, pushed) VALUES (1, 0);
        INSERT INTO clock_mark (id, high_water) VALUES (1, 0);
        -- platform, candidate and slot become NULL when the key is overwritten (D11): what is left is a random number.
        CREATE TABLE subject (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          hash TEXT NOT NULL UNIQUE,
          platform TEXT,
          candidate TEXT,
          slot TEXT,
          first_at INTEGER NOT NULL,
          destroyed_at INTEGER,
          until INTEGER,
          UNIQUE (platform, candidate)
        ) STRICT;
        -- Which entries are about whom, for the entries below indexed_size; filled when somebody asks, because keeping it up
        -- to date touches a page a subject and would double the cost of each append.
        CREATE TABLE subject_entry (
          subject INTEGER NOT NULL,
          i INTEGER NOT NULL,
          PRIMARY KEY (subject, i)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE subject_index (id INTEGER PRIMARY KEY CHECK (id = 1), indexed_size INTEGER NOT NULL) STRICT;
        INSERT INTO subject_index (id, indexed_size) VALUES (1, 0);
        CREATE INDEX subject_until ON subject (until) WHERE until IS NOT NULL;
        CREATE TABLE search_hit_day (
          account TEXT NOT NULL,
          subject INTEGER NOT NULL,
          day INTEGER NOT NULL,
          PRIMARY KEY (account, subject, day)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX search_hit_day_by_day ON search_hit_day (day);
        CREATE TABLE tombstone (
          platform TEXT NOT NULL,
          candidate_hash TEXT NOT NULL,
          destroyed_at INTEGER NOT NULL,
          reason TEXT NOT NULL,
          clause TEXT NOT NULL,
          evidence_before INTEGER NOT NULL,
          until INTEGER NOT NULL,
          PRIMARY KEY (platform, candidate_hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE certificate (
          id TEXT PRIMARY KEY,
          at INTEGER NOT NULL,
          subject_hash TEXT NOT NULL,
          json TEXT NOT NULL
        ) STRICT;
        CREATE INDEX certificate_at ON certificate (at, id);
      `)
      for (const table of ['node', 'old_leaf', 'checkpoint', 'cosignature', 'moved_nonce']) {
        for (const trigger of appendOnlyTriggers(table)) connection.exec(trigger)
      }
    },
  },
  {
    version: 2,
    name: 'policies',
    up: (connection) => {
      // Beside the log, because whoever could take it away or put an older one in its place would loosen rules.
      connection.exec(`
        CREATE TABLE policies (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          json TEXT NOT NULL
        ) STRICT;
      `)
    },
  },
  {
    version: 3,
    name: 'no contact',
    up: (connection) => {
      // Keyed hashes of people who asked not to be contacted (MM-17); here, because they outlive every record and every restore.
      connection.exec(`
        CREATE TABLE no_contact (
          hash TEXT NOT NULL,
          source TEXT NOT NULL CHECK (source IN ('here', 'hub')),
          at INTEGER NOT NULL,
          PRIMARY KEY (hash, source)
        ) STRICT, WITHOUT ROWID;
      `)
    },
  },
  {
    version: 4,
    name: 'orders',
    up: (connection) => {
      // An order that takes several people, until its certificate is made. In this file, because it is never rolled back and because
      // the end of an order and its certificate must be one transaction: never two for the same.
      connection.exec(`
        CREATE TABLE destruction_order (
          id TEXT PRIMARY KEY,
          account TEXT NOT NULL,
          at INTEGER NOT NULL,
          reason TEXT NOT NULL,
          -- The closing entry, from the moment that it is decided: written again after a kill it is the same one.
          nonce TEXT,
          canonical TEXT,
          rows TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX destruction_order_account ON destruction_order (account, at, id);
        CREATE TABLE destruction_order_job (
          order_id TEXT NOT NULL REFERENCES destruction_order (id) ON DELETE CASCADE,
          job_id TEXT NOT NULL,
          -- The certificate of the job, once it has one.
          certificate TEXT,
          PRIMARY KEY (order_id, job_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX destruction_order_job_of ON destruction_order_job (job_id);
        ALTER TABLE certificate ADD COLUMN kind TEXT NOT NULL DEFAULT 'single';
        ALTER TABLE certificate ADD COLUMN reason TEXT;
        UPDATE certificate SET reason = json_extract(json, '$.body.reason');
        CREATE INDEX certificate_kind ON certificate (kind, at, id);
      `)
    },
  },
  {
    version: 5,
    name: 'ended files',
    up: (connection) => {
      // Random numbers of plain files that are over, and who said so where somebody did (ended-files.ts).
      connection.exec(`
        CREATE TABLE ended_file (id TEXT PRIMARY KEY, at INTEGER NOT NULL, answer TEXT, by TEXT) STRICT, WITHOUT ROWID;
      `)
    },
  },
  {
    version: 6,
    name: 'closed requests',
    up: (connection) => {
      // Random numbers of requests that are answered, and how (closed-requests.ts).
      connection.exec(`
        CREATE TABLE closed_request (
          id TEXT PRIMARY KEY,
          at INTEGER NOT NULL,
          outcome TEXT NOT NULL,
          by TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
      `)
    },
  },
]
