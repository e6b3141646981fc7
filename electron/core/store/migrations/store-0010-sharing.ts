import type { Migration } from '../migrate.ts'

/** What was given to others and by whose consent (ZP-70), who refers people (ZP-55), and where a record came from (ZP-12). */
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

      -- Colleagues who refer people, with their consent: name, work mail and department, nothing else.
      CREATE TABLE referrer (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        mail TEXT NOT NULL UNIQUE,
        department TEXT,
        consented_at INTEGER NOT NULL,
        by TEXT NOT NULL
      ) STRICT;

      -- Somebody met at a joint event: who ran it, and whose notice the person was given.
      ALTER TABLE application ADD COLUMN organiser TEXT;
      ALTER TABLE application ADD COLUMN notice_of TEXT;
      ALTER TABLE application ADD COLUMN referrer_id TEXT;
      CREATE INDEX application_referrer ON application (referrer_id) WHERE referrer_id IS NOT NULL;
      -- Whether candidates may call about the job (ZP-49).
      ALTER TABLE job ADD COLUMN call_in INTEGER NOT NULL DEFAULT 0;
    `)
  },
}
