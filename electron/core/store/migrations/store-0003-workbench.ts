import type { Migration } from '../migrate.ts'

/**
 * What screening itself writes down: moves with what they came from, notes and marks, interviews, messages, pools, models'
 * words. Whatever tells of a person in words lies in `sealed` under the key of its application (of the record where it says so).
 */
export const storeWorkbench: Migration = {
  version: 3,
  name: 'workbench',
  up: (connection) => {
    connection.exec(`
      -- Moves -------------------------------------------------------------------------------------------------------------
      -- A step of the job's own template; the stage is the word that everybody shares.
      ALTER TABLE application ADD COLUMN step TEXT;

      CREATE TABLE stage_move (
        id TEXT PRIMARY KEY,
        application_id TEXT NOT NULL REFERENCES application (id),
        -- Moves that were made together and are undone together.
        batch TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        from_stage TEXT NOT NULL,
        from_step TEXT,
        from_stage_at INTEGER NOT NULL,
        from_decision TEXT,
        from_decided_at INTEGER,
        to_stage TEXT NOT NULL,
        to_step TEXT,
        -- A code of a closed list, never words.
        reason TEXT,
        undone_at INTEGER
      ) STRICT;
      CREATE INDEX stage_move_application ON stage_move (application_id, at);
      CREATE INDEX stage_move_batch ON stage_move (batch);

      -- Counts without anybody in them, so that reports outlive those whom they counted (ZP-64). Kept by triggers, so that no
      -- way of coming in or moving on can forget them. Months are those of Asia/Shanghai.
      CREATE TABLE stage_tally (
        job_id TEXT NOT NULL,
        month TEXT NOT NULL,
        platform TEXT NOT NULL,
        channel TEXT NOT NULL,
        stage TEXT NOT NULL,
        entered INTEGER NOT NULL DEFAULT 0,
        left INTEGER NOT NULL DEFAULT 0,
        -- Milliseconds that those who left had been in it.
        stayed_ms INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (job_id, month, platform, channel, stage)
      ) STRICT, WITHOUT ROWID;

      CREATE TRIGGER application_entered AFTER INSERT ON application BEGIN
        INSERT INTO stage_tally (job_id, month, platform, channel, stage, entered)
        VALUES (NEW.job_id, strftime('%Y-%m', NEW.stage_at / 1000, 'unixepoch', '+8 hours'),
          coalesce((SELECT platform FROM candidate WHERE record_id = NEW.record_id), 'direct'), NEW.channel, NEW.stage, 1)
        ON CONFLICT DO UPDATE SET entered = entered + 1;
      END;
      CREATE TRIGGER application_moved AFTER UPDATE OF stage ON application WHEN NEW.stage <> OLD.stage BEGIN
        INSERT INTO stage_tally (job_id, month, platform, channel, stage, left, stayed_ms)
        VALUES (OLD.job_id, strftime('%Y-%m', NEW.stage_at / 1000, 'unixepoch', '+8 hours'),
          coalesce((SELECT platform FROM candidate WHERE record_id = OLD.record_id), 'direct'), OLD.channel, OLD.stage, 1,
          max(0, NEW.stage_at - OLD.stage_at))
        ON CONFLICT DO UPDATE SET left = left + 1, stayed_ms = stayed_ms + excluded.stayed_ms;
        INSERT INTO stage_tally (job_id, month, platform, channel, stage, entered)
        VALUES (NEW.job_id, strftime('%Y-%m', NEW.stage_at / 1000, 'unixepoch', '+8 hours'),
          coalesce((SELECT platform FROM candidate WHERE record_id = NEW.record_id), 'direct'), NEW.channel, NEW.stage, 1)
        ON CONFLICT DO UPDATE SET entered = entered + 1;
      END;

      -- Jobs ---------------------------------------------------------------------------------------------------------------
      -- JSON list of steps, and JSON of what is asked for; the enterprise's own words, nobody's data.
      ALTER TABLE job ADD COLUMN steps TEXT;
      ALTER TABLE job ADD COLUMN requirements TEXT;
      -- JSON list of what applications are judged by.
      ALTER TABLE job ADD COLUMN criteria TEXT;

      CREATE TABLE step_template (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        steps TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;

      -- Lists --------------------------------------------------------------------------------------------------------------
      -- Filters, order and columns under a name; never the words of a search, which may be somebody's.
      CREATE TABLE saved_view (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        definition TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;

      -- Colleagues ---------------------------------------------------------------------------------------------------------
      ALTER TABLE note ADD COLUMN author_id TEXT;
      ALTER TABLE note ADD COLUMN edited_at INTEGER;

      CREATE TABLE mention (
        note_id TEXT NOT NULL REFERENCES note (id),
        account TEXT NOT NULL,
        application_id TEXT NOT NULL REFERENCES application (id),
        at INTEGER NOT NULL,
        seen_at INTEGER,
        PRIMARY KEY (note_id, account)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX mention_application ON mention (application_id);
      CREATE INDEX mention_account ON mention (account, seen_at IS NOT NULL, at DESC);

      -- One a person and application; others' are shown once one's own is given.
      CREATE TABLE scorecard (
        id TEXT PRIMARY KEY,
        application_id TEXT NOT NULL REFERENCES application (id),
        author TEXT NOT NULL,
        author_name TEXT NOT NULL,
        at INTEGER NOT NULL,
        revised_at INTEGER,
        sealed BLOB NOT NULL,
        UNIQUE (application_id, author)
      ) STRICT;

      -- Who was asked to look at an application, and nothing else, as an interviewer.
      CREATE TABLE assignment (
        application_id TEXT NOT NULL REFERENCES application (id),
        account TEXT NOT NULL,
        account_name TEXT NOT NULL,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        PRIMARY KEY (application_id, account)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX assignment_account ON assignment (account);

      -- Background checks (ZP-57) --------------------------------------------------------------------------------------------
      CREATE TABLE background_check (
        id TEXT PRIMARY KEY,
        application_id TEXT NOT NULL REFERENCES application (id),
        state TEXT NOT NULL CHECK (state IN ('asked', 'refused', 'consented', 'reported', 'withdrawn', 'destroyed')),
        asked_at INTEGER NOT NULL,
        answered_at INTEGER,
        answered_by TEXT CHECK (answered_by IN ('platform', 'colleague')),
        -- When the consent itself ends; NULL where it names no end.
        consent_until INTEGER,
        provider TEXT NOT NULL,
        -- JSON list of codes.
        scope TEXT NOT NULL,
        reported_at INTEGER,
        -- The report's own end, never later than the application's.
        destroy_at INTEGER,
        by TEXT NOT NULL,
        -- What an answer recorded by a colleague rests on, in words.
        sealed_reference BLOB,
        -- The report; NULL again once it is destroyed.
        sealed BLOB
      ) STRICT;
      CREATE INDEX background_check_application ON background_check (application_id);

      -- The same person on two platforms: a link with its history, and nothing shared ------------------------------------------
      CREATE TABLE record_link (
        id TEXT PRIMARY KEY,
        record_a TEXT NOT NULL REFERENCES candidate (record_id),
        record_b TEXT NOT NULL REFERENCES candidate (record_id),
        -- What matched: codes of kinds, never values.
        basis TEXT NOT NULL,
        -- 'linked', or 'distinct' once somebody said that these are two people.
        verdict TEXT NOT NULL CHECK (verdict IN ('linked', 'distinct')),
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        split_at INTEGER,
        split_by TEXT,
        CHECK (record_a < record_b)
      ) STRICT;
      CREATE INDEX record_link_a ON record_link (record_a);
      CREATE INDEX record_link_b ON record_link (record_b);

      -- Interviews ---------------------------------------------------------------------------------------------------------
      CREATE TABLE interview (
        id TEXT PRIMARY KEY,
        application_id TEXT NOT NULL REFERENCES application (id),
        job_id TEXT NOT NULL,
        starts_at INTEGER NOT NULL,
        minutes INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('onsite', 'phone', 'video')),
        state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled', 'absent')),
        -- Grows with every change, as a calendar's SEQUENCE.
        sequence INTEGER NOT NULL DEFAULT 0,
        remind_minutes INTEGER,
        reminded_at INTEGER,
        created_at INTEGER NOT NULL,
        by TEXT NOT NULL,
        -- Place, link, interviewers, words, as JSON.
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX interview_application ON interview (application_id);
      CREATE INDEX interview_time ON interview (starts_at);
      CREATE INDEX interview_planned ON interview (starts_at, minutes) WHERE state = 'planned';

      -- Messages -----------------------------------------------------------------------------------------------------------
      CREATE TABLE message (
        id TEXT PRIMARY KEY,
        application_id TEXT NOT NULL REFERENCES application (id),
        at INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('greeting', 'invitation', 'chat')),
        author TEXT NOT NULL CHECK (author IN ('candidate', 'human', 'ai')),
        -- The account that wrote or answers for it; NULL where the candidate wrote.
        account TEXT,
        state TEXT NOT NULL CHECK (state IN ('received', 'queued', 'sent', 'refused')),
        read_at INTEGER,
        -- JSON list of the contacts that the candidate told in it, by kind (ZP-28).
        disclosed TEXT,
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX message_application ON message (application_id, at, id);
      CREATE INDEX message_time ON message (at DESC, application_id, id);
      CREATE INDEX message_unread ON message (at) WHERE author = 'candidate' AND read_at IS NULL;

      CREATE TABLE message_template (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('greeting', 'invitation', 'chat')),
        name TEXT NOT NULL,
        body TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;

      -- Talent pool (D10) ----------------------------------------------------------------------------------------------------
      CREATE TABLE pool_member (
        record_id TEXT NOT NULL REFERENCES candidate (record_id),
        pool TEXT NOT NULL,
        -- The application that it came from: it may go before, and what it had brought is kept by the consent.
        application_id TEXT NOT NULL,
        channel TEXT NOT NULL,
        evidence_at INTEGER NOT NULL,
        consented_at INTEGER NOT NULL,
        until INTEGER NOT NULL,
        -- When the renewal was asked for, 30 and 7 days before the end.
        asked_first_at INTEGER,
        asked_last_at INTEGER,
        -- The platform's consent, where it rests on one.
        consent_id TEXT,
        by TEXT NOT NULL,
        -- What the consent rests on, in words, under the record's key.
        sealed BLOB NOT NULL,
        PRIMARY KEY (record_id, pool)
      ) STRICT;
      CREATE INDEX pool_member_until ON pool_member (until);

      -- What a model wrote (D22, ZP-16) ----------------------------------------------------------------------------------------
      CREATE TABLE ai_output (
        id TEXT PRIMARY KEY,
        -- NULL where it tells of a job alone, and so of nobody.
        application_id TEXT REFERENCES application (id),
        -- NULL while the job that it drafts is not there yet.
        job_id TEXT,
        kind TEXT NOT NULL,
        model TEXT NOT NULL,
        at INTEGER NOT NULL,
        account TEXT NOT NULL,
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX ai_output_application ON ai_output (application_id);
      -- Whoever refuses AI takes back what a model has written of them, however the word came in (ZP-17).
      CREATE TRIGGER candidate_refused_ai AFTER UPDATE OF flags ON candidate
      WHEN json_extract(NEW.flags, '$.ai_refused') = 1 BEGIN
        DELETE FROM ai_output WHERE application_id IN (SELECT id FROM application WHERE record_id = NEW.record_id);
      END;

      -- What lists and counts ask for among many ------------------------------------------------------------------------------
      -- A job asks for something else: its people's scores are to be made anew, and nothing else of their rows.
      ALTER TABLE candidate ADD COLUMN rescore INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX candidate_unscored ON candidate (record_id) WHERE rescore = 1;
      CREATE INDEX candidate_locked ON candidate (record_id) WHERE life = 'locked';
      CREATE INDEX application_held ON application (held_until) WHERE held_until IS NOT NULL;
      -- Holds all that jobs are counted by.
      DROP INDEX application_job;
      CREATE INDEX application_job ON application (job_id, stage, step, stage_at, due_at, record_id);
      CREATE INDEX destruction_part_application ON destruction_part (application_id);
      CREATE INDEX aside_change_odd ON aside_change (why) WHERE why <> 'stored';
      CREATE INDEX consent_pool ON consent (rev) WHERE purpose = 'talent_pool' AND granted = 1;
    `)
  },
}
