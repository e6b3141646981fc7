import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who decides for whom while they are away, and alarms of the view logs. */
const statements = [
  `create table approval_deputy (employer_id text not null, id text not null, approver_id text not null,
     deputy_id text not null, from_at double precision not null, until_at double precision not null,
     ended_at double precision, primary key (employer_id, id), check (approver_id <> deputy_id), check (until_at > from_at))`,
  `create table access_alarm (employer_id text not null, id text not null, account_id text not null, kind text not null,
     counted integer not null, devices integer not null, at double precision not null, until_at double precision,
     decided_by text, decided_at double precision, lifted boolean not null default false, note text,
     primary key (employer_id, id))`,
  `create index access_alarm_account on access_alarm (employer_id, account_id, at)`,
]

export const approvals: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
