import type { HeldLog } from '../../shared/domain/log-health.ts'
import { toBase64 } from '../../shared/ledger/bytes.ts'
import { cosignatureTime } from '../../shared/ledger/cosignature.ts'
import { parseSignatureLine } from '../../shared/ledger/signed-note.ts'
import { emptyEdge, edgeRoot } from '../../shared/ledger/tree-edge.ts'
import type { HubDb } from '../db/schema.ts'
import { isoTime } from '../hub-clock.ts'
import { ledgerCrypto } from '../ledger-crypto.ts'

/** Every device of an employer with its log as it is held here; those that stand wrong first, then the longest unseen. */
export const listHeldLogs = async (db: HubDb, employerId: string): Promise<HeldLog[]> => {
  const devices = await db
    .selectFrom('device')
    .leftJoin('log_head', (join) =>
      join.onRef('log_head.employer_id', '=', 'device.employer_id').onRef('log_head.device_id', '=', 'device.id'),
    )
    .select([
      'device.id',
      'device.name',
      'device.account_id',
      'device.revoked',
      'device.seen_at',
      'log_head.size',
      'log_head.root',
      'log_head.checkpoint',
      'log_head.cosignature',
      'log_head.taken_at',
    ])
    .where('device.employer_id', '=', employerId)
    .orderBy('device.seen_at')
    .execute()
  const faults = await db
    .selectFrom('log_fault')
    .selectAll()
    .where('employer_id', '=', employerId)
    .orderBy('last_at', 'desc')
    .execute()
  const faultsOf = Map.groupBy(faults, (row) => row.device_id)
  return devices
    .map((row): HeldLog => {
      const own = faultsOf.get(row.id) ?? []
      const last = own[0]
      // A push that was taken in afterwards continues the log that is held: whatever was wrong has been put right.
      const open = last !== undefined && last.last_at >= (row.taken_at ?? 0) ? last : undefined
      return {
        device: row.id,
        name: row.name,
        account: row.account_id,
        revoked: row.revoked,
        seen_at: isoTime(row.seen_at),
        size: row.size ?? 0,
        root: row.root ?? toBase64(edgeRoot(ledgerCrypto.sha256, emptyEdge)),
        ...(row.checkpoint === null || row.cosignature === null
          ? {}
          : {
              checkpoint: row.checkpoint + row.cosignature,
              witnessed_at: isoTime(cosignatureTime(parseSignatureLine(row.cosignature)) * 1000),
            }),
        ...(open === undefined
          ? {}
          : {
              fault: {
                kind: open.kind,
                since: isoTime(open.first_at),
                at: isoTime(open.last_at),
                account: open.account_id,
                held: open.held,
                claimed: open.claimed,
              },
            }),
        faults: own.length,
      }
    })
    .sort((left, right) => Number(right.fault !== undefined) - Number(left.fault !== undefined))
}
