import type { OpenDatabase } from '../../store/open-store.ts'
import { createRowColumns, type ColumnApplication, type ColumnRow, type ColumnsView } from './row-columns.ts'

/** Rows read in one go: about ten milliseconds, between two of which whoever waits for core goes first. */
const slice = 1000
/** So many changed rows are taken in at once by whoever asks; with more the file answers until they are. */
const mostAtOnce = 2000

type LoadedRow = Omit<ColumnRow, 'applications' | 'skills'> & {
  readonly stale: number
  readonly applications: string
  readonly skills: string
}

const loaded = `lr.id, lr.platform, lr.degree, lr.city, lr.school, lr.years, lr.salary, lr.activity, lr.newest_at, lr.due_at,
  EXISTS (SELECT 1 FROM stale_row sr WHERE sr.row_id = lr.id) AS stale,
  (SELECT json_group_array(json_array(job_id, stage, channel, score)) FROM row_application ra WHERE ra.row_id = lr.id)
    AS applications,
  (SELECT json_group_array(skill) FROM row_skill rs WHERE rs.row_id = lr.id) AS skills`

/** Tables whose changes touch a row, with the column that names it. */
const watched = [
  ['list_row', 'id'],
  ['row_application', 'row_id'],
  ['row_skill', 'row_id'],
  ['stale_row', 'row_id'],
] as const

/**
 * Notes each row that a statement of this connection changes, whoever wrote the statement. Temporary triggers, so that nothing of it
 * stands in the file; a change that is rolled back is noted too, and looked at again for nothing.
 */
const watchChanges = ({ connection }: OpenDatabase, onChange: (id: number) => void): void => {
  connection.function('list_changed', { varargs: false }, (id: unknown) => {
    onChange(Number(id))
    return null
  })
  for (const [table, column] of watched) {
    for (const [event, row] of [
      ['INSERT', 'NEW'],
      ['UPDATE', 'NEW'],
      ['DELETE', 'OLD'],
    ] as const) {
      connection.exec(
        `CREATE TEMP TRIGGER watch_${table}_${event} AFTER ${event} ON main.${table}
         BEGIN SELECT list_changed(${row}.${column}); END`,
      )
    }
  }
}

export type ListColumns = {
  /** The columns, as new as the file; undefined while they are still being read. */
  current(): ColumnsView | undefined
  /** Grows with every change, for what was made from an older state. */
  readonly version: number
  /** Resolves when everything is in memory (or the account was closed). */
  settle(): Promise<void>
  close(): void
}

/**
 * Keeps what lists ask for in memory beside `index.db` (docs/performance.md): read once in the background, then row by row as rows
 * change. Somebody who was destroyed has left it before the next answer.
 */
export const createListColumns = (index: OpenDatabase): ListColumns => {
  const columns = createRowColumns()
  const changed = new Set<number>()
  let version = 0
  let closed = false
  let complete = false
  let timer: NodeJS.Immediate | null = null
  let place: { readonly newest: number; readonly id: number } = { newest: Number.MAX_SAFE_INTEGER, id: 0 }
  let waiting: Array<() => void> = []

  const put = ({ stale, applications, skills, ...row }: LoadedRow): void => {
    if (stale === 1) {
      columns.remove(row.id)
      return
    }
    const of = JSON.parse(applications) as Array<[string, string, string, number]>
    columns.put({
      ...row,
      applications: of.map(([job_id, stage, channel, score]): ColumnApplication => ({ job_id, stage, channel, score })),
      skills: JSON.parse(skills) as string[],
    })
  }

  const takeIn = (ids: readonly number[]): void => {
    const found = new Map(
      index.reader
        .all<LoadedRow>(
          `SELECT ${loaded} FROM list_row lr WHERE lr.id IN (SELECT value FROM json_each(?))`,
          JSON.stringify(ids),
        )
        .map((row) => [row.id, row]),
    )
    for (const id of ids) {
      const row = found.get(id)
      if (row === undefined) columns.remove(id)
      else put(row)
      changed.delete(id)
    }
    if (ids.length > 0) version += 1
  }

  const readOn = (): void => {
    const rows = index.reader.all<LoadedRow>(
      `SELECT ${loaded} FROM list_row lr INDEXED BY list_row_newest WHERE (lr.newest_at, lr.id) < (?, ?)
       ORDER BY lr.newest_at DESC, lr.id DESC LIMIT ${slice}`,
      place.newest,
      place.id,
    )
    for (const row of rows) put(row)
    const last = rows.at(-1)
    if (last !== undefined) place = { newest: last.newest_at, id: last.id }
    version += 1
    complete = rows.length < slice
    if (complete) columns.tidy()
  }

  const step = (): void => {
    timer = null
    if (closed) return
    if (!complete) readOn()
    else takeIn([...changed.values()].slice(0, slice))
    if (!complete || changed.size > 0) {
      schedule()
      return
    }
    for (const done of waiting) done()
    waiting = []
  }
  const schedule = (): void => {
    if (!closed) timer ??= setImmediate(step)
  }

  watchChanges(index, (id) => {
    changed.add(id)
    schedule()
  })
  schedule()

  return {
    current: () => {
      if (!complete || closed || changed.size > mostAtOnce) return undefined
      if (changed.size > 0) takeIn([...changed])
      return columns.view()
    },
    get version() {
      return version
    },
    settle: () =>
      closed || (complete && changed.size === 0)
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve)
            schedule()
          }),
    close: () => {
      closed = true
      if (timer !== null) clearImmediate(timer)
      columns.clear()
      changed.clear()
      for (const done of waiting) done()
      waiting = []
    },
  }
}
