import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Second factors, what is proved with them, how each session was opened, and what a phone is told of a workstation. */
const statements = [
  `alter table employer add column second_factor text`,
  `alter table device_grant add column device_name text`,
  `alter table device_grant add column device_os text`,
  `alter table device_grant add column asked_at double precision`,
  `alter table device_grant add column factor text`,
  `create table sign_in (employer_id text not null, session_id text not null, account_id text not null,
     at double precision not null, via text not null, factor text not null, device text, proved_at double precision,
     ended_at double precision, ended_by text, primary key (employer_id, session_id))`,
  `create index sign_in_account on sign_in (employer_id, account_id)`,
  `create table factor (employer_id text not null, id text not null, account_id text not null, kind text not null,
     label text not null, created_at double precision not null, confirmed_at double precision, used_at double precision,
     sealed bytea, last_step integer not null, credential text, public_key bytea, counter double precision not null,
     primary key (employer_id, id))`,
  `create index factor_account on factor (employer_id, account_id)`,
  `create table recovery_code (employer_id text not null, account_id text not null, hash text not null,
     primary key (employer_id, account_id, hash))`,
  `create table factor_try (employer_id text not null, account_id text not null, until double precision not null,
     count integer not null, primary key (employer_id, account_id))`,
  `create table factor_ticket (employer_id text not null, id text not null, account_id text not null,
     kind text not null, token_hash text not null, page_hash text, session_id text, grant_id text, factor_id text,
     challenge text, label text, proved text, until double precision not null, primary key (employer_id, id))`,
  // Looked up by what a caller holds, before anybody knows whose it is.
  `create index factor_ticket_token on factor_ticket (token_hash)`,
  `create index factor_ticket_page on factor_ticket (page_hash)`,
]

export const secondFactors: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
