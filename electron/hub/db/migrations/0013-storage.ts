import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What lies in a row: the same figure when it comes and when it goes, whatever the engine makes of it on its disk. */
const sizeOf = `coalesce(octet_length(sealed), 0) + coalesce(octet_length(data::text), 0)`

const sums = {
  record: `select employer_id, count(*) filter (where not deleted) as records, 0 as attachments, sum(${sizeOf}) as bytes`,
  attachment_bytes: `select employer_id, 0 as records, count(*) as attachments, sum(octet_length(sealed)) as bytes`,
} as const

type Counted = keyof typeof sums

/** `fresh`, `gone`: the rows that a statement has written, and those that it has replaced or deleted. */
const changed = (table: Counted, sign: '+' | '-', rows: 'fresh' | 'gone'): string =>
  `update employer e set records = e.records ${sign} d.records, attachments = e.attachments ${sign} d.attachments,
     bytes = e.bytes ${sign} d.bytes
   from (${sums[table]} from ${rows} group by employer_id) d
   where e.employer_id = d.employer_id and (d.records <> 0 or d.attachments <> 0 or d.bytes <> 0);`

const triggersOf = (table: Counted): string[] => [
  `create function ${table}_came() returns trigger language plpgsql as $$ begin
     ${changed(table, '+', 'fresh')} return null; end $$`,
  `create function ${table}_went() returns trigger language plpgsql as $$ begin
     ${changed(table, '-', 'gone')} return null; end $$`,
  `create function ${table}_turned() returns trigger language plpgsql as $$ begin
     ${changed(table, '-', 'gone')} ${changed(table, '+', 'fresh')} return null; end $$`,
  `create trigger storage_came after insert on ${table} referencing new table as fresh
     for each statement execute function ${table}_came()`,
  `create trigger storage_went after delete on ${table} referencing old table as gone
     for each statement execute function ${table}_went()`,
  `create trigger storage_turned after update on ${table} referencing old table as gone new table as fresh
     for each statement execute function ${table}_turned()`,
]

/**
 * What an employer's records and attachments take, kept with its row: whoever writes records holds that row's lock anyway, and a limit
 * is looked up without counting.
 */
const statements = [
  `alter table employer add column records integer not null default 0, add column attachments integer not null default 0,
     add column bytes double precision not null default 0`,
  ...Object.values(sums).map(
    (sum, index) => `update employer e set records = e.records + d.records, attachments = e.attachments + d.attachments,
       bytes = e.bytes + d.bytes
     from (${sum} from ${Object.keys(sums)[index] ?? ''} group by employer_id) d where e.employer_id = d.employer_id`,
  ),
  ...triggersOf('record'),
  ...triggersOf('attachment_bytes'),
]

export const storage: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
