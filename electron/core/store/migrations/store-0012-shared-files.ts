import type { Migration } from '../migrate.ts'

/** A plain file outside that several people stand in, such as a list: it ends with the first of them (D21). */
export const storeSharedFiles: Migration = {
  version: 12,
  name: 'shared files',
  up: (connection) => {
    connection.exec(`
      -- The file's own row names nobody then.
      CREATE TABLE registered_file_person (
        file_id TEXT NOT NULL REFERENCES registered_file (id) ON DELETE CASCADE,
        record_id TEXT NOT NULL,
        application_id TEXT NOT NULL,
        PRIMARY KEY (file_id, record_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX registered_file_person_record ON registered_file_person (record_id);
    `)
  },
}
