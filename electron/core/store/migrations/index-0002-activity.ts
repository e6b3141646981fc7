import type { Migration } from '../migrate.ts'

/**
 * Lists by what the platform reports of a person's activity, where that may be seen (ZP-62, ZP-63); and rows that were made
 * by other rules than today's, which answer nothing until they are made anew.
 */
export const indexActivity: Migration = {
  version: 2,
  name: 'activity',
  up: (connection) => {
    connection.exec(`
      -- -1 where there is none, or none that may be seen.
      ALTER TABLE list_row ADD COLUMN activity INTEGER NOT NULL DEFAULT -1;
      CREATE INDEX list_row_activity ON list_row (activity DESC, id DESC);

      CREATE TABLE stale_row (row_id INTEGER PRIMARY KEY) STRICT;
    `)
  },
}
