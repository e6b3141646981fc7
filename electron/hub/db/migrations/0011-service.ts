import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Answers that are given again when a request is repeated, and an order of the ledger that pages can follow. */
const statements = [
  `create table idempotency_key (employer_id text not null, account_id text not null, key_hash text not null,
     asked text not null, until double precision not null, answer bytea, primary key (employer_id, account_id, key_hash))`,
  `create index idempotency_end on idempotency_key (employer_id, until)`,
  `create index log_leaf_newest on log_leaf (employer_id, at desc, i desc, device_id desc)`,
]

export const service: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
