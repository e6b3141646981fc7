import { z } from 'zod'
import { change } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import { operation, type Operation } from '../operation.ts'
import { listFeed } from '../records/list-feed.ts'
import { projectChanges } from '../records/project-changes.ts'
import type { Session } from '../session.ts'

const page = z.object({
  changes: z.array(change),
  next_cursor: z.string(),
  has_more: z.boolean(),
  server_time: z.iso.datetime(),
})

export const changeOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/changes',
      id: 'listChanges',
      tag: 'sync',
      summary: 'What changed since the cursor, in the order of revisions, as far as this account may receive it',
      auth: 'session',
      query: z.object({
        cursor: z.string().max(1024).optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(500),
      }),
      answers: { 200: { description: 'A page', schema: page } },
      problems: { 409: 'cursor_expired: start again without a cursor, losing nothing local' },
    },
    async ({ hub, query }, session) => {
      const after = readCursor(query.cursor, session)
      const { rows: taken, rev, more } = await listFeed(hub, session, after, query.limit)
      const [oldest] = taken
      if (after > 0 && oldest !== undefined) hub.metrics.changesLag((hub.clock.now() - oldest.at) / 1000)
      const changes = await projectChanges(hub, hub.db, session, taken)
      await noteHoldings(
        hub,
        session,
        changes.filter((one) => one.type === 'candidate' && one.op === 'upsert').map((one) => one.id),
      )
      return {
        body: {
          changes: hub.gateway?.shape(changes) ?? changes,
          next_cursor: writeCursor(session, rev),
          has_more: more,
          server_time: isoTime(hub.clock.now()),
        },
      }
    },
  ),
]

const writeCursor = (session: Session, rev: number): string =>
  Buffer.from(`${session.feed}.${rev}`).toString('base64url')

const readCursor = (cursor: string | undefined, session: Session): number => {
  if (cursor === undefined || cursor === '') return 0
  const text = Buffer.from(cursor, 'base64url').toString()
  const at = text.lastIndexOf('.')
  const rev = Number(text.slice(at + 1))
  if (text.slice(0, at) !== session.feed || !Number.isSafeInteger(rev) || rev < 0) {
    throw new HubProblem(409, 'cursor_expired', 'start again without a cursor')
  }
  return rev
}

/** Written before the page leaves: who got a copy must give a certificate for it. */
const noteHoldings = async (hub: Hub, session: Session, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  const device = session.deviceId ?? session.id
  await hub.db
    .insertInto('holding')
    .values(
      [...new Set(ids)].map((id) => ({
        employer_id: session.employerId,
        candidate_id: id,
        account_id: session.accountId,
        device_id: device,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
