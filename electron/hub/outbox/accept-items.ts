import { isOutboxKind, outboxBodies, type OutboxItem, type OutboxResult } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import type { Session } from '../session.ts'
import { acceptItem } from './accept-item.ts'
import { applyItem, type ParsedItem } from './apply-item.ts'

/** Long enough that a commit costs little an item, short enough that nobody waits long for what it locks. */
const together = 50

/** A log is a piece of work of its own, and a destruction goes on after its transaction. */
const aloneKinds: ReadonlySet<string> = new Set(['log', 'destruction'])

/**
 * Items in their order, each answered for itself. Most want little and are all right: a run of them is one transaction. Where one of
 * it fails nothing of the run is kept, and each is taken for itself.
 */
export const acceptItems = async (
  hub: Hub,
  session: Session,
  items: readonly OutboxItem[],
): Promise<OutboxResult[]> => {
  const results: OutboxResult[] = []
  for (const run of runsOf(items)) {
    const [first] = run
    const once = first !== undefined && run.length > 1 ? await acceptRun(hub, session, run) : undefined
    if (once === undefined) for (const item of run) results.push(await acceptItem(hub, session, item))
    else results.push(...once)
  }
  return results
}

const runsOf = (items: readonly OutboxItem[]): OutboxItem[][] => {
  const runs: OutboxItem[][] = []
  for (const item of items) {
    const last = runs.at(-1)
    const before = last?.[0]
    const joins = before !== undefined && !aloneKinds.has(before.kind) && !aloneKinds.has(item.kind)
    if (joins && last !== undefined && last.length < together) last.push(item)
    else runs.push([item])
  }
  return runs
}

const parse = (item: OutboxItem): ParsedItem | undefined => {
  if (!isOutboxKind(item.kind)) return undefined
  const body = outboxBodies[item.kind].safeParse(item.body)
  return body.success ? { id: item.id, kind: item.kind, at: item.at, body: body.data } : undefined
}

/** @returns `undefined` when something is wrong with one of them, or it is being taken at this moment by another request */
const acceptRun = async (
  hub: Hub,
  session: Session,
  items: readonly OutboxItem[],
): Promise<OutboxResult[] | undefined> => {
  const parsed = items.flatMap((item) => parse(item) ?? [])
  if (parsed.length < items.length) return undefined
  try {
    return await hub.db.transaction().execute(async (tx) => {
      const known = await listKnown(tx, session, parsed)
      const fresh: OutboxResult[] = []
      const results: OutboxResult[] = []
      for (const item of parsed) {
        const before = known.get(item.id)
        if (before !== undefined) {
          results.push({ ...before, id: item.id, status: 'duplicate' })
          continue
        }
        const accepted: OutboxResult = {
          id: item.id,
          status: 'accepted',
          ...(await applyItem(hub, tx, session, item)),
        }
        known.set(item.id, accepted)
        fresh.push(accepted)
        results.push(accepted)
      }
      if (fresh.length > 0) {
        const at = hub.clock.now()
        const { employerId: employer_id, accountId: account_id } = session
        const rows = fresh.map((one) => ({ employer_id, id: one.id, account_id, at, result: JSON.stringify(one) }))
        await tx.insertInto('outbox_item').values(rows).execute()
      }
      return results
    })
  } catch {
    // Whatever it is comes again, and is told apart, when each is taken for itself.
    return undefined
  }
}

const listKnown = async (
  tx: HubTransaction,
  session: Session,
  items: readonly ParsedItem[],
): Promise<Map<string, OutboxResult>> => {
  const rows = await tx
    .selectFrom('outbox_item')
    .select(['id', 'result'])
    .where('employer_id', '=', session.employerId)
    .where('account_id', '=', session.accountId)
    .where(
      'id',
      'in',
      items.map(({ id }) => id),
    )
    .execute()
  return new Map(rows.map(({ id, result }) => [id, result as OutboxResult]))
}
