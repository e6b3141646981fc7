import { recomputeDueOfJob } from '../retention/due.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { WritableDb } from '../store/database.ts'
import { clearBusyJobs, listBusyJobs, setLastSuccess } from './sync-state.ts'

const day = 24 * 3_600_000

/** Removes rows that wait and forgets that they were seen, so that the same change may come again and be looked at. */
const dropWaiting = (db: WritableDb, condition: string, ...params: readonly number[]): number => {
  db.run(
    `DELETE FROM seen_rev WHERE (type, id) IN
       (SELECT type, id FROM aside_change WHERE why = 'waiting' AND ${condition})`,
    ...params,
  )
  return db.run(`DELETE FROM aside_change WHERE why = 'waiting' AND ${condition}`, ...params).changes
}

/**
 * The end of a run, everything that the hub has being here: a contact whose evidence did not come is dropped, and so is who is
 * hidden or was destroyed; others have a day for their partner. One transaction.
 *
 * @param lonelyStay false where a person without an application is none that this account was told of (interviewers)
 * @returns how many waiting changes were dropped
 */
export const settleRun = (db: WritableDb, profiles: Profiles, now: number, lonelyStay = true): number =>
  db.transaction(() => {
    const contacts = db.run(`DELETE FROM aside_change WHERE why = 'waiting' AND type = 'contact'`).changes
    const refused = dropWaiting(db, `problem IN ('hidden', 'tombstone')`)
    const lonely = lonelyStay
      ? dropWaiting(db, 'at <= ?', now - day)
      : dropWaiting(db, "type IN ('candidate', 'application')")
    for (const jobId of listBusyJobs(db)) recomputeDueOfJob(db, profiles, jobId)
    clearBusyJobs(db)
    setLastSuccess(db, now)
    return contacts + refused + lonely
  })
