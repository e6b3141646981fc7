import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import type { DestructionTarget } from './destruction-target.ts'

type Person = { readonly record_id: string; readonly platform: string; readonly platform_id: string }

/** Locked for no reason of its own: veiled. */
const veiled = "c.life = 'locked' AND c.lock_reason IS NULL"

const ends = `EXISTS (SELECT 1 FROM application a WHERE a.record_id = c.record_id AND a.due_at <= @shown
     AND (a.held_until IS NULL OR a.held_until <= @shown))
   OR EXISTS (SELECT 1 FROM pool_member p WHERE p.record_id = c.record_id AND p.until <= @shown)`

const list = ({ store }: DestructionTarget, where: string, shown: number): Person[] =>
  store.reader.all<Person>(
    `SELECT c.record_id, c.platform, c.platform_id FROM candidate c WHERE ${where}`.replaceAll('@shown', String(shown)),
  )

const setLife = (
  target: DestructionTarget,
  people: readonly Person[],
  life: 'live' | 'locked',
  detail: string,
): void => {
  if (people.length === 0) return
  const { db } = target.store
  const lockedAt = life === 'locked' ? target.clock.now() : null
  db.transaction(() => {
    for (const { record_id: id } of people) {
      db.run(
        'UPDATE candidate SET life = ?, locked_at = ?, version = version + 1 WHERE record_id = ?',
        life,
        lockedAt,
        id,
      )
    }
    putPendingEntries(
      db,
      target.ledger,
      target.actor,
      people.map(({ platform, platform_id: id }): EntryDraft => ({
        action: 'lock',
        outcome: 'done',
        subject: { platform, id },
        detail,
      })),
    )
  })
  movePendingEntries(db, target.ledger)
}

/**
 * While a jump of the clock is not believed, nothing is destroyed by it; yet it may be true, so whoever would have ended by then is
 * shown to nobody either (`reliability.md` 4.4): locked, without a reason, for as long as the doubt lasts. Once it is over they come
 * back, unless they are due then. Returns how many were veiled or came back.
 *
 * @param shown what the doubted clock says, milliseconds since 1970 UTC; null when there is no doubt
 */
export const veilDue = (target: DestructionTarget, shown: number | null): number => {
  const back = list(target, shown === null ? veiled : `${veiled} AND NOT (${ends})`, shown ?? 0)
  setLife(target, back, 'live', 'clock over')
  const gone = shown === null ? [] : list(target, `c.life = 'live' AND (${ends})`, shown)
  setLife(target, gone, 'locked', 'clock')
  return back.length + gone.length
}
