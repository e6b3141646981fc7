import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { emptyEdge, growEdge, peakPositions, type TreeEdge } from '../../shared/ledger/tree-edge.ts'
import { nodeHash, type NodeReader } from '../../shared/ledger/merkle.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import { createMonth, entryTable, monthOf, type Month } from './month-table.ts'
import { sha256 } from './node-ledger-crypto.ts'

/** A row of a month's table, ready to be written. */
export type NewEntry = { readonly canonical: string; readonly leaf: Uint8Array; readonly subject: number | null }

/**
 * Smaller subtrees are hashed from their at most four leaves when asked for: storing them would cost three rows for every one
 * that stays, in the path that a person waits for.
 */
const lowestStored = 3

/** How many subtrees of the levels stored the first `size` leaves fill. */
const storedSubtrees = (size: number): number => {
  let count = 0
  for (let whole = Math.floor(size / 2 ** lowestStored); whole > 0; whole = Math.floor(whole / 2)) count += whole
  return count
}

/** Place of a node in the order in which nodes become whole: those before its last leaf, then the ones below it. */
const nodePosition = (level: number, index: number): number =>
  storedSubtrees((index + 1) * 2 ** level - 1) + level - lowestStored

const missing = (): IpcError => new IpcError('E_LEDGER', 'a part of the log is missing', { found: 'tree' })

/** Months that still have their table, oldest first. */
export const listMonths = (db: ReadableDb): Month[] =>
  db.all<Month>('SELECT month, first FROM entry_month WHERE dropped_at IS NULL ORDER BY first, month')

/** The stored tree with its right edge in memory. */
export type TreeStore = {
  /** Looks whether somebody's rollback took entries away and reads the edge again if so. */
  refresh(): TreeEdge
  /** Adds leaves and the nodes they complete. Must run inside a transaction; `commit` the result when that has committed. */
  append(now: number, entries: readonly NewEntry[]): TreeEdge
  commit(edge: TreeEdge): void
  readonly read: NodeReader
  months(): readonly Month[]
  /** After months were dropped. */
  reload(): void
}

export const openTreeStore = (db: WritableDb): TreeStore => {
  let months = listMonths(db)
  let edge: TreeEdge = emptyEdge

  const monthAt = (index: number): Month | undefined => months.findLast((month) => month.first <= index)

  const read: NodeReader = (level, index) => {
    if (level > 0 && level < lowestStored) {
      return nodeHash(sha256, read(level - 1, index * 2), read(level - 1, index * 2 + 1))
    }
    if (level > 0) {
      const node = db.get<{ hash: Uint8Array; level: number }>(
        'SELECT hash, level FROM node WHERE position = ?',
        nodePosition(level, index),
      )
      if (node === undefined || node.level !== level) throw missing()
      return node.hash
    }
    const month = monthAt(index)
    const sql =
      month === undefined
        ? 'SELECT leaf FROM old_leaf WHERE i = ?'
        : `SELECT leaf FROM ${entryTable(month.month)} WHERE i = ?`
    const row = db.get<{ leaf: Uint8Array }>(sql, index)
    if (row === undefined) throw missing()
    return row.leaf
  }

  const storedSize = (): number => {
    const last = months.at(-1)
    if (last === undefined) return 0
    const row = db.get<{ last: number | null }>(`SELECT max(i) AS last FROM ${entryTable(last.month)}`)
    return row?.last === undefined || row.last === null ? last.first : row.last + 1
  }

  const reload = (): void => {
    months = listMonths(db)
    const size = storedSize()
    edge = { size, peaks: peakPositions(size).map(({ level, index }) => read(level, index)) }
  }

  const refresh = (): TreeEdge => {
    const last = months.at(-1)
    // A month that a rollback took away again is still in memory: its table is not.
    const known = last === undefined || db.get('SELECT 1 FROM entry_month WHERE month = ?', last.month) !== undefined
    if (!known || storedSize() !== edge.size) reload()
    return edge
  }

  const append = (now: number, entries: readonly NewEntry[]): TreeEdge => {
    const from = refresh()
    const last = months.at(-1)
    // Never back into an older month, whatever the clock says: indexes and tables keep one order.
    const month = Math.max(monthOf(now), last?.month ?? 0)
    if (last?.month !== month) {
      createMonth(db, month, from.size)
      months = [...months, { month, first: from.size }]
    }
    const insertEntry = `INSERT INTO ${entryTable(month)} (i, subject, leaf, entry) VALUES (?, ?, ?, ?)`
    const insertNode = 'INSERT INTO node (position, level, idx, hash) VALUES (?, ?, ?, ?)'
    let position = storedSubtrees(from.size)
    const grown = growEdge(sha256, from, (level, index, hash) => {
      if (level < lowestStored) return
      db.run(insertNode, position, level, index, hash)
      position += 1
    })
    for (const { canonical, leaf, subject } of entries) {
      db.run(insertEntry, grown.size, subject, leaf, canonical)
      grown.append(leaf)
    }
    return grown.snapshot()
  }

  reload()
  return {
    refresh,
    append,
    commit: (grown) => {
      edge = grown
    },
    read,
    months: () => months,
    reload,
  }
}
