import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who works abroad and by which record, and how an enterprise and an account end. */
const statements = [
  `alter table account add column overseas boolean not null default false`,
  // When the account was cancelled, and until when everything of it has to be gone.
  `alter table account add column cancelled_at double precision`,
  `alter table account add column cancel_due double precision`,
  `create table cross_border (employer_id text not null, body jsonb not null, by_account text not null,
     at double precision not null, primary key (employer_id))`,
  `create table closing (employer_id text not null, asked_by text not null, asked_at double precision not null,
     confirmed_by text, begun_at double precision, finished_at double precision, primary key (employer_id))`,
]

export const sharing: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
