import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who has applied to a job, and what an account holds: the feed of an account with single jobs begins with them. */
const statements = [
  `create index record_job on record (employer_id, (data->>'job_id')) where type = 'application'`,
  `create index holding_account on holding (employer_id, account_id, candidate_id)`,
]

export const narrowFeeds: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
