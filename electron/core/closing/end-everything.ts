import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { WriterCall } from '../handler.ts'
import { insertOrder } from '../ledger/destruction-orders.ts'
import { followQuarantine } from '../mailbox/follow-quarantine.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { beginDestruction, listChosen } from '../retention/begin-destruction.ts'
import { recomputeDueOfRecord } from '../retention/due.ts'
import { endMembership } from '../retention/end-memberships.ts'
import { lockRecord } from '../retention/lock-record.ts'
import { listMemberships } from '../pool/pool-rows.ts'
import { destroyChats } from './destroy-chats.ts'

const reason = 'account_cancelled'

type Person = {
  readonly record_id: string
  readonly platform: Platform
  readonly platform_id: string
  readonly key_slot: string
}

export type Ended = {
  readonly entries: readonly EntryDraft[]
  readonly people: number
  readonly chats: number
  /** Keys of files that were set aside and belong to nobody's record; freed once the transaction stands. */
  readonly slots: readonly string[]
}

/**
 * The end of an account or a workspace, inside the caller's transaction (ZP-76, ZP-81): chats go at once, everybody is locked and
 * on the way to destruction by the runner that does every other one, so that a kill is finished at the next start.
 */
export const endEverything = (call: WriterCall): Ended => {
  const { store, now, core } = call
  const people = store.all<Person>('SELECT record_id, platform, platform_id, key_slot FROM candidate')
  const chats = destroyChats(store)
  const jobs: string[] = []
  const newId = (): string => {
    const id = crypto.randomUUID()
    jobs.push(id)
    return id
  }
  const entries: EntryDraft[] = people.flatMap((person) => {
    const locked = lockRecord(store, core.profiles, person.record_id, reason, now)
    const { account_cancelled_workdays: days } = requireProfile(core.profiles, person.platform).document.retention
    const ground = { reason, clause: days.clause, at: now } as const
    const pools = listMemberships(store, person.record_id).flatMap(
      ({ pool }) => endMembership(store, { ...person, pool }, ground, now, newId).entries,
    )
    recomputeDueOfRecord(store, core.profiles, person.record_id)
    return [...locked, ...pools]
  })
  const ids = store.all<{ id: string }>('SELECT id FROM application').map(({ id }) => id)
  entries.push(...beginDestruction(store, listChosen(store, ids, now), now, newId))
  // One certificate for the whole of it beside each person's own.
  if (jobs.length > 1) {
    const order = { id: crypto.randomUUID(), account: call.account.view.id, at: now, reason: 'as_found' }
    insertOrder(call.vault.ledgerDb.db, order, jobs)
  }
  const aside = store.all<{ id: string; key_slot: string }>('SELECT id, key_slot FROM quarantine')
  for (const { id } of aside) {
    followQuarantine(store, id, null)
    store.run('DELETE FROM quarantine WHERE id = ?', id)
  }
  return { entries, people: people.length, chats, slots: aside.map(({ key_slot: slot }) => slot) }
}
