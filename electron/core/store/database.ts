import type Database from 'better-sqlite3'

export type SqlValue = string | number | bigint | Uint8Array | null

/** What a reader may do. A write through it does not compile, and is refused when it runs. */
export type ReadableDb = {
  /** First row or undefined. */
  get<T>(sql: string, ...params: readonly SqlValue[]): T | undefined
  all<T>(sql: string, ...params: readonly SqlValue[]): T[]
  iterate<T>(sql: string, ...params: readonly SqlValue[]): IterableIterator<T>
}

export type WritableDb = ReadableDb & {
  /** Runs one statement; `changes` counts the rows it touched. */
  run(
    sql: string,
    ...params: readonly SqlValue[]
  ): { readonly changes: number; readonly lastInsertRowid: number | bigint }
  /** Commits when `work` returns and rolls back when it throws. Nested calls become savepoints. */
  transaction<T>(work: () => T): T
}

/** Wraps a connection; statements are prepared once and kept by their text. */
export const writableDb = (connection: Database.Database): WritableDb => {
  const statements = new Map<string, Database.Statement>()
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = connection.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  return {
    get: <T>(sql: string, ...params: readonly SqlValue[]) => prepare(sql).get(...params) as T | undefined,
    all: <T>(sql: string, ...params: readonly SqlValue[]) => prepare(sql).all(...params) as T[],
    // A kept statement cannot run twice at once, so iteration gets one of its own.
    iterate: <T>(sql: string, ...params: readonly SqlValue[]) =>
      connection.prepare(sql).iterate(...params) as IterableIterator<T>,
    run: (sql, ...params) => prepare(sql).run(...params),
    transaction: (work) => connection.transaction(work)(),
  }
}

/**
 * SQLite calls BEGIN, ATTACH and most pragmas "read-only" because they leave the file alone, yet they change what the
 * connection does; a reader gets only what answers with rows, and no pragma at all.
 */
const prepareReading = (connection: Database.Database, sql: string): Database.Statement => {
  const statement = connection.prepare(sql)
  if (!statement.readonly || !statement.reader || /^[\s;]*(?:--.*\n\s*|\/\*[^]*?\*\/\s*)*pragma\b/i.test(sql)) {
    throw new TypeError('a reader may not write')
  }
  return statement
}

/** The same connection for somebody who may only read: a statement that writes is refused before it runs. */
export const readableDb = (connection: Database.Database): ReadableDb => {
  const statements = new Map<string, Database.Statement>()
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = prepareReading(connection, sql)
      statements.set(sql, statement)
    }
    return statement
  }
  return {
    get: <T>(sql: string, ...params: readonly SqlValue[]) => prepare(sql).get(...params) as T | undefined,
    all: <T>(sql: string, ...params: readonly SqlValue[]) => prepare(sql).all(...params) as T[],
    iterate: <T>(sql: string, ...params: readonly SqlValue[]) =>
      prepareReading(connection, sql).iterate(...params) as IterableIterator<T>,
  }
}
