import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { applicationIds, applyKey } from '../store/connection-pragmas.ts'
import { readAt, syncFile } from '../store/durable-file.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import type { CopyAnswer, CopyOrder, CopyPhase } from './copy-store.ts'

/**
 * Copies a store in a thread of its own, because SQLite copies in one go: the thread that answers the window would stand still
 * for seconds. Its connection can only read, and the copy is opened and checked before it counts.
 */
const { source, target, key } = workerData as CopyOrder

const say = (phase: CopyPhase): void => parentPort?.postMessage({ phase })

const open = (path: string): Database.Database => {
  const connection = new Database(path, { readonly: true, timeout: 5000 })
  applyKey(connection, key)
  // Spills of a sort would lie on the disk in clear.
  connection.pragma('temp_store = MEMORY')
  return connection
}

const copy = (): void => {
  const connection = open(source)
  try {
    connection.prepare('VACUUM INTO ?').run(target)
  } finally {
    connection.close()
  }
  syncFile(target)
}

const damaged = (found: string): IpcError => new IpcError('E_DAMAGED', 'the copy is not whole', { found })

const slotTables = ['candidate', 'application', 'quarantine', 'destruction_part', 'request_paper'] as const

const inspect = (): Omit<CopyAnswer, 'size' | 'sha256'> => {
  const connection = open(target)
  try {
    const problems = connection.pragma('integrity_check(5)') as ReadonlyArray<{ readonly integrity_check: string }>
    if (problems.length !== 1 || problems[0]?.integrity_check !== 'ok') throw damaged('integrity')
    if (connection.pragma('application_id', { simple: true }) !== applicationIds.store) throw damaged('kind')
    const count = (table: string): number => connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
    const slots = slotTables.flatMap((table) =>
      connection.prepare<[], string>(`SELECT key_slot FROM ${table}`).pluck().all(),
    )
    return {
      schema: connection.pragma('user_version', { simple: true }) as number,
      candidates: count('candidate'),
      applications: count('application'),
      slots: [...new Set(slots)].sort(),
    }
  } finally {
    connection.close()
  }
}

const measure = (): Pick<CopyAnswer, 'size' | 'sha256'> => {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1 << 20)
  const fd = openSync(target, 'r')
  let size = 0
  try {
    for (let got = readAt(fd, piece, 0); got > 0; got = readAt(fd, piece, size)) {
      hash.update(piece.subarray(0, got))
      size += got
    }
  } finally {
    closeSync(fd)
  }
  return { size, sha256: hash.digest('hex') }
}

try {
  say('copying')
  copy()
  say('checking')
  const inspected = inspect()
  parentPort?.postMessage({ done: { ...inspected, ...measure() } })
} catch (error) {
  const { code, data } = mapSqliteError(error)
  parentPort?.postMessage({ failed: { code, data } })
} finally {
  key.fill(0)
}
