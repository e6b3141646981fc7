import type { Migration } from '../migrate.ts'

/**
 * How resumes arrive: what every run did with every file, what came by mail before, what a person said of senders that nothing
 * is known of, folders that are watched, and what somebody corrected.
 */
export const storeIntake: Migration = {
  version: 7,
  name: 'intake',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE intake_run (
        id TEXT PRIMARY KEY,
        way TEXT NOT NULL CHECK (way IN ('file', 'folder', 'paste', 'zip', 'mail')),
        -- 'interrupted': the program ended before the run did.
        state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'interrupted')),
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        by TEXT NOT NULL,
        -- How many files there are; NULL where nobody knows before the end.
        total INTEGER,
        -- The last item that it had when it went on: files up to there are not counted again.
        resumed_after INTEGER NOT NULL DEFAULT 0,
        imported INTEGER NOT NULL DEFAULT 0,
        merged INTEGER NOT NULL DEFAULT 0,
        quarantined INTEGER NOT NULL DEFAULT 0,
        refused INTEGER NOT NULL DEFAULT 0,
        asked INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX intake_run_started ON intake_run (started_at);
      CREATE INDEX intake_run_open ON intake_run (state) WHERE state = 'running';

      -- No name and nothing that the file says: what became of it, and by which rule.
      CREATE TABLE intake_item (
        run_id TEXT NOT NULL REFERENCES intake_run (id),
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        way TEXT NOT NULL,
        extension TEXT NOT NULL,
        size INTEGER NOT NULL,
        result TEXT NOT NULL CHECK (result IN ('imported', 'merged', 'quarantined', 'refused', 'asked')),
        -- Why it was set aside, or the rule that refused it with its clause.
        reason TEXT,
        clause TEXT,
        record_id TEXT,
        quarantine_id TEXT,
        -- Parts of a resume that the platform's list does not name, and so were not kept (ZP-13, MM-27).
        dropped INTEGER NOT NULL DEFAULT 0,
        -- SHA-256 of the bytes while the run lasts, so that a run which goes on counts nothing twice.
        mark TEXT,
        PRIMARY KEY (run_id, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX intake_item_record ON intake_item (record_id) WHERE record_id IS NOT NULL;
      CREATE INDEX intake_item_mark ON intake_item (run_id, mark) WHERE mark IS NOT NULL;

      -- A run keeps its figures and nobody in them.
      CREATE TRIGGER intake_item_person_gone AFTER DELETE ON candidate BEGIN
        UPDATE intake_item SET record_id = NULL, mark = NULL WHERE record_id = OLD.record_id;
      END;

      -- Message and delivery ids, keyed hashes, of what became an application: the same one is not taken in twice.
      CREATE TABLE intake_delivery (
        mark TEXT NOT NULL,
        application_id TEXT NOT NULL,
        PRIMARY KEY (mark, application_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX intake_delivery_application ON intake_delivery (application_id);

      -- What a person said once of a sender or of a kind of mail, known by its keyed hash.
      CREATE TABLE intake_choice (
        mark TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('sender', 'template', 'mailbox')),
        platform TEXT NOT NULL,
        -- NULL: the job is told each time by the mail.
        job_id TEXT,
        source TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        used INTEGER NOT NULL DEFAULT 0,
        -- {origin?, domain} under the home's key for what is nobody's yet.
        sealed BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX intake_choice_at ON intake_choice (at);

      CREATE TABLE watched_folder (
        id TEXT PRIMARY KEY,
        -- {path, origin?}
        sealed BLOB NOT NULL,
        job_id TEXT NOT NULL,
        platform TEXT,
        source TEXT NOT NULL,
        -- What becomes of a file that was taken in.
        afterwards TEXT NOT NULL CHECK (afterwards IN ('leave', 'move', 'remove')),
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        -- Why it cannot be watched: a code.
        problem TEXT
      ) STRICT;
      CREATE INDEX watched_folder_at ON watched_folder (at);

      -- Keyed hashes of path, size and time: a file that was looked at is not read again.
      CREATE TABLE watched_file (
        folder_id TEXT NOT NULL REFERENCES watched_folder (id) ON DELETE CASCADE,
        mark TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (folder_id, mark)
      ) STRICT, WITHOUT ROWID;

      -- What somebody put right, field by field: it wins over whatever a later reading makes of the file.
      CREATE TABLE correction (
        record_id TEXT NOT NULL REFERENCES candidate (record_id),
        field TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (record_id, field)
      ) STRICT, WITHOUT ROWID;

      -- The version that could not read it, and what a person has to say before it is taken in.
      ALTER TABLE quarantine ADD COLUMN program TEXT;
      ALTER TABLE quarantine ADD COLUMN asks TEXT CHECK (asks IN ('platform', 'job', 'words'));
      ALTER TABLE quarantine ADD COLUMN sender_mark TEXT;
      ALTER TABLE quarantine ADD COLUMN template_mark TEXT;
      ALTER TABLE quarantine ADD COLUMN mailbox_mark TEXT;
      CREATE INDEX quarantine_at ON quarantine (at);
      CREATE INDEX quarantine_sha256 ON quarantine (sha256);
      CREATE INDEX quarantine_sender ON quarantine (sender_mark) WHERE sender_mark IS NOT NULL;
      CREATE INDEX quarantine_template ON quarantine (template_mark) WHERE template_mark IS NOT NULL;
      CREATE INDEX quarantine_mailbox ON quarantine (mailbox_mark) WHERE mailbox_mark IS NOT NULL;
      CREATE INDEX application_evidence ON application (evidence) WHERE evidence IS NOT NULL;
      CREATE INDEX attachment_sha256 ON attachment (sha256);
    `)
  },
}
