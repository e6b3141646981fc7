import { createHash } from 'node:crypto'
import { z } from 'zod'
import { changeData, isChangeType, syncId } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { requireSpace, tellStorage } from '../storage/storage-space.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import { seal } from '../keys/seal.ts'
import { attachmentPlace } from '../records/attachment-bytes.ts'
import { destroyCandidate } from '../records/destroy-candidate.ts'
import { putRecords, touchCandidates } from '../records/put-records.ts'

const mostBytes = 64 * 1024 * 1024

const draft = z.object({
  type: z.string(),
  id: syncId,
  data: z.record(z.string(), z.unknown()),
  /** `exchanged`: what the person told. */
  disclosed: z.array(z.string()).optional(),
})

const candidateOf = (type: string, id: string, data: Readonly<Record<string, unknown>>): string | undefined => {
  if (type === 'candidate') return id
  return typeof data['candidate_id'] === 'string' ? data['candidate_id'] : undefined
}

/** @throws HubProblem 507 `storage_full` */
const takeSpace = async (hub: Hub, employerId: string, bytes: number): Promise<void> => {
  await requireSpace(hub, hub.db, employerId, { records: 1, attachments: 1, bytes }).catch(async (error: unknown) => {
    hub.metrics.storageRefused()
    await tellStorage(hub, employerId, true)
    throw error
  })
}

/** Plays the platform's side for tests and demonstrations; these routes exist in a sandbox only. */
export const sandboxOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/sandbox/records',
      id: 'sandboxPutRecords',
      tag: 'sandbox',
      summary: 'Puts records as the platform would; the application of a candidate gives the candidate a new revision',
      auth: 'session',
      bodyLimit: mostBytes,
      body: z.object({ records: z.array(draft).max(1000), candidate_of: z.record(z.string(), syncId).optional() }),
      answers: { 200: { description: 'Put', schema: z.object({ written: z.int() }) } },
    },
    async ({ hub, body }, session) => {
      const drafts = body.records.map(({ type, id, data, disclosed }) => {
        const candidateId = candidateOf(type, id, data) ?? body.candidate_of?.[id]
        // A candidate's contact comes without evidence here: the hub decides that itself.
        if (type !== 'candidate' && isChangeType(type) && !changeData[type].safeParse(data).success) {
          throw new HubProblem(400, 'invalid_request', `the ${type} does not fit`)
        }
        return {
          type,
          id,
          data,
          ...(candidateId === undefined ? {} : { candidateId }),
          ...(typeof data['application_id'] === 'string' ? { applicationId: data['application_id'] } : {}),
          ...(disclosed === undefined ? {} : { internal: { disclosed } }),
        }
      })
      const written = await hub.db.transaction().execute(async (tx) => {
        const count = await putRecords(hub, tx, session.employerId, drafts)
        const touched = drafts.filter((one) => one.type === 'application').flatMap((one) => one.candidateId ?? [])
        await touchCandidates(hub, tx, session.employerId, touched)
        return count
      })
      hub.events.emit(session.employerId)
      return { body: { written } }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/sandbox/attachments/{id}',
      id: 'sandboxPutAttachment',
      tag: 'sandbox',
      summary: 'Gives an attachment record bytes of one’s own (base64) and mends its size and hash',
      auth: 'session',
      bodyLimit: mostBytes,
      body: z.object({
        candidate_id: syncId,
        application_id: syncId.optional(),
        name: z.string(),
        media_type: z.string(),
        base64: z.string(),
      }),
      answers: { 204: noContent },
    },
    async ({ hub, body, param }, session) => {
      const { base64, ...kept } = body
      const bytes = Buffer.from(base64, 'base64')
      const id = param('id')
      await takeSpace(hub, session.employerId, bytes.length)
      const data = { ...kept, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
      await hub.db.transaction().execute(async (tx) => {
        await putRecords(hub, tx, session.employerId, [
          {
            type: 'attachment',
            id,
            candidateId: body.candidate_id,
            data,
            ...(body.application_id === undefined ? {} : { applicationId: body.application_id }),
          },
        ])
        const key = (await hub.candidateKeys.list(tx, session.employerId, [body.candidate_id])).get(body.candidate_id)
        if (key === undefined) throw new HubProblem(410, 'destroyed', 'this candidate’s record has been destroyed')
        const sealed = seal(key, attachmentPlace(session.employerId, id), bytes)
        await tx
          .insertInto('attachment_bytes')
          .values({ employer_id: session.employerId, id, candidate_id: body.candidate_id, sealed })
          .onConflict((conflict) => conflict.columns(['employer_id', 'id']).doUpdateSet({ sealed }))
          .execute()
      })
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'DELETE',
      path: '/sandbox/candidates/{id}',
      id: 'sandboxDeleteCandidate',
      tag: 'sandbox',
      summary: 'The person’s account at the platform is gone',
      auth: 'session',
      answers: { 204: noContent },
    },
    async ({ hub, param }, session) => {
      await destroyCandidate(hub, session.employerId, param('id'))
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/sandbox/clock',
      id: 'sandboxMoveClock',
      tag: 'sandbox',
      summary: 'Sets the seconds that are added to the hub’s clock',
      auth: 'session',
      body: z.object({ seconds: z.number() }),
      answers: { 204: noContent },
    },
    async ({ hub, body }) => {
      hub.clock.setOffset(body.seconds)
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/sandbox/expire-cursors',
      id: 'sandboxExpireCursors',
      tag: 'sandbox',
      summary: 'Makes every cursor of the employer end with 409',
      auth: 'session',
      answers: { 204: noContent },
    },
    async ({ hub }, session) => {
      await hub.db
        .updateTable('employer')
        .set({ epoch: `e${hub.clock.real()}` })
        .where('employer_id', '=', session.employerId)
        .execute()
      return { status: 204 }
    },
  ),
]
