import type { EntryDraft, LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import type { Ledger } from './ledger.ts'

/** Puts entries of a write into its own transaction (`ledger.md`, "Order"); returns their nonces. */
export const putPendingEntries = (
  store: WritableDb,
  ledger: Ledger,
  actor: LedgerEntry['actor'],
  drafts: readonly EntryDraft[],
): string[] =>
  ledger.prepareEntries(actor, drafts).map(({ nonce, canonical }) => {
    store.run('INSERT INTO pending_entry (nonce, canonical) VALUES (?, ?)', nonce, canonical)
    return nonce
  })

/** Moves what a write left behind; repeated after a kill it changes nothing, because nonces are unique in the log. */
export const movePendingEntries = (store: WritableDb, ledger: Ledger): void => {
  const rows = store.all<{ nonce: string; canonical: string }>(
    'SELECT nonce, canonical FROM pending_entry ORDER BY rowid',
  )
  if (rows.length === 0) return
  ledger.appendCanonical(rows)
  store.transaction(() => {
    for (const row of rows) store.run('DELETE FROM pending_entry WHERE nonce = ?', row.nonce)
  })
}

/** The index in the log of an entry that went through `pending_entry`. @throws IpcError E_LEDGER when it is not there */
export const requireMovedIndex = (ledgerDb: ReadableDb, nonce: string): number => {
  const row = ledgerDb.get<{ i: number }>('SELECT i FROM moved_nonce WHERE nonce = ?', nonce)
  if (row === undefined) throw new IpcError('E_LEDGER', 'an entry did not reach the log')
  return row.i
}
