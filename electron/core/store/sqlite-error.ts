import { IpcError, type ErrorCode } from '../../shared/ipc/ipc-error.ts'

/** File-system errors that mean "the disk does not take or give this", whatever the file was. */
const diskErrno: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'EFBIG',
  'EMFILE',
  'ENFILE',
  'ENOENT',
  'ENOTDIR',
])

const messages = {
  E_DISK: 'the disk is full, read-only or failing',
  E_DAMAGED: 'a file of the store is damaged',
  E_IN_USE: 'another process uses the store',
  E_INTERNAL: 'the store failed',
} as const satisfies Partial<Record<ErrorCode, string>>

const classify = (code: string): keyof typeof messages => {
  if (code === 'SQLITE_IOERR_DATA' || code === 'SQLITE_IOERR_CORRUPTFS') return 'E_DAMAGED'
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_READONLY')) return 'E_DISK'
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_PERM') || diskErrno.has(code)) return 'E_DISK'
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'E_DAMAGED'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'E_IN_USE'
  return 'E_INTERNAL'
}

/**
 * Turns what SQLite or the file system threw into an error that may cross the contract. The original text is dropped on
 * purpose: it may hold a path, a statement or a value. Errors that are already ours pass through.
 */
export const mapSqliteError = (error: unknown): IpcError => {
  if (error instanceof IpcError) return error
  const raw = error instanceof Error && 'code' in error ? error.code : undefined
  const code = typeof raw === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(raw) ? raw : ''
  const kind = classify(code)
  return new IpcError(kind, messages[kind], code === '' ? {} : { cause: code })
}

/** Runs `work` and maps whatever it throws. */
export const mappingErrors = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw mapSqliteError(error)
  }
}
