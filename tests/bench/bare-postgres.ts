import { sql } from 'kysely'
import pg from 'pg'
import { openDatabase } from '../../electron/hub/db/open-database.ts'
import type { HubDb, HubSchema } from '../../electron/hub/db/schema.ts'
import { candidateKeys } from '../../electron/hub/keys/candidate-keys.ts'

const rowsAtOnce = 500

/** Inserts the rows of these tables into a second database of the same server and schema, and does nothing else. */
export const bareInserts = async (
  from: HubDb,
  url: string,
  tables: readonly (keyof HubSchema)[],
): Promise<{ readonly rows: number; readonly milliseconds: number }> => {
  const name = `bare_${tables[0] ?? ''}`
  const address = new URL(`/${name}`, url).href
  await sql`create database ${sql.raw(name)}`.execute(from)
  const { db } = await openDatabase({ url: address, home: undefined }, candidateKeys(new Uint8Array(32)))
  await db.destroy()
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  let rows = 0
  let milliseconds = 0
  for (const table of tables) {
    const to = `insert into ${table} select * from jsonb_populate_recordset(null::public.${table}, $1::jsonb)`
    for await (const page of pagesOf(from, table)) {
      const began = performance.now()
      await client.query(to, [page.text])
      milliseconds += performance.now() - began
      rows += page.count
    }
  }
  await client.end()
  return { rows, milliseconds }
}

type Page = { readonly text: string; readonly count: number }

/** In the order in which they lie; read beside the clock. */
const pagesOf = async function* (db: HubDb, table: keyof HubSchema): AsyncGenerator<Page> {
  let after = '(0,0)'
  for (;;) {
    const { rows } = await sql<{ n: number; text: string | null; last: string | null }>`
      select count(*)::integer as n, jsonb_agg(to_jsonb(t) - 'place_of_row')::text as text, max(place_of_row)::text as last
      from (select ctid as place_of_row, * from ${sql.table(table)} where ctid > ${after}::tid order by ctid limit ${rowsAtOnce}) t`.execute(
      db,
    )
    const [page] = rows
    if (page === undefined || page.text === null || page.last === null) return
    yield { text: page.text, count: page.n }
    after = page.last
  }
}
