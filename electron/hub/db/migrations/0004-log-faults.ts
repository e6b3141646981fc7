import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What was found wrong with a device's log, and when its head was taken in. */
const statements = [
  `create table log_fault (employer_id text not null, device_id text not null, kind text not null, held integer not null,
     claimed integer not null, account_id text not null, first_at double precision not null,
     last_at double precision not null, primary key (employer_id, device_id, kind, held))`,
  `alter table log_head add column taken_at double precision`,
]

export const logFaults: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
