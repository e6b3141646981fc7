import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who decides for whom while they are away; alarms of the view logs; whose content an administrator opened; orders; services. */
const statements = [
  `create table approval_deputy (employer_id text not null, id text not null, approver_id text not null,
     deputy_id text not null, from_at double precision not null, until_at double precision not null,
     ended_at double precision, primary key (employer_id, id), check (approver_id <> deputy_id), check (until_at > from_at))`,
  `create table access_alarm (employer_id text not null, id text not null, account_id text not null, kind text not null,
     counted integer not null, devices integer not null, at double precision not null, until_at double precision,
     decided_by text, decided_at double precision, lifted boolean not null default false, note text,
     primary key (employer_id, id))`,
  `create index access_alarm_account on access_alarm (employer_id, account_id, at)`,
  `create table content_view (employer_id text not null, id text not null, account_id text not null,
     candidate_id text not null, from_at double precision not null, until_at double precision not null,
     closed boolean not null default false, primary key (employer_id, id))`,
  `create table purchase (employer_id text not null, number text not null, item text not null, amount_fen integer not null,
     paid_at double precision not null, primary key (employer_id, number))`,
  `create table service (employer_id text not null, id text not null, kind text not null, name text not null,
     host text not null, purpose text not null, contract_until text, added_by text not null,
     added_at double precision not null, ended_at double precision, primary key (employer_id, id))`,
]

export const approvals: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
