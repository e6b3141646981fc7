import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What administrators looked into beyond the cards, why, and whose it was (D17, LG-14). */
const statements = [
  `create table content_look (employer_id text not null, id text not null, account_id text not null, candidate_id text,
     job_id text, reason text not null, sealed bytea, concerned jsonb not null, at double precision not null,
     until_at double precision not null, closed boolean not null, primary key (employer_id, id))`,
  `create index content_look_account on content_look (employer_id, account_id, until_at)`,
  `create index content_look_open on content_look (employer_id, until_at) where not closed`,
]

export const contentLooks: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
