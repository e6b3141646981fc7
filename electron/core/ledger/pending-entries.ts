import type { EntryDraft, LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { WritableDb } from '../store/database.ts'
import type { Ledger } from './ledger.ts'

/** Puts entries of a write into its own transaction (`ledger.md`, "Order"). */
export const putPendingEntries = (
  store: WritableDb,
  ledger: Ledger,
  actor: LedgerEntry['actor'],
  drafts: readonly EntryDraft[],
): void => {
  for (const draft of drafts) {
    const { nonce, canonical } = ledger.prepareEntry(actor, draft)
    store.run('INSERT INTO pending_entry (nonce, canonical) VALUES (?, ?)', nonce, canonical)
  }
}

/** Moves what a write left behind; repeated after a kill it changes nothing, because nonces are unique in the log. */
export const movePendingEntries = (store: WritableDb, ledger: Ledger): void => {
  const rows = store.all<{ nonce: string; canonical: string }>('SELECT nonce, canonical FROM pending_entry ORDER BY rowid')
  if (rows.length === 0) return
  ledger.appendCanonical(rows)
  store.transaction(() => {
    for (const row of rows) store.run('DELETE FROM pending_entry WHERE nonce = ?', row.nonce)
  })
}
