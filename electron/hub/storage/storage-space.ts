import type { StorageAnswer } from '../../shared/domain/sync-records.ts'
import type { HubQueries } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import { putRecords } from '../records/put-records.ts'

export const storageKinds = ['records', 'attachments', 'bytes'] as const
type Amounts = Partial<Readonly<Record<(typeof storageKinds)[number], number>>>

/** What an employer keeps at the hub, and what it may. */
export const readStorage = async (hub: Hub, db: HubQueries, employerId: string): Promise<StorageAnswer> => {
  const { name, ...used } = await db
    .selectFrom('employer')
    .select(['name', 'records', 'attachments', 'bytes'])
    .where('employer_id', '=', employerId)
    .executeTakeFirstOrThrow()
  return { used, limits: hub.storage.limitsOf({ id: employerId, name }) }
}

/** The largest share of a limit that is in use; 0 where there is none. */
export const shareOf = ({ used, limits }: StorageAnswer): number =>
  Math.max(
    0,
    ...storageKinds.flatMap((kind) => {
      const limit = limits[kind]
      return limit === undefined ? [] : [limit === 0 ? 1 : used[kind] / limit]
    }),
  )

/**
 * @param more what would come, at least
 * @throws HubProblem 507 `storage_full`
 */
export const requireSpace = async (hub: Hub, db: HubQueries, employerId: string, more: Amounts): Promise<void> => {
  const { used, limits } = await readStorage(hub, db, employerId)
  const full = storageKinds.filter((kind) => {
    const [limit, coming] = [limits[kind], more[kind]]
    return limit !== undefined && coming !== undefined && used[kind] + coming > limit
  })
  if (full.length > 0)
    throw new HubProblem(507, 'storage_full', `this enterprise has used up its space here: ${full.join(', ')}`)
}

/** Who is near a limit is told of it before anything is refused. */
export const watchStorage = async (hub: Hub): Promise<void> => {
  const rows = await hub.db.selectFrom('employer').select('employer_id').execute()
  let most = 0
  for (const { employer_id: id } of rows) {
    const share = shareOf(await readStorage(hub, hub.db, id))
    most = Math.max(most, share)
    if (share >= hub.storage.tellAt) await tellStorage(hub, id, share >= 1)
  }
  hub.metrics.storageShare(most)
}

/** Tells administrators, once a day, that space runs out or has run out. */
export const tellStorage = async (hub: Hub, employerId: string, full: boolean): Promise<void> => {
  const now = hub.clock.now()
  const id = `storage-${full ? 'full' : 'short'}-${isoTime(now).slice(0, 10)}`
  const told = await hub.db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom('record')
      .select('id')
      .where('employer_id', '=', employerId)
      .where('type', '=', 'notice')
      .where('id', '=', id)
      .executeTakeFirst()
    if (known !== undefined) return false
    const { used, limits } = await readStorage(hub, tx, employerId)
    const figures = storageKinds
      .map((kind) => `${wordsOf[kind]} ${used[kind]}${limits[kind] === undefined ? '' : ` / ${limits[kind]}`}`)
      .join('，')
    await putRecords(hub, tx, employerId, [
      {
        type: 'notice',
        id,
        data: {
          title: full ? '存储空间已满' : '存储空间即将用完',
          body: full
            ? `新的备注、评分与消息暂不能存入，保留在各工作台，腾出空间后自动补传；日志、销毁证明、请求与同意照常接收。当前用量：${figures}。`
            : `当前用量：${figures}。用满后新的备注、评分与消息将暂不能存入。`,
          requires_consent: false,
          version: '1',
        },
        internal: { audience: ['admin'] },
      },
    ])
    return true
  })
  if (told) hub.events.emit(employerId)
}

const wordsOf = { records: '记录', attachments: '附件', bytes: '字节' } as const
