import type { Migration } from '../migrate.ts'

/** What people ask of the enterprise about their own data (ZP-91), and the papers that show who they are. */
export const storeRequests: Migration = {
  version: 5,
  name: 'requests',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE subject_request (
        id TEXT PRIMARY KEY,
        -- 0 while no hub has sent it.
        rev INTEGER NOT NULL,
        via TEXT NOT NULL CHECK (via IN ('portal', 'mail', 'phone', 'post', 'in_person')),
        kind TEXT NOT NULL,
        requester TEXT NOT NULL,
        kinship TEXT,
        -- Who it is about, for as long as anything of the person is here; afterwards the hash of the log alone tells (D11).
        platform TEXT,
        platform_id TEXT,
        person_hash TEXT,
        received_at INTEGER NOT NULL,
        noted_at INTEGER NOT NULL,
        hub_due_at INTEGER,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
        identity TEXT NOT NULL DEFAULT 'open' CHECK (identity IN ('open', 'verified', 'failed')),
        identity_at INTEGER,
        identity_by TEXT,
        -- JSON list of {kind, how, at}: what was shown, never what stands in it.
        proofs TEXT NOT NULL DEFAULT '[]',
        -- JSON list of {from, to?}: when a dispute among relatives stopped the clock (QY-44).
        freezes TEXT NOT NULL DEFAULT '[]',
        searched_at INTEGER,
        -- When what was asked for was begun: destruction ordered, processing restricted, a correction passed on.
        carried_out_at INTEGER,
        outcome TEXT CHECK (outcome IN ('done', 'alternative', 'fee_quoted', 'refused')),
        closed_at INTEGER,
        closed_by TEXT,
        warned_at INTEGER,
        alarmed_at INTEGER,
        -- Under whose key the words lie; NULL where nobody of that id was here.
        record_id TEXT,
        -- JSON of what people typed.
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX subject_request_state ON subject_request (state, received_at);
      CREATE INDEX subject_request_person ON subject_request (platform_id);
      CREATE INDEX subject_request_hash ON subject_request (person_hash);
      CREATE INDEX subject_request_record ON subject_request (record_id);

      -- Papers are files under a key of their own, which ends 30 days after the request was closed (D13).
      CREATE TABLE request_paper (
        id TEXT PRIMARY KEY,
        request_id TEXT NOT NULL REFERENCES subject_request (id),
        kind TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        key_slot TEXT NOT NULL,
        record_id TEXT,
        sealed_name BLOB NOT NULL,
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX request_paper_request ON request_paper (request_id);
    `)
  },
}
