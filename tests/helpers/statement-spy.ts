import Database from 'better-sqlite3'

export type Plan = {
  readonly sql: string
  /** Lines of EXPLAIN QUERY PLAN. */
  readonly lines: readonly string[]
}

export type StatementSpy = {
  /** The plan of each statement that was prepared since the start, on the connection that prepared it. */
  plans(): Plan[]
  stop(): void
}

/** White space means nothing to SQLite, so the same statement is one. */
export const oneLine = (sql: string): string => sql.replaceAll(/\s+/gu, ' ').trim()

type Prepare = (this: Database.Database, sql: string) => Database.Statement<unknown[]>

const explain = (connection: Database.Database, prepare: Prepare, sql: string): string[] => {
  const statement = prepare.call(connection, `EXPLAIN QUERY PLAN ${sql}`)
  // As many values as it takes; none of them moves the plan.
  for (let count = 0; count < 60; count += 1) {
    try {
      const rows = statement.all(...Array.from({ length: count }, () => 1)) as Array<{ detail: string }>
      return rows.map(({ detail }) => detail)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  throw new Error(`too many values: ${sql}`)
}

/** Takes down every statement that is prepared in this process from now on. */
export const spyOnStatements = (): StatementSpy => {
  const seen = new Map<Database.Database, Set<string>>()
  const kept = Object.getOwnPropertyDescriptor(Database.prototype, 'prepare')
  const prepare = Database.prototype.prepare as Prepare
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statements = seen.get(this) ?? new Set()
    seen.set(this, statements.add(oneLine(sql)))
    return prepare.call(this, sql)
  } as typeof Database.prototype.prepare
  return {
    plans: () =>
      [...seen].flatMap(([connection, statements]) =>
        connection.open
          ? [...statements]
              .filter((sql) => /^(?:SELECT|WITH|UPDATE|DELETE|INSERT)\b/i.test(sql))
              .map((sql) => ({ sql, lines: explain(connection, prepare, sql) }))
          : [],
      ),
    stop: () => {
      if (kept !== undefined) Object.defineProperty(Database.prototype, 'prepare', kept)
    },
  }
}
