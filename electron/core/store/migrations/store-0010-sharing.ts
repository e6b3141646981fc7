import type { Migration } from '../migrate.ts'

/** What was given to others and by whose consent (ZP-70), and whether candidates may call about a job (ZP-49). */
export const storeSharing: Migration = {
  version: 10,
  name: 'sharing',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE share_act (
        id TEXT PRIMARY KEY,
        record_id TEXT NOT NULL,
        rev INTEGER NOT NULL DEFAULT 0,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        -- Whom the consent names: another enterprise, as the scope of that consent has it in clear.
        recipient TEXT NOT NULL,
        -- One of the grounds of sharing (WZ-27).
        reason TEXT NOT NULL,
        consent_id TEXT,
        -- JSON: codes of the fields that were given.
        types TEXT NOT NULL,
        ended_at INTEGER,
        -- When the recipient was told of the end.
        told_at INTEGER,
        -- {contact, purpose, method, document?} as JSON, under the record's key.
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX share_act_record ON share_act (record_id);

      -- Whether candidates may call about the job (ZP-49).
      ALTER TABLE job ADD COLUMN call_in INTEGER NOT NULL DEFAULT 0;
    `)
  },
}
