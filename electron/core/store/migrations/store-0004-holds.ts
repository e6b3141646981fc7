import type { Migration } from '../migrate.ts'

/** What stops a destruction or leaves it, and who agreed to that: approvals, holds that ended early, plain files outside. */
export const storeHolds: Migration = {
  version: 4,
  name: 'holds',
  up: (connection) => {
    connection.exec(`
      -- Of the approvals those that retention itself needs: a legal hold (QY-36), a package for the personnel file (K22).
      CREATE TABLE approval (
        id TEXT PRIMARY KEY,
        -- 0 while the hub has not sent it back, and always in a local workspace.
        rev INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('hold', 'handover')),
        record_id TEXT NOT NULL REFERENCES candidate (record_id),
        application_id TEXT,
        asked_by TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'granted', 'refused', 'used')),
        decided_by TEXT,
        decided_at INTEGER,
        -- A hold's end; else until when what was granted may be used.
        until INTEGER,
        legal_basis TEXT,
        -- Why, in words, under the record's key.
        sealed BLOB NOT NULL,
        CHECK (decided_by IS NULL OR decided_by <> asked_by)
      ) STRICT;
      CREATE INDEX approval_record ON approval (record_id);
      CREATE INDEX approval_state ON approval (state, kind);

      ALTER TABLE legal_hold ADD COLUMN at INTEGER;
      ALTER TABLE legal_hold ADD COLUMN released_at INTEGER;
      ALTER TABLE legal_hold ADD COLUMN released_by TEXT;
      CREATE INDEX legal_hold_person ON legal_hold (platform, platform_id);

      -- 'copy': to be destroyed. 'handover': the enterprise's own by now, listed and not hunted.
      ALTER TABLE registered_file ADD COLUMN kind TEXT NOT NULL DEFAULT 'copy';
      -- Where it lay when it was registered, so that a drive that is away is told from a file that is gone.
      ALTER TABLE registered_file ADD COLUMN volume TEXT;
      ALTER TABLE registered_file ADD COLUMN inode TEXT;
      ALTER TABLE registered_file ADD COLUMN at INTEGER;
      ALTER TABLE registered_file ADD COLUMN by TEXT;
      ALTER TABLE registered_file ADD COLUMN legal_basis TEXT;
      -- Why it could not be destroyed: a code.
      ALTER TABLE registered_file ADD COLUMN problem TEXT;
      ALTER TABLE registered_file ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE registered_file ADD COLUMN next_at INTEGER;
      -- What a person said became of it: a code.
      ALTER TABLE registered_file ADD COLUMN answer TEXT;
      ALTER TABLE registered_file ADD COLUMN answered_at INTEGER;
      ALTER TABLE registered_file ADD COLUMN answered_by TEXT;
      -- The destruction that had to leave it behind, then its certificate.
      ALTER TABLE registered_file ADD COLUMN certificate TEXT;
      CREATE INDEX registered_file_record ON registered_file (record_id);
      CREATE INDEX registered_file_open ON registered_file (expires_at) WHERE state IN ('present', 'destroying', 'task');

      -- JSON list of packages that were handed over: hash, legal basis, time; the certificate names them.
      ALTER TABLE destruction_job ADD COLUMN handed_over TEXT NOT NULL DEFAULT '[]';
    `)
  },
}
