import type { Migration } from '../migrate.ts'

/** What the rules of who may see what need beside a record: its version of the rules, its second layer, its purposes. */
export const storePolicy: Migration = {
  version: 2,
  name: 'policy',
  up: (connection) => {
    connection.exec(`
      -- The revision of the profile under which the record came (ZP-01); NULL for what came before there was one.
      ALTER TABLE candidate ADD COLUMN policy_revision TEXT;
      -- Sensitive fields as JSON, sealed twice: under a key of the home and then under the candidate's (ZP-05).
      ALTER TABLE candidate ADD COLUMN sealed_fields BLOB;
      -- JSON list of account ids besides the owner (MM-28).
      ALTER TABLE job ADD COLUMN members TEXT;

      -- Other jobs that a record may be used for, each on a basis of its own (ZP-08).
      CREATE TABLE purpose (
        record_id TEXT NOT NULL REFERENCES candidate (record_id),
        job_id TEXT NOT NULL,
        legal_basis TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        -- What the basis rests on, in words, under the candidate's key.
        sealed BLOB NOT NULL,
        PRIMARY KEY (record_id, job_id)
      ) STRICT;

      -- A consent may be for one thing alone: a job, a version of the rules.
      ALTER TABLE consent ADD COLUMN scope TEXT;
    `)
  },
}
