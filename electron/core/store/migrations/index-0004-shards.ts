import { documentTables } from '../../search/document-shards.ts'
import type { Migration } from '../migrate.ts'
import { documentTableSql } from './index-0001-initial.ts'

/** The search in several tables, so that a destruction costs what it costs in a small workspace (search/document-shards.ts). */
export const indexShards: Migration = {
  version: 4,
  name: 'shards',
  up: (connection) => {
    // Texts lie in other tables now; an empty index is made anew from the store at the next opening.
    for (const table of ['document', 'document_text', 'row_application', 'row_skill', 'row_pinyin', 'person_hash'])
      connection.exec(`DELETE FROM ${table}`)
    connection.exec('DELETE FROM stale_row; DELETE FROM list_row;')
    for (const table of documentTables.slice(1)) connection.exec(documentTableSql(table))
    // A destruction asks whether anything of an application is left.
    connection.exec('CREATE INDEX row_application_id ON row_application (application_id)')
  },
}
