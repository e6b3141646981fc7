import { sql } from 'kysely'
import type { Hub } from '../hub.ts'

export type Readiness = 'ready' | 'stopping' | 'database' | 'schema'

/** A database that takes longer to say one word takes no work. */
const patience = 2000

/** Whether requests should come here: not on the way out, the database answers, and its schema is this program's. */
export const checkReadiness = async (hub: Hub): Promise<Readiness> => {
  if (hub.lifecycle.stopping) return 'stopping'
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience)
  })
  const names = await Promise.race([listApplied(hub).catch(() => undefined), late])
  clearTimeout(timer)
  if (names === undefined) return 'database'
  const wanted = hub.database.migrations
  return names.length === wanted.length && wanted.every((name, index) => names[index] === name) ? 'ready' : 'schema'
}

const listApplied = async (hub: Hub): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(hub.db)
  return rows.map(({ name }) => name)
}
