import { changeData, type ApprovalData } from '../../shared/domain/sync-records.ts'
import type { ReaderCall } from '../handler.ts'
import { openAside, putAside, type AsidePlace, type AsideRow } from '../sync/aside.ts'
import type { ReadableDb } from '../store/database.ts'

/** An approval that this workstation holds, asked for by whomever. */
export type BookedApproval = ApprovalData & { readonly id: string; readonly rev: number; readonly at: number }

type Call = Pick<ReaderCall, 'store' | 'account' | 'vault'>
type Place = Omit<AsidePlace, 'store'> & { readonly store: ReadableDb }

const placeOf = ({ store, account, vault }: Call): Place => ({
  store,
  keystore: account.keystore,
  asideKey: vault.keys.asideKey(),
})

const isLive = ({ store, keystore }: Place, recordId: string): boolean => {
  const slot = store.get<{ slot: string }>('SELECT key_slot AS slot FROM candidate WHERE record_id = ?', recordId)?.slot
  return slot !== undefined && keystore.state(slot) === 'live'
}

const open = (place: Place, rows: readonly AsideRow[]): BookedApproval[] =>
  rows.flatMap((row): BookedApproval[] => {
    // Once a person is destroyed their key is gone, and the reason with it.
    if (row.record_id !== null && !isLive(place, row.record_id)) return []
    const data = changeData.approval.safeParse(openAside(place, row))
    return data.success ? [{ ...data.data, id: row.id, rev: row.rev, at: row.at }] : []
  })

/** All that are no hold and no hand-over, newest first. */
export const openBooked = (place: Place): BookedApproval[] =>
  open(
    place,
    place.store.all<AsideRow>(
      `SELECT * FROM aside_change WHERE type = 'approval' AND why = 'stored' ORDER BY at DESC, id`,
    ),
  )

export const listBooked = (call: Call): BookedApproval[] => openBooked(placeOf(call))

/** Those that name one person, newest first; a bulk names the first of its people. */
export const bookedOf = (call: Call, platformId: string): BookedApproval[] =>
  open(
    placeOf(call),
    call.store.all<AsideRow>(
      `SELECT * FROM aside_change WHERE candidate_id = ? AND type = 'approval' AND why = 'stored' ORDER BY at DESC, id`,
      platformId,
    ),
  )

export const getBooked = (call: Call, id: string): BookedApproval | undefined =>
  open(
    placeOf(call),
    call.store.all<AsideRow>(`SELECT * FROM aside_change WHERE type = 'approval' AND id = ? AND why = 'stored'`, id),
  )[0]

/** Writes one inside the caller's transaction; what the hub says of it later has a higher revision and counts. */
export const book = (place: AsidePlace, approval: BookedApproval): void => {
  const { id, rev, at, ...data } = approval
  putAside(place, { type: 'approval', id, rev, at, why: 'stored', candidateId: data.candidate_id, data })
}
