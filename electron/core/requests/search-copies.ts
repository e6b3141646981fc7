import { existsSync } from 'node:fs'
import type { PlaceFound } from '../../shared/domain/request-views.ts'
import { openKeptFiles } from '../accounts/account-files.ts'
import type { CandidateRecord } from '../candidates/candidate-rows.ts'
import { listLinks, otherOf } from '../duplicates/link-rows.ts'
import type { ReaderCall } from '../handler.ts'
import { countCopies, hasMailbox } from '../mailbox/copy-rows.ts'
import { countStoreRows, listOthers } from '../retention/destruction-rows.ts'
import { isOver, listOfRecord } from '../retention/files/file-rows.ts'
import { personOf } from './request-person.ts'
import type { RequestRecord } from './request-rows.ts'

const found = (place: PlaceFound['place'], count: number, kinds?: Record<string, number>): PlaceFound => ({
  place,
  state: count > 0 ? 'found' : 'none',
  count,
  ...(kinds === undefined || count === 0 ? {} : { kinds }),
})

/** Records that somebody here said are the same person. */
export const linkedRecords = (call: ReaderCall, person: CandidateRecord): string[] =>
  listLinks(call.store, person.record_id)
    .filter(({ verdict, split_at }) => verdict === 'linked' && split_at === null)
    .map((link) => otherOf(link, person.record_id))

const ofStore = (call: ReaderCall, person: CandidateRecord | undefined): PlaceFound => {
  if (person === undefined) return found('store', 0)
  const parts = listOthers(call.store, person.record_id)
  const job = { record_id: person.record_id, platform_id: person.platform_id, record_slot: person.key_slot }
  const kinds = countStoreRows(call.store, job, parts)
  return found(
    'store',
    Object.values(kinds).reduce((sum, count) => sum + count, 0),
    kinds,
  )
}

const ofVault = (call: ReaderCall, person: CandidateRecord | undefined): PlaceFound => {
  if (person === undefined) return found('vault', 0)
  const slots = [person.key_slot, ...listOthers(call.store, person.record_id).map(({ key_slot }) => key_slot)]
  return found('vault', slots.filter((slot) => call.account.keystore.state(slot) === 'live').length)
}

/** The same person in files of other accounts of this workstation, which nobody is signed in to. */
const ofAccounts = (call: ReaderCall, row: RequestRecord): PlaceFound => {
  const { vault, core, account } = call
  if (row.platform_id === null) return found('accounts', 0)
  const others = vault.accounts
    .list()
    .filter(({ id }) => id !== account.view.id && existsSync(core.home.account(id).store))
  if (others.length === 0) return { place: 'accounts', state: 'absent', count: 0 }
  let count = 0
  for (const { id } of others) {
    try {
      const files = openKeptFiles(core.home, vault.keys, vault.keystore, id)
      try {
        if (files.store.reader.get('SELECT 1 FROM candidate WHERE platform_id = ?', row.platform_id) !== undefined)
          count += 1
      } finally {
        files.close()
      }
    } catch {
      // A damaged store of somebody else is said, never taken for an empty one.
      return { place: 'accounts', state: 'unreachable', count: others.length }
    }
  }
  return found('accounts', count)
}

/** Backups that were made since the person came in: each holds the record, and its key beside it. */
const ofBackups = (call: ReaderCall, person: CandidateRecord | undefined): PlaceFound => {
  const backups = call.vault.backups.list(call.account.view.id).filter(({ state }) => state !== 'writing')
  if (backups.length === 0) return { place: 'backups', state: 'absent', count: 0 }
  const holding = person === undefined ? [] : backups.filter(({ at }) => at >= person.received_at)
  if (holding.some(({ path }) => !existsSync(path)))
    return { place: 'backups', state: 'unreachable', count: holding.length }
  return found('backups', holding.length)
}

const count = (call: ReaderCall, sql: string, ...params: string[]): number =>
  call.store.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, ...params)?.n ?? 0

const ofHub = (call: ReaderCall, row: RequestRecord, person: CandidateRecord | undefined): PlaceFound => {
  if (call.account.hub === null) return { place: 'hub', state: 'absent', count: 0 }
  const there = person?.origin === 'hub' || row.via === 'portal'
  return { place: 'hub', state: there ? 'told' : 'none', count: there ? 1 : 0 }
}

/**
 * Every place in which something of the person can lie (ZP-84), looked at where that is possible and named where it is not. Figures
 * alone: nothing of the person is opened.
 */
export const searchCopies = (call: ReaderCall, row: RequestRecord): PlaceFound[] => {
  const person = personOf(call.store, row)
  const recordId = person?.record_id ?? ''
  const subject =
    row.platform === null || row.platform_id === null ? null : { platform: row.platform, id: row.platform_id }
  return [
    ofStore(call, person),
    ofVault(call, person),
    found('linked', person === undefined ? 0 : linkedRecords(call, person).length),
    ofAccounts(call, row),
    ofBackups(call, person),
    found('files', listOfRecord(call.store, recordId).filter((file) => recordId !== '' && !isOver(file)).length),
    // Files that nobody could read may hold anybody.
    found('unread', count(call, 'quarantine')),
    found('outbox', recordId === '' ? 0 : count(call, 'outbox WHERE record_id = ?', recordId)),
    ofHub(call, row, person),
    hasMailbox(call.store)
      ? found('mailbox', recordId === '' ? 0 : countCopies(call.store, recordId))
      : { place: 'mailbox', state: 'absent', count: 0 },
    found('log', subject === null ? 0 : call.vault.ledger.count(subject)),
  ]
}
