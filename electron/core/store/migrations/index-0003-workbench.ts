import type { Migration } from '../migrate.ts'

/** More to filter by, how well a person fits, and hashes by which the same person is found twice. */
export const indexWorkbench: Migration = {
  version: 3,
  name: 'workbench',
  up: (connection) => {
    connection.exec(`
      -- Rows of before know nothing of this; an empty index is made anew from the store at the next opening.
      DELETE FROM document;
      DELETE FROM document_text;
      DELETE FROM row_application;
      DELETE FROM stale_row;
      DELETE FROM list_row;

      ALTER TABLE list_row ADD COLUMN school TEXT;
      -- Yuan a month, as the person expects it; -1 where there is none, or none that may be seen.
      ALTER TABLE list_row ADD COLUMN salary INTEGER NOT NULL DEFAULT -1;
      CREATE INDEX list_row_school ON list_row (school, newest_at DESC, id DESC);
      CREATE INDEX list_row_salary ON list_row (salary DESC, id DESC);
      -- Holds all that lists ask for and count by, so that neither has to read the wide rows themselves.
      DROP INDEX list_row_newest;
      CREATE INDEX list_row_newest ON list_row
        (newest_at DESC, id DESC, platform, degree, city, school, years, salary, activity, due_at);

      -- 0 to 100 against the job's requirements; -1 where the job asks for nothing.
      ALTER TABLE row_application ADD COLUMN score INTEGER NOT NULL DEFAULT -1;

      CREATE TABLE row_skill (
        row_id INTEGER NOT NULL REFERENCES list_row (id) ON DELETE CASCADE,
        -- In small letters; the label is as the resume writes it.
        skill TEXT NOT NULL,
        label TEXT NOT NULL,
        PRIMARY KEY (skill, row_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX row_skill_row ON row_skill (row_id);

      -- Names as far as they are shown, in Latin letters: whole and by initials.
      CREATE TABLE row_pinyin (
        row_id INTEGER NOT NULL REFERENCES list_row (id) ON DELETE CASCADE,
        word TEXT NOT NULL,
        PRIMARY KEY (word, row_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX row_pinyin_row ON row_pinyin (row_id);

      -- Keyed hashes of what tells one person from another; equal ones say "perhaps the same" and nothing more.
      CREATE TABLE person_hash (
        row_id INTEGER NOT NULL REFERENCES list_row (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (hash, kind, row_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX person_hash_row ON person_hash (row_id);
    `)
  },
}
