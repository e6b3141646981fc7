import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { equalBytes, fromBase64, toBase64 } from '../../shared/ledger/bytes.ts'
import { parseCheckpoint, signCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { verifyCosignature } from '../../shared/ledger/cosignature.ts'
import { consistencyProof, treeRoot } from '../../shared/ledger/merkle.ts'
import { formatSignatureLine, parseSignatureLine, parseSignedNote } from '../../shared/ledger/signed-note.ts'
import {
  formatVerifierKey,
  keyTypes,
  parseVerifierKey,
  verifierKey,
  type VerifierKey,
} from '../../shared/ledger/verifier-key.ts'
import type { LogPush } from '../../shared/ledger/verify-log-push.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import type { LedgerDevice } from './device.ts'
import { entryTable } from './month-table.ts'
import { nodeLedgerCrypto, sha256 } from './node-ledger-crypto.ts'
import { iterateEntries } from './read-entries.ts'
import type { TreeStore } from './tree-store.ts'

export type Cosignature = {
  readonly size: number
  readonly witness: string
  readonly at: number
  readonly line: string
}

/** How the log that a witness holds stands to the one here. `conflict`: cut and grown anew, or rewritten. */
export type HeadComparison = 'same' | 'ahead' | 'behind' | 'conflict'

/** Checkpoints, witnesses and what they have seen. */
export type Heads = {
  rootAt(size: number): Uint8Array
  checkpoint(now: number, size: number): string
  /** A head that was signed before. */
  signedCheckpoint(size: number): string | undefined
  cosignatures(size: number): Cosignature[]
  lastCosigned(): Cosignature | undefined
  /** Keys of the witnesses that have cosigned here. */
  listWitnesses(): VerifierKey[]
  /** `from` is what the witness says it holds, where that is less than what it has had. */
  pendingPush(now: number, limit: number, from?: number): LogPush | null
  acceptCosignature(cosignature: string, size: number, witnessKey: Uint8Array): void
  markPushed(size: number): void
  pushedSize(): number
  compareHead(size: number, root: string): HeadComparison
}

const conflict = (found: string): IpcError =>
  new IpcError('E_LEDGER', 'the witness and the log do not agree', { found })

const subjectsOf = (db: ReadableDb, tree: TreeStore, from: number, to: number): Record<string, string> => {
  const subjects: Record<string, string> = {}
  for (const { month } of tree.months()) {
    const rows = db.all<{ hash: string; candidate: string }>(
      `SELECT DISTINCT s.hash, s.candidate FROM ${entryTable(month)} e JOIN subject s ON s.id = e.subject
       WHERE e.i >= ? AND e.i < ? AND s.candidate IS NOT NULL`,
      from,
      to,
    )
    for (const row of rows) subjects[row.hash] = row.candidate
  }
  return subjects
}

export const openHeads = (db: WritableDb, tree: TreeStore, device: LedgerDevice): Heads => {
  const rootAt = (size: number): Uint8Array => treeRoot(sha256, tree.read, size)

  const signedCheckpoint = (size: number): string | undefined =>
    db.get<{ note: string }>('SELECT note FROM checkpoint WHERE size = ?', size)?.note

  const checkpoint = (now: number, size: number): string => {
    const stored = signedCheckpoint(size)
    const root = rootAt(size)
    if (stored !== undefined) {
      // A log never signs two heads of one size: better no head than a second one.
      if (!equalBytes(parseCheckpoint(stored).root, root)) throw conflict('rewritten')
      return stored
    }
    const note = signCheckpoint({ origin: device.key.name, size, root }, device.key, device.sign)
    db.run('INSERT INTO checkpoint (size, at, note) VALUES (?, ?, ?)', size, now, note)
    return note
  }

  const pushedSize = (): number =>
    db.get<{ pushed: number }>('SELECT pushed FROM witness_head WHERE id = 1')?.pushed ?? 0

  const markPushed = (size: number): void => {
    if (size > tree.refresh().size) throw conflict('cut')
    db.run('UPDATE witness_head SET pushed = ? WHERE id = 1 AND pushed < ?', size, size)
  }

  return {
    rootAt,
    checkpoint,
    signedCheckpoint,
    cosignatures: (size) =>
      db.all<Cosignature>('SELECT size, witness, at, line FROM cosignature WHERE size = ? ORDER BY witness', size),
    lastCosigned: () =>
      db.get<Cosignature>('SELECT size, witness, at, line FROM cosignature ORDER BY size DESC, at DESC LIMIT 1'),
    pushedSize,
    markPushed,
    pendingPush: (now, limit, from = pushedSize()) => {
      const to = Math.min(from + limit, tree.refresh().size)
      if (to < from) throw conflict('cut')
      if (to === from) return null
      const entries = Array.from(iterateEntries(db, tree.months(), from, to), (row) => row.canonical)
      if (entries.length !== to - from) throw conflict('dropped')
      return {
        from,
        entries,
        subjects: subjectsOf(db, tree, from, to),
        checkpoint: checkpoint(now, to),
        consistency: consistencyProof(sha256, tree.read, from, to).map(toBase64),
      }
    },
    acceptCosignature: (cosignature, size, witnessKey) => {
      const stored = signedCheckpoint(size)
      if (stored === undefined) throw conflict('unknown_head')
      const { text } = parseSignedNote(stored)
      // Either the line alone or the whole note with the line at its end.
      const signature = cosignature.startsWith('—')
        ? parseSignatureLine(cosignature)
        : parseSignedNote(cosignature).signatures.find((candidate) => candidate.signature.length === 72)
      if (signature === undefined) throw conflict('cosignature')
      const witness = verifierKey(sha256, signature.name, keyTypes.cosignature, witnessKey)
      const line = formatSignatureLine(signature)
      const at = verifyCosignature(nodeLedgerCrypto, text, line, witness) * 1000
      db.transaction(() => {
        const sql = 'INSERT INTO cosignature (size, witness, at, line) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'
        db.run(sql, size, witness.name, at, line)
        // Kept as it was met at the hub's own address, so that the log can be checked while the hub is away.
        db.run(
          'INSERT INTO witness_key (verifier_key, first_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
          formatVerifierKey(witness),
          at,
        )
        markPushed(size)
      })
    },
    listWitnesses: () =>
      db
        .all<{ verifier_key: string }>('SELECT verifier_key FROM witness_key ORDER BY first_at')
        .map((row) => parseVerifierKey(sha256, row.verifier_key)),
    compareHead: (size, root) => {
      const local = tree.refresh().size
      if (size > local) return 'behind'
      if (!equalBytes(rootAt(size), fromBase64(root))) return 'conflict'
      return size === local ? 'same' : 'ahead'
    },
  }
}
