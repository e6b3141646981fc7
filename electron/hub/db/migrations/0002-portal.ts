import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What the candidate's pages and the list of links need. Links made before have no maker and no channel. */
const statements = [
  `alter table log_leaf add column received_at double precision`,
  `alter table candidate_link add column created_at double precision`,
  `alter table candidate_link add column created_by text`,
  `alter table candidate_link add column channel text`,
  `alter table candidate_link add column ended_at double precision`,
  `alter table candidate_link add column ended_by text`,
  `create index candidate_link_person on candidate_link (employer_id, candidate_id)`,
  `create index certificate_person on certificate (employer_id, candidate_id)`,
]

export const portal: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
