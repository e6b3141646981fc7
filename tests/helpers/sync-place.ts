import { sealedPerson } from '../../electron/core/candidates/person.ts'
import { createHash, createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSealedFields } from '../../electron/core/candidates/sealed-fields.ts'
import { memoryKeystore } from '../../electron/core/keys/memory-keystore.ts'
import { aad, fromSealable } from '../../electron/core/keys/sealed-columns.ts'
import { openBox } from '../../electron/core/keys/sealed-box.ts'
import type { Keystore } from '../../electron/core/keys/keystore-port.ts'
import { openSlotKeystore } from '../../electron/core/keys/slot-keystore.ts'
import { openLedger, type Ledger } from '../../electron/core/ledger/ledger.ts'
import { createNoContactList } from '../../electron/core/ledger/no-contact.ts'
import { ledgerMigrations } from '../../electron/core/ledger/migrations.ts'
import { loadProfiles } from '../../electron/core/policy/profile/load-profiles.ts'
import { homePaths } from '../../electron/core/store/home-paths.ts'
import { storeMigrations } from '../../electron/core/accounts/account-files.ts'
import { openDatabase, type OpenDatabase } from '../../electron/core/store/open-store.ts'
import { openAside, type AsideRow } from '../../electron/core/sync/aside.ts'
import { applyPage, type Page } from '../../electron/core/sync/apply-changes.ts'
import { readAttachment } from '../../electron/core/sync/fetch-attachments.ts'
import { createKeyPool } from '../../electron/core/sync/key-pool.ts'
import type { ApplyContext, PageCounts, Viewer } from '../../electron/core/sync/page-work.ts'
import { settleRun } from '../../electron/core/sync/settle-run.ts'

export const profiles = loadProfiles(fileURLToPath(new URL('../../resources/profiles', import.meta.url)))

/** 2026-03-02 09:00 in Asia/Shanghai. */
export const monday = Date.UTC(2026, 2, 2, 1)

export type SyncPlace = ApplyContext & {
  readonly database: OpenDatabase
  readonly clock: { at: number; now(): number }
  apply(changes: readonly unknown[], cursor?: string | null): PageCounts
  settle(): number
  close(): void
}

type Options = {
  /** A folder for real files; without it everything is in memory. */
  readonly home?: string
  readonly viewer?: Partial<Viewer>
  readonly now?: number
  readonly tombstones?: ReadonlyMap<string, number>
}

const homeId = 'ab'.repeat(16)
const secret = (name: string): Buffer => createHash('sha256').update(name).digest()

const openFiles = (home: string | undefined, clock: SyncPlace['clock']) => {
  const keystore: Keystore =
    home === undefined
      ? memoryKeystore()
      : openSlotKeystore({
          paths: homePaths(home),
          homeId,
          key: createSecretKey(secret('keystore')),
          clock,
          hasDestroyBegin: () => false,
        })
  const open = (profile: 'store' | 'ledger'): OpenDatabase =>
    openDatabase({
      ...(home === undefined
        ? { path: ':memory:' }
        : { path: join(home, `${profile}.db`), key: new Uint8Array(secret(profile)) }),
      profile,
      migrations: profile === 'store' ? storeMigrations : ledgerMigrations,
    })
  return { keystore, database: open('store'), ledgerDb: open('ledger') }
}

/** An account's store, keys and log, as sync needs them; the same folder opens the same place again. */
export const openSyncPlace = (options: Options = {}): SyncPlace => {
  const clock = {
    at: options.now ?? monday,
    now(): number {
      return this.at
    },
  }
  const { keystore, database, ledgerDb } = openFiles(options.home, clock)
  const ledger: Ledger = openLedger({
    db: ledgerDb.db,
    keystore,
    sealKey: new Uint8Array(32).fill(7),
    clock,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
  })
  const pool = createKeyPool(keystore)
  const context: ApplyContext = {
    store: database.db,
    keystore,
    asideKey: createSecretKey(secret('aside')),
    sensitiveKey: createSecretKey(secret('sensitive')),
    searchKey: createSecretKey(secret('search')),
    profiles,
    ledger,
    findTombstone: (_platform, id) => {
      const at = options.tombstones?.get(id)
      return at === undefined ? undefined : { evidenceBefore: at }
    },
    noContact: createNoContactList(ledgerDb, () => new Uint8Array(secret('tombstones'))),
    actor: { account: 'acc-1', role: 'hr', employer: 'emp-1', device: 'dev-1' },
    viewer: { account: 'acc-1', role: 'hr', firms: ['emp-1', '星河科技'], ...options.viewer },
    jobPlatform: 'zhaopin',
    newId: () => randomUUID(),
  }
  return {
    ...context,
    database,
    clock,
    apply: (changes, cursor = 'c') => {
      const page: Page = { changes, cursor }
      return applyPage(context, pool, page, clock.now())
    },
    settle: () => settleRun(database.db, profiles, clock.now()),
    close: () => {
      database.close()
      ledgerDb.close()
      keystore.close()
    },
  }
}

type Row = Record<string, unknown>

const without = (row: Row, ...keys: string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)))

/**
 * Everything that the store holds, opened, without what is random by nature (keys, record numbers, nonces) and without how
 * often a row was written. Two places with the same dump know the same.
 */
export const dumpStore = (place: Pick<SyncPlace, 'store' | 'keystore' | 'asideKey' | 'sensitiveKey'>): Row => {
  const { store, keystore } = place
  const all = (sql: string): Row[] => store.all<Row>(sql)
  const names = new Map(
    all('SELECT record_id, platform_id FROM candidate').map((row) => [row.record_id, row.platform_id]),
  )
  const named = (row: Row): Row => ({ ...without(row, 'record_id'), person: names.get(row.record_id) ?? null })
  const slots = new Map(all('SELECT id, key_slot FROM application').map((row) => [row.id, String(row.key_slot)]))
  return {
    job: all('SELECT * FROM job ORDER BY id'),
    candidate: all('SELECT * FROM candidate ORDER BY platform_id').map((row) => ({
      ...without(
        row,
        'record_id',
        'key_slot',
        'sealed',
        'sealed_fields',
        'version',
        'indexed_version',
        'received_at',
        'checked_at',
      ),
      // As it is read: what is empty by default may be written down or left out.
      plain: sealedPerson.parse(
        fromSealable(
          keystore.open(
            String(row.key_slot),
            aad('candidate', 'sealed', String(row.record_id)),
            row.sealed as Uint8Array,
          ),
        ),
      ),
      fields: openSealedFields(store, place, { record_id: String(row.record_id), key_slot: String(row.key_slot) }),
    })),
    application: all('SELECT * FROM application ORDER BY id').map((row) => named(without(row, 'key_slot'))),
    attachment: all('SELECT * FROM attachment ORDER BY id').map((row) => ({
      ...named(without(row, 'sealed_name')),
      name: fromSealable(
        keystore.open(
          slots.get(row.application_id) ?? '',
          aad('attachment', 'sealed_name', String(row.id)),
          row.sealed_name as Uint8Array,
        ),
      ),
      bytes:
        row.fetched === row.size
          ? createHash('sha256')
              .update(readAttachment(store, keystore, String(row.id)))
              .digest('hex')
          : null,
    })),
    consent: all('SELECT * FROM consent ORDER BY id'),
    hold: all('SELECT * FROM legal_hold ORDER BY id'),
    aside: all('SELECT * FROM aside_change ORDER BY type, id').map((row) => ({
      ...named(without(row, 'sealed', 'at')),
      data: openAside(place, row as AsideRow),
    })),
    seen: all('SELECT * FROM seen_rev ORDER BY type, id'),
    outbox: all('SELECT id, kind, state, application_id, sealed FROM outbox ORDER BY kind, seq').map((row) => {
      const slot = row.application_id === null ? undefined : slots.get(row.application_id)
      const place_ = aad('outbox', 'sealed', String(row.id))
      const plain =
        slot === undefined
          ? openBox(place.asideKey, place_, row.sealed as Uint8Array)
          : keystore.open(slot, place_, row.sealed as Uint8Array)
      return { kind: row.kind, state: row.state, body: fromSealable(plain) }
    }),
  }
}
