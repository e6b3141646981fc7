import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { hashSecret, newId, newSecret } from '../keys/secrets.ts'
import { putRecords } from '../records/put-records.ts'

/** A link lies in a mailbox no longer than this (ZP-40). */
export const invitationHours = 72

/**
 * Makes an employer and the link by which its first administrator joins. Whoever runs the hub vouches for that person, so
 * nobody has to check them: there is nobody yet who could. Asked again before somebody joined it gives a new link.
 *
 * @returns the link, good once and for 72 hours
 * @throws when the employer has people already: its administrators invite
 */
export const foundEmployer = async (hub: Hub, name: string): Promise<string> => {
  const token = newSecret()
  const id = newId('inv')
  const now = hub.clock.now()
  const until = now + invitationHours * 3_600_000
  await hub.db.transaction().execute(async (tx) => {
    const known = await tx.selectFrom('employer').select('employer_id').where('name', '=', name).executeTakeFirst()
    const employerId = known?.employer_id ?? newId('emp')
    if (known === undefined)
      await tx
        .insertInto('employer')
        .values({ employer_id: employerId, name, rev: 0, epoch: newId('epoch'), officer_named: false })
        .execute()
    const account = await tx.selectFrom('account').select('id').where('employer_id', '=', employerId).executeTakeFirst()
    if (account !== undefined) throw new Error('this employer has people already; its administrators invite others')
    await tx
      .updateTable('invitation_token')
      .set({ used: true })
      .where('employer_id', '=', employerId)
      .where('used', '=', false)
      .execute()
    await tx
      .insertInto('invitation_token')
      .values({ employer_id: employerId, id, token_hash: hashSecret(token), until, used: false, account_id: null })
      .execute()
    const data = { role: 'admin', founder: true, status: 'open', created_at: isoTime(now), expires_at: isoTime(until) }
    await putRecords(hub, tx, employerId, [{ type: 'invitation', id, data }])
  })
  return `${hub.baseUrl()}/join/${token}`
}
