import type { Migration } from '../migrate.ts'

/**
 * `store.db` of one account. In clear lie ids, platform, channel, stage, times and flags; everything else about a person is in
 * sealed blobs under the key of the candidate record (`candidate.key_slot`) or of the application (`application.key_slot`).
 * Every column is named in `retention/erasure-registry.ts`; a test fails on one that is not.
 */
export const storeInitial: Migration = {
  version: 1,
  name: 'initial',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE sync_state (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE job (
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('hub', 'local')),
        rev INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL,
        department TEXT,
        city TEXT,
        status TEXT NOT NULL CHECK (status IN ('open', 'paused', 'closed', 'filled')),
        kind TEXT,
        owner_id TEXT,
        headcount INTEGER,
        salary TEXT,
        description TEXT,
        opened_at INTEGER NOT NULL,
        status_at INTEGER NOT NULL,
        last_activity_at INTEGER NOT NULL
      ) STRICT;

      -- QY-09: no candidate may ever come from Qingyun, whatever a hub sends.
      CREATE TABLE candidate (
        record_id TEXT PRIMARY KEY,
        platform TEXT NOT NULL CHECK (platform IN ('zhaopin', 'lagou', 'wanzhou', 'maimai', 'direct')),
        platform_id TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('hub', 'local')),
        rev INTEGER NOT NULL DEFAULT 0,
        life TEXT NOT NULL DEFAULT 'live' CHECK (life IN ('live', 'locked')),
        lock_reason TEXT,
        locked_at INTEGER,
        visibility TEXT NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'hidden_from_headhunters', 'none')),
        -- JSON of switches that the candidate set: blocked, allow_call, insights_opt_out, ai_refused, do_not_contact,
        -- virtual_number, education_verified, guardian_consent, public_fields
        flags TEXT NOT NULL DEFAULT '{}',
        age_confirmed_at INTEGER,
        received_at INTEGER NOT NULL,
        -- Last time the hub confirmed this record (D2).
        checked_at INTEGER NOT NULL,
        key_slot TEXT NOT NULL UNIQUE,
        -- {resume, contact?, origin_text?} as JSON
        sealed BLOB NOT NULL,
        -- Grows with every change of the row or of its applications; the index catches up to it.
        version INTEGER NOT NULL DEFAULT 1,
        indexed_version INTEGER NOT NULL DEFAULT 0,
        UNIQUE (platform, platform_id)
      ) STRICT;
      -- A change names a person by the platform's id alone.
      CREATE INDEX candidate_platform_id ON candidate (platform_id);
      CREATE INDEX candidate_unindexed ON candidate (record_id) WHERE indexed_version <> version;

      CREATE TABLE application (
        id TEXT PRIMARY KEY,
        record_id TEXT NOT NULL REFERENCES candidate (record_id),
        job_id TEXT NOT NULL,
        rev INTEGER NOT NULL DEFAULT 0,
        channel TEXT NOT NULL,
        evidence TEXT,
        evidence_at INTEGER NOT NULL,
        stage TEXT NOT NULL,
        stage_label TEXT,
        at INTEGER NOT NULL,
        stage_at INTEGER NOT NULL,
        decision TEXT,
        decided_at INTEGER,
        attachment_state TEXT NOT NULL DEFAULT 'none',
        key_slot TEXT NOT NULL UNIQUE,
        -- The shortest of its clocks, kept current by retention/due.ts; NULL while none runs.
        due_at INTEGER,
        due_reason TEXT,
        due_clause TEXT,
        held_until INTEGER
      ) STRICT;
      CREATE INDEX application_record ON application (record_id);
      CREATE INDEX application_job ON application (job_id, stage);
      CREATE INDEX application_due ON application (due_at) WHERE due_at IS NOT NULL;

      CREATE TABLE attachment (
        id TEXT PRIMARY KEY,
        record_id TEXT NOT NULL,
        application_id TEXT NOT NULL REFERENCES application (id),
        rev INTEGER NOT NULL DEFAULT 0,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        -- Bytes fetched so far; resumed by a Range request.
        fetched INTEGER NOT NULL DEFAULT 0,
        -- The file's name, under the application's key.
        sealed_name BLOB NOT NULL
      ) STRICT;
      CREATE INDEX attachment_application ON attachment (application_id);

      CREATE TABLE attachment_chunk (
        attachment_id TEXT NOT NULL REFERENCES attachment (id),
        seq INTEGER NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (attachment_id, seq)
      ) STRICT;

      CREATE TABLE note (
        id TEXT PRIMARY KEY,
        record_id TEXT NOT NULL,
        application_id TEXT NOT NULL REFERENCES application (id),
        at INTEGER NOT NULL,
        author TEXT NOT NULL,
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX note_application ON note (application_id);

      -- The words that a person typed as a reason, under the candidate's key; the ledger holds the code alone.
      CREATE TABLE typed_reason (
        id TEXT PRIMARY KEY,
        record_id TEXT NOT NULL REFERENCES candidate (record_id),
        at INTEGER NOT NULL,
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX typed_reason_record ON typed_reason (record_id);

      CREATE TABLE consent (
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        platform_id TEXT NOT NULL,
        rev INTEGER NOT NULL,
        purpose TEXT NOT NULL,
        granted INTEGER NOT NULL,
        until INTEGER
      ) STRICT;

      CREATE TABLE legal_hold (
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        platform_id TEXT NOT NULL,
        rev INTEGER NOT NULL,
        until INTEGER NOT NULL,
        by TEXT NOT NULL,
        approver TEXT NOT NULL,
        CHECK (by <> approver)
      ) STRICT;

      -- Changes that wait for something else (an application without its candidate), or that this release stores without
      -- acting on them, or that it does not know. Sealed under the record's key where one is known, else under the aside key.
      CREATE TABLE aside_change (
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        rev INTEGER NOT NULL,
        op TEXT NOT NULL CHECK (op IN ('upsert', 'delete')),
        at INTEGER NOT NULL,
        why TEXT NOT NULL CHECK (why IN ('waiting', 'stored', 'unknown', 'invalid')),
        problem TEXT,
        -- The platform's id of the person concerned, where the change names one.
        candidate_id TEXT,
        record_id TEXT,
        -- The application under whose key it lies, where it names one that is here; else the record's key, else the aside key.
        application_id TEXT,
        sealed BLOB NOT NULL,
        PRIMARY KEY (type, id)
      ) STRICT;
      CREATE INDEX aside_change_candidate ON aside_change (candidate_id);
      CREATE INDEX aside_change_waiting ON aside_change (type) WHERE why = 'waiting';
      CREATE INDEX aside_change_application ON aside_change (application_id);

      -- The highest revision seen of every id, deletions included, so that a repeated or late change is known as such.
      CREATE TABLE seen_rev (
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        rev INTEGER NOT NULL,
        deleted INTEGER NOT NULL,
        PRIMARY KEY (type, id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE outbox (
        id TEXT PRIMARY KEY,
        seq INTEGER NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        record_id TEXT,
        application_id TEXT,
        -- Body as JSON under the application's key where it has one, else under the aside key.
        sealed BLOB NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'rejected')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL DEFAULT 0,
        problem TEXT
      ) STRICT;

      CREATE TABLE quarantine (
        id TEXT PRIMARY KEY,
        at INTEGER NOT NULL,
        reason TEXT NOT NULL,
        detail TEXT,
        extension TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 1,
        key_slot TEXT NOT NULL UNIQUE,
        sealed_name BLOB NOT NULL,
        sealed BLOB NOT NULL
      ) STRICT;

      -- Entries of writes, moved to ledger.db before the answer and at every open (ledger.md, "Order").
      CREATE TABLE pending_entry (
        nonce TEXT PRIMARY KEY,
        canonical TEXT NOT NULL
      ) STRICT;

      CREATE TABLE destruction_job (
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        platform_id TEXT NOT NULL,
        record_id TEXT NOT NULL,
        -- Key of the record, kept until the step after its destruction has proved it gone; NULL when the person stays.
        record_slot TEXT,
        reason TEXT NOT NULL,
        clause TEXT NOT NULL,
        due_at INTEGER NOT NULL,
        state TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        problem TEXT,
        counts TEXT NOT NULL DEFAULT '{}',
        left_behind INTEGER NOT NULL DEFAULT 0,
        -- Nonce of the closing entry, so that a second try finds the first one's.
        entry_nonce TEXT
      ) STRICT;

      CREATE TABLE destruction_part (
        job_id TEXT NOT NULL REFERENCES destruction_job (id),
        application_id TEXT NOT NULL,
        key_slot TEXT NOT NULL,
        PRIMARY KEY (job_id, application_id)
      ) STRICT;

      CREATE TABLE registered_file (
        id TEXT PRIMARY KEY,
        record_id TEXT NOT NULL,
        application_id TEXT,
        sealed_path BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        state TEXT NOT NULL
      ) STRICT;
    `)
  },
}
