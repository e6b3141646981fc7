import { IpcError } from '../shared/ipc/ipc-error.ts'
import type { Core } from './context.ts'
import { crashPoint } from './crash-points.ts'
import type { ReaderCall, WriterCall, Written } from './handler.ts'
import { movePendingEntries, putPendingEntries } from './ledger/pending-entries.ts'
import { mapSqliteError } from './store/open-store.ts'

/** Whatever was thrown, as an error that may cross to a window. */
export const toIpcError = (error: unknown): IpcError => {
  if (error instanceof IpcError) return error
  const sqlite = mapSqliteError(error)
  return sqlite ?? new IpcError('E_INTERNAL', 'something failed inside; the log names the route')
}

/** Where a handler stands that somebody signed in has called. @throws IpcError E_SESSION */
export const readerCall = (core: Core, now: number): ReaderCall => {
  const { vault, account } = core
  if (vault === null || account === null) throw new IpcError('E_SESSION', 'nobody is signed in')
  return { core, now, vault, account, store: account.store.reader, index: account.index.reader }
}

/** What follows a commit. Its failure is no failure of the write: that stands, and a repetition would do it twice. */
export const runAfter = (core: Core, after: (() => void) | undefined): void => {
  try {
    after?.()
  } catch (error) {
    core.log('after', { ok: false, code: toIpcError(error).code })
  }
}

/** One transaction of the account's store with its entries in the log; what follows runs when both are durable. */
export const runWrite = <T>(core: Core, now: number, work: (call: WriterCall) => Written<T>): T => {
  const call = readerCall(core, now)
  const written = call.account.store.db.transaction(() => {
    const result = work({ ...call, store: call.account.store.db })
    putPendingEntries(call.account.store.db, call.vault.ledger, call.account.actor, result.entries)
    return result
  })
  crashPoint('write.committed')
  movePendingEntries(call.account.store.db, call.vault.ledger)
  runAfter(core, written.after)
  return written.output
}
