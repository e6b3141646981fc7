import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { profileBegin } from '../../shared/domain/profile-begin.ts'
import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import type { Core, OpenVault } from '../context.ts'
import type { OfferDraft } from '../policy/versions/policy-book.ts'
import { relist } from '../search/indexer.ts'
import type { ReadableDb } from '../store/database.ts'
import { openAside, type AsideRow } from '../sync/aside.ts'
import type { AccountFiles } from './account-files.ts'

type Files = Pick<AccountFiles, 'store' | 'keystore'>

const listAside = (db: ReadableDb, type: string): AsideRow[] =>
  db.all<AsideRow>("SELECT * FROM aside_change WHERE type = ? AND why = 'stored' ORDER BY at, id", type)

/** Stricter profiles that the hub of this account has sent. */
const listOffers = (vault: OpenVault, { store, keystore }: Files): OfferDraft[] =>
  listAside(store.reader, 'profile').map((row) => {
    const place = { store: store.reader, keystore, asideKey: vault.keys.asideKey() }
    const { platform, version, effective_from: from, document } = openAside(place, row) as ChangeDataOf<'profile'>
    return { id: row.id, platform, version, effective_at: profileBegin(from), document }
  })

/** Working days that the hub of this account has named. */
const listYears = (vault: OpenVault, { store, keystore }: Files): ChangeDataOf<'calendar'>[] =>
  listAside(store.reader, 'calendar').map((row) => {
    const place = { store: store.reader, keystore, asideKey: vault.keys.asideKey() }
    return openAside(place, row) as ChangeDataOf<'calendar'>
  })

/** Notices of the hub with their words; newest first. */
export const listNotices = (vault: OpenVault, { store, keystore }: Files) =>
  listAside(store.reader, 'notice')
    .map((row) => {
      const place = { store: store.reader, keystore, asideKey: vault.keys.asideKey() }
      return { id: row.id, at: row.at, ...(openAside(place, row) as ChangeDataOf<'notice'>) }
    })
    .reverse()

/** What lists were made by; kept beside the deadlines, so that a kill or another account's change is noticed at the next entry. */
const listedBy = 'listed_by'

/** Has an account's lists made anew if they were made by other rules, for another role, or for services that have ended. */
export const relistIfOther = (files: Pick<AccountFiles, 'store' | 'index'>, made: string): boolean => {
  const { db } = files.store
  const known = db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', listedBy)?.value
  if (known === made) return false
  relist(files)
  db.run(
    'INSERT INTO sync_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    listedBy,
    made,
  )
  return true
}

/** After the rules in force changed: clocks and lists of who is signed in are made by the new ones, and the window is told. */
export const applyRules = (core: Core): void => {
  core.account?.follow()
  core.emit('data.changed', { what: ['candidates', 'jobs', 'retention'] })
  core.emit('state.changed', { phase: core.account === null ? 'open' : 'signed_in' })
}

/** Takes up what the hub of an account offers at present, and what comes into force today (ZP-106: stricter at once). */
export const takeUpRules = (
  core: Core,
  vault: OpenVault,
  actor: LedgerEntry['actor'],
  account: string,
  files: Files,
): void => {
  const now = core.clock.now()
  const offered = core.policies.setOffers(account, listOffers(vault, files), now)
  const begun = core.policies.refresh(now)
  const counted = core.policies.setYears(account, listYears(vault, files))
  if (!offered && !begun && !counted) return
  vault.ledger.append(actor, [
    { action: 'policy_change', outcome: 'done', detail: `rules ${core.policies.rulesVersion()}` },
  ])
  applyRules(core)
}
