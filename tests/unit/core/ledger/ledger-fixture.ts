import { createHmac, randomBytes } from 'node:crypto'
import type { EntryDraft } from '../../../../electron/shared/domain/ledger-entry.ts'
import { IpcError } from '../../../../electron/shared/ipc/ipc-error.ts'
import { openLedger, type Actor, type Ledger } from '../../../../electron/core/ledger/ledger.ts'
import { ledgerMigrations } from '../../../../electron/core/ledger/migrations.ts'
import type { Keystore, SlotId } from '../../../../electron/core/keys/keystore-port.ts'
import type { WritableDb } from '../../../../electron/core/store/database.ts'
import { openDatabase, type OpenDatabase } from '../../../../electron/core/store/open-store.ts'

export const actor: Actor = { account: 'acc-1', role: 'hr', employer: 'emp-1', device: 'dev-1' }

/** 2026-03-02 09:00 in Asia/Shanghai. */
export const monday = Date.UTC(2026, 2, 2, 1)
export const day = 86_400_000

export const sealKey = new Uint8Array(32).fill(7)

/** Keys in memory; only what the ledger uses. */
export type TestKeystore = Keystore & { readonly due: Map<SlotId, number> }

export const createTestKeystore = (): TestKeystore => {
  const keys = new Map<SlotId, Uint8Array | null>()
  const due = new Map<SlotId, number>()
  const make = (): SlotId => {
    const slot = randomBytes(16).toString('hex')
    keys.set(slot, randomBytes(32))
    return slot
  }
  const unused = (): never => {
    throw new Error('the ledger seals nothing')
  }
  return {
    due,
    create: make,
    createMany: (_purpose, count) => Array.from({ length: count }, make),
    seal: unused,
    open: unused,
    hmac: (slot, message) => {
      const key = keys.get(slot)
      if (!key) throw new IpcError('E_NOT_FOUND', 'no key')
      return createHmac('sha256', key).update(message).digest()
    },
    destroy: (slot) => keys.set(slot, null),
    state: (slot) => (keys.has(slot) ? (keys.get(slot) === null ? 'destroyed' : 'live') : 'unknown'),
    setDue: (slot, at) => due.set(slot, at),
    listLive: () => [...keys].flatMap(([slot, key]) => (key === null ? [] : [{ slot, purpose: 'subject' as const }])),
    close: () => keys.clear(),
  }
}

export type LedgerFixture = {
  readonly file: OpenDatabase
  readonly db: WritableDb
  readonly keystore: TestKeystore
  readonly clock: { at: number; now(): number }
  readonly ledger: Ledger
  /** Opens the same file again, as after a restart. */
  reopen(): Ledger
}

export const openTestLedger = (
  where: { readonly path: string; readonly key?: Uint8Array } = { path: ':memory:' },
): LedgerFixture => {
  const file = openDatabase({ ...where, profile: 'ledger', migrations: ledgerMigrations })
  const keystore = createTestKeystore()
  const clock = {
    at: monday,
    now(): number {
      return this.at
    },
  }
  const reopen = (): Ledger =>
    openLedger({ db: file.db, keystore, sealKey, clock, randomBytes: (length) => new Uint8Array(randomBytes(length)) })
  return { file, db: file.db, keystore, clock, ledger: reopen(), reopen }
}

export const view = (id: string, more: Partial<EntryDraft> = {}): EntryDraft => ({
  action: 'view',
  outcome: 'shown',
  subject: { platform: 'zhaopin', id },
  job: 'job-1',
  fields: ['name', 'phone'],
  reason: 'screening',
  policy: { profile: 'zhaopin', version: '1', clause: 'ZP-21' },
  ...more,
})

export const bundleOf = (ledger: Ledger): string[] => {
  const lines: string[] = []
  ledger.exportBundle((line) => lines.push(line))
  return lines
}
