import type { Migration } from '../migrate.ts'

/** Mailboxes that are read, how far, and which mail of theirs became what (MM-08): a request and a destruction find each copy. */
export const storeMailbox: Migration = {
  version: 9,
  name: 'mailbox',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE mailbox (
        id TEXT PRIMARY KEY,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        switched_on INTEGER NOT NULL CHECK (switched_on IN (0, 1)),
        -- JSON: server, folders, registered senders, what happens after import. No secret.
        settings TEXT NOT NULL,
        -- Password or tokens under the token key; NULL once the mailbox was removed.
        secret BLOB,
        -- A mailbox that was removed stays as long as a copy in it is known.
        removed_at INTEGER,
        -- JSON of the last run's counts.
        last_run TEXT
      ) STRICT;

      CREATE TABLE mailbox_folder (
        mailbox_id TEXT NOT NULL REFERENCES mailbox (id),
        path TEXT NOT NULL,
        uid_validity TEXT NOT NULL,
        -- The first UID that nothing was done with; moves in the transaction of what was done.
        next_uid INTEGER NOT NULL,
        -- A mail at which the connection broke, and how often.
        failed_uid INTEGER,
        failures INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (mailbox_id, path)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE mail_copy (
        id TEXT PRIMARY KEY,
        mailbox_id TEXT NOT NULL REFERENCES mailbox (id),
        folder TEXT NOT NULL,
        uid_validity TEXT NOT NULL,
        -- NULL where a server moved the mail and did not say to which number.
        uid INTEGER,
        -- When the server got it.
        mail_at INTEGER,
        size INTEGER NOT NULL,
        -- Keyed hash of what makes the mail this mail; NULL for one that was never read.
        mail_key TEXT,
        -- Keyed hash of the Message-ID: by it a copy is known again before it is touched, also after the person is gone.
        message_hash TEXT,
        result TEXT NOT NULL CHECK (result IN ('imported', 'merged', 'quarantined', 'asked', 'refused', 'waiting', 'aside')),
        -- A code: the rule that refused it, or why it could not be read.
        reason TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        at INTEGER NOT NULL,
        record_id TEXT,
        application_id TEXT,
        quarantine_id TEXT,
        -- Where the copy is, or what is still to be done with it.
        state TEXT NOT NULL CHECK (state IN ('kept', 'to_move', 'moved', 'to_delete', 'deleted', 'gone')),
        problem TEXT,
        -- When the person was destroyed, and the order: the copy is then somebody's task.
        person_gone_at INTEGER,
        certificate TEXT
      ) STRICT;
      CREATE INDEX mail_copy_place ON mail_copy (mailbox_id, folder, uid);
      CREATE INDEX mail_copy_key ON mail_copy (mail_key) WHERE mail_key IS NOT NULL;
      CREATE INDEX mail_copy_record ON mail_copy (record_id) WHERE record_id IS NOT NULL;
      CREATE INDEX mail_copy_application ON mail_copy (application_id) WHERE application_id IS NOT NULL;
      CREATE INDEX mail_copy_quarantine ON mail_copy (quarantine_id) WHERE quarantine_id IS NOT NULL;
      CREATE INDEX mail_copy_open ON mail_copy (mailbox_id, folder, state) WHERE state IN ('to_move', 'to_delete');
      CREATE INDEX mail_copy_unread ON mail_copy (mailbox_id, folder, result) WHERE result IN ('waiting', 'aside');
      CREATE INDEX mail_copy_gone ON mail_copy (person_gone_at) WHERE person_gone_at IS NOT NULL;
    `)
  },
}
