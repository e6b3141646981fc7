import { lookMilliseconds, type LookBody } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { notFound } from '../hub-problem.ts'
import { seal, unseal } from '../keys/seal.ts'
import { newId } from '../keys/secrets.ts'
import type { Session } from '../session.ts'
import { touchContent } from './touch-content.ts'

/** The words are about somebody: they end with the person's key, or with one of their own where they are about a job. */
export const lookKeyName = (look: { readonly id: string; readonly candidate_id: string | null }): string =>
  look.candidate_id ?? `look|${look.id}`

const placeOf = (employerId: string, id: string): string => `${employerId}|content_look|${id}|words`

type JobJson = { readonly owner_id?: string; readonly members?: readonly string[] }

/** Whoever works on the jobs that this opens: they see afterwards who looked (LG-14). @throws HubProblem 404 */
const concernedBy = async (tx: HubTransaction, employerId: string, body: LookBody): Promise<string[]> => {
  const live = tx
    .selectFrom('record')
    .where('employer_id', '=', employerId)
    .where('deleted', '=', false)
    .select(['id', 'data'])
  if ('candidate_id' in body) {
    const person = await live.where('type', '=', 'candidate').where('id', '=', body.candidate_id).executeTakeFirst()
    if (person === undefined) throw notFound('candidate')
  }
  const jobIds =
    'job_id' in body
      ? [body.job_id]
      : (await live.where('type', '=', 'application').where('candidate_id', '=', body.candidate_id).execute()).flatMap(
          ({ data }) => (data as { readonly job_id?: string } | null)?.job_id ?? [],
        )
  const jobs = jobIds.length === 0 ? [] : await live.where('type', '=', 'job').where('id', 'in', jobIds).execute()
  if ('job_id' in body && jobs.length === 0) throw notFound('job')
  return [
    ...new Set(
      jobs.flatMap(({ data }) => {
        const { owner_id: owner, members = [] } = (data ?? {}) as JobJson
        return [...(owner === undefined ? [] : [owner]), ...members]
      }),
    ),
  ]
}

/**
 * Opens one person, or everybody of one job, to an administrator for an hour, and keeps why (D17).
 * @throws HubProblem 404 for what is not there
 */
export const beginLook = async (hub: Hub, session: Session, body: LookBody): Promise<string> => {
  const { employerId, accountId } = session
  const id = newId('look')
  const now = hub.clock.now()
  await hub.db.transaction().execute(async (tx) => {
    const concerned = await concernedBy(tx, employerId, body)
    const look = {
      employer_id: employerId,
      id,
      account_id: accountId,
      candidate_id: 'candidate_id' in body ? body.candidate_id : null,
      job_id: 'job_id' in body ? body.job_id : null,
    }
    const name = lookKeyName(look)
    const key = (await hub.candidateKeys.ensure(tx, employerId, [name])).get(name)
    await tx
      .insertInto('content_look')
      .values({
        ...look,
        reason: body.reason,
        sealed: key === undefined ? null : seal(key, placeOf(employerId, id), Buffer.from(body.words)),
        concerned: JSON.stringify(concerned),
        at: now,
        until_at: now + lookMilliseconds,
        closed: false,
      })
      .execute()
    await touchContent(hub, tx, look)
  })
  hub.events.emit(employerId)
  return id
}

type SealedWords = {
  readonly employer_id: string
  readonly id: string
  readonly candidate_id: string | null
  readonly sealed: Uint8Array | null
}

/** The words of looks by their ids; those whose person is destroyed are missing. */
export const readLookWords = async (hub: Hub, looks: readonly SealedWords[]): Promise<ReadonlyMap<string, string>> => {
  const [first] = looks
  if (first === undefined) return new Map()
  const keys = await hub.candidateKeys.list(hub.db, first.employer_id, [...new Set(looks.map(lookKeyName))])
  return new Map(
    looks.flatMap((look) => {
      const key = keys.get(lookKeyName(look))
      if (key === undefined || look.sealed === null) return []
      const words = Buffer.from(unseal(key, placeOf(look.employer_id, look.id), look.sealed)).toString('utf8')
      return [[look.id, words] as const]
    }),
  )
}
