import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Rights per job, how sessions were seen, links for a new password, and signs of a shared sign-in. Of a check of somebody's
 * identity only its outcome is kept, in `account.verification`: there is no column for a paper, a number or a face.
 */
const statements = [
  `alter table account add column title text`,
  `alter table account add column scope text not null default 'all'`,
  `alter table employer add column officer_id text`,
  `alter table session add column created_at double precision`,
  `alter table session add column seen_at double precision`,
  `alter table session add column place text`,
  `alter table invitation_token add column account_id text`,
  `create table job_member (employer_id text not null, account_id text not null, job_id text not null,
     until double precision, primary key (employer_id, account_id, job_id))`,
  `create table password_link (employer_id text not null, id text not null, account_id text not null,
     token_hash text not null unique, until double precision not null, used boolean not null,
     primary key (employer_id, id))`,
  `create table sign_in_alarm (employer_id text not null, id text not null, account_id text not null,
     first_at double precision not null, last_at double precision not null, times integer not null,
     devices jsonb not null, primary key (employer_id, id))`,
  `create index session_account on session (employer_id, account_id)`,
  `create index holding_device on holding (employer_id, device_id)`,
]

export const accounts: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
