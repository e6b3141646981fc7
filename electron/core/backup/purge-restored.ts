import { isDestroyingSlot } from '../ledger/destroying-slots.ts'
import { findTombstone } from '../ledger/tombstones.ts'
import type { OpenVault } from '../context.ts'
import { deleteStoreRows, type DestructionJob } from '../retention/destruction-rows.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

type Named = Pick<DestructionJob, 'record_id' | 'platform_id' | 'record_slot'>

/** What a restored store may not keep. */
export type Purge = {
  /** People whose key is dead, or of whom a tombstone speaks. */
  readonly people: ReadonlyArray<Named>
  /** Applications that ended while their person stayed. */
  readonly applications: ReadonlyArray<{ readonly id: string; readonly record_id: string }>
  /** Files in quarantine whose key is dead. */
  readonly quarantine: readonly string[]
  /** Identity papers whose time is over (D13). */
  readonly papers: readonly string[]
  /** Jobs whose certificate has been written since. */
  readonly jobs: readonly string[]
}

/** Whether a key may not be used any more, or cannot: destroyed here, about to be, or dead beside the backup. */
export type IsDead = (slot: string) => boolean

export const deadKeys = (
  vault: Pick<OpenVault, 'keystore' | 'ledgerDb'>,
  /** Live slots of the escrow that may be taken over; none where this home itself made the backup. */
  adoptable: ReadonlySet<string>,
): IsDead => {
  return (slot) => {
    if (isDestroyingSlot(vault.ledgerDb.reader, slot)) return true
    const state = vault.keystore.state(slot)
    return state === 'destroyed' || (state === 'unknown' && !adoptable.has(slot))
  }
}

/** Looks only; reads no key. */
export const planPurge = (db: ReadableDb, vault: Pick<OpenVault, 'keys' | 'ledgerDb'>, isDead: IsDead): Purge => {
  const tombstoned = (platform: string, id: string, newest: number): boolean => {
    const stone = findTombstone(vault.ledgerDb.reader, vault.keys.tombstoneKey(), { platform, id })
    return stone !== undefined && newest <= stone.evidenceBefore
  }
  const people = db
    .all<{
      record_id: string
      platform: string
      platform_id: string
      key_slot: string
      newest: number
    }>(
      `SELECT record_id, platform, platform_id, key_slot,
         coalesce((SELECT max(evidence_at) FROM application a WHERE a.record_id = c.record_id), received_at) AS newest
       FROM candidate c`,
    )
    .filter((row) => isDead(row.key_slot) || tombstoned(row.platform, row.platform_id, row.newest))
    .map(({ record_id, platform_id, key_slot }) => ({ record_id, platform_id, record_slot: key_slot }))
  const gone = new Set(people.map((row) => row.record_id))
  const applications = db
    .all<{ id: string; record_id: string; key_slot: string }>('SELECT id, record_id, key_slot FROM application')
    .filter((row) => !gone.has(row.record_id) && isDead(row.key_slot))
  const quarantine = db
    .all<{ id: string; key_slot: string }>('SELECT id, key_slot FROM quarantine')
    .filter((row) => isDead(row.key_slot))
    .map((row) => row.id)
  const papers = db
    .all<{ id: string; key_slot: string }>('SELECT id, key_slot FROM request_paper')
    .filter((row) => isDead(row.key_slot))
    .map((row) => row.id)
  // A certificate's number ends with the first eight digits of its job's.
  const certified = (id: string): boolean =>
    vault.ledgerDb.reader.get(
      "SELECT 1 FROM certificate WHERE id LIKE '%-' || ?",
      id.replaceAll('-', '').slice(0, 8),
    ) !== undefined
  const jobs = db
    .all<{ id: string }>('SELECT id FROM destruction_job')
    .map((row) => row.id)
    .filter(certified)
  return { people, applications, quarantine, papers, jobs }
}

/** A list that they stood in goes at once, whoever else stands in it. */
const leaveShared = (db: WritableDb, where: 'record_id' | 'application_id', id: string): void => {
  db.run(
    `UPDATE registered_file SET expires_at = 0 WHERE id IN (SELECT file_id FROM registered_file_person WHERE ${where} = ?)`,
    id,
  )
  db.run(`DELETE FROM registered_file_person WHERE ${where} = ?`, id)
}

const leave = "UPDATE registered_file SET record_id = '', application_id = NULL, expires_at = 0"

/** Mails that they came by, if they still lie in a mailbox, are a task again: the copy knows no more than that. */
const leaveMails = 'UPDATE mail_copy SET record_id = NULL, application_id = NULL, person_gone_at = at'

/** Deletes it, inside the caller's transaction. Jobs that are still on their way find nothing left and go on to their certificate. */
export const purge = (db: WritableDb, { people, applications, quarantine, papers, jobs }: Purge): void => {
  const erase = (who: Named, parts: ReadonlyArray<{ readonly id: string }>): void => {
    const job = { ...who } as DestructionJob
    deleteStoreRows(
      db,
      job,
      parts.map(({ id }) => ({ application_id: id, key_slot: '' })),
    )
  }
  for (const person of people) {
    erase(person, db.all<{ id: string }>('SELECT id FROM application WHERE record_id = ?', person.record_id))
    // A plain file that may still lie somewhere stays the sweeper's, whoever it was about.
    db.run(`${leave} WHERE record_id = ?`, person.record_id)
    leaveShared(db, 'record_id', person.record_id)
    db.run(`${leaveMails} WHERE record_id = ?`, person.record_id)
  }
  for (const application of applications) {
    erase({ record_id: application.record_id, platform_id: '', record_slot: null }, [application])
    db.run(`${leave} WHERE application_id = ?`, application.id)
    leaveShared(db, 'application_id', application.id)
    db.run(`${leaveMails} WHERE application_id = ?`, application.id)
  }
  for (const id of quarantine) db.run('DELETE FROM quarantine WHERE id = ?', id)
  for (const id of papers) db.run('DELETE FROM request_paper WHERE id = ?', id)
  for (const id of jobs) {
    db.run('DELETE FROM destruction_part WHERE job_id = ?', id)
    db.run('DELETE FROM destruction_job WHERE id = ?', id)
  }
}
