import { isOutboxKind, outboxBodies, type OutboxItem, type OutboxResult } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import { vacuumKeys } from '../db/open-database.ts'
import type { Hub } from '../hub.ts'
import { asHubProblem } from '../hub-problem.ts'
import { putRecords } from '../records/put-records.ts'
import type { Session } from '../session.ts'
import type { LogFaultKind } from '../../shared/domain/log-health.ts'
import { LogConflict } from '../log-tree/log-fault.ts'
import { tellStorage } from '../storage/storage-space.ts'
import { applyItem } from './apply-item.ts'

/**
 * One item in one transaction together with its result, so that a repetition after a lost answer gets the same one. Rejected
 * items are not remembered: mended, they may come again under the same id.
 */
export const acceptItem = async (
  hub: Hub,
  session: Session,
  item: OutboxItem,
  again = false,
): Promise<OutboxResult> => {
  if (!isOutboxKind(item.kind)) return { id: item.id, status: 'rejected', code: 'unknown_kind' }
  const { kind } = item
  const body = outboxBodies[kind].safeParse(item.body)
  if (!body.success) {
    const where = body.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || '(whole)')
    return { id: item.id, status: 'rejected', code: 'invalid', detail: where.join(', ') }
  }
  try {
    const result = await hub.db.transaction().execute(async (tx) => {
      const known = await getKnown(tx, session, item.id)
      if (known !== undefined) return { ...known, id: item.id, status: 'duplicate' as const }
      const applied = await applyItem(hub, tx, session, { id: item.id, kind, at: item.at, body: body.data })
      const accepted: OutboxResult = { id: item.id, status: 'accepted', ...applied }
      await tx
        .insertInto('outbox_item')
        .values({
          employer_id: session.employerId,
          id: item.id,
          account_id: session.accountId,
          at: hub.clock.now(),
          result: JSON.stringify(accepted),
        })
        .execute()
      return accepted
    })
    if (kind === 'destruction' && result.status === 'accepted') await vacuumKeys(hub.db)
    return result
  } catch (error) {
    const problem = asHubProblem(error)
    // The same item, taken by another request at this very moment, is known the second time.
    if (problem === null && !again && isCollision(error)) return acceptItem(hub, session, item, true)
    if (problem === null) throw error
    if (problem.code === 'storage_full') {
      hub.metrics.storageRefused()
      await tellStorage(hub, session.employerId, true)
    }
    if (problem instanceof LogConflict) await tellAdministrators(hub, session, item.id, problem)
    return { id: item.id, status: 'rejected', code: problem.code, detail: problem.message }
  }
}

/** PostgreSQL's codes for a key that is there already, and for two that waited for each other. */
const isCollision = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '23505' || error.code === '40P01')

/** Kept for the view of each log, and shown once to whoever must look into it: a workstation tries again with every sync. */
const tellAdministrators = (hub: Hub, session: Session, itemId: string, conflict: LogConflict): Promise<void> =>
  hub.db.transaction().execute(async (tx) => {
    const now = hub.clock.now()
    const fault = { claimed: conflict.claimed, account_id: session.accountId, last_at: now }
    const row = await tx
      .insertInto('log_fault')
      .values({
        employer_id: session.employerId,
        device_id: session.deviceId ?? '',
        kind: conflict.kind,
        held: conflict.held,
        first_at: now,
        ...fault,
      })
      .onConflict((same) => same.columns(['employer_id', 'device_id', 'kind', 'held']).doUpdateSet(fault))
      .returning('first_at')
      .executeTakeFirstOrThrow()
    if (row.first_at !== now) return
    await putRecords(hub, tx, session.employerId, [
      {
        type: 'notice',
        id: `log-conflict-${itemId}`,
        data: {
          title: '查看日志不一致',
          body: `账号 ${session.accountId} 的设备 ${session.deviceId ?? ''}：${faultWords[conflict.kind]}，已拒收。见证方持有 ${conflict.held} 条。`,
          requires_consent: false,
          version: '1',
        },
        internal: { audience: ['admin', 'officer'] },
      },
    ])
  })

const faultWords: Readonly<Record<LogFaultKind, string>> = {
  put_back: '日志从更早的位置继续，可能放回了旧文件夹或删去了条目',
  rewritten: '已推送的日志被改写',
  hub_behind: '日志比见证方所存更长，见证方的数据库可能被恢复到旧版本',
}

const getKnown = async (tx: HubTransaction, session: Session, id: string): Promise<OutboxResult | undefined> => {
  const row = await tx
    .selectFrom('outbox_item')
    .select('result')
    .where('employer_id', '=', session.employerId)
    .where('account_id', '=', session.accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : (row.result as OutboxResult)
}
