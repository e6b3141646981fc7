import type { OpenDuties } from '../../shared/domain/closing.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReaderCall } from '../handler.ts'

const count = (call: ReaderCall, sql: string, ...values: number[]): number =>
  call.store.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, ...values)?.n ?? 0

/** What is owed to somebody and has to be ended or handed over before a workspace may end (QY-35). */
export const openDuties = (call: ReaderCall): OpenDuties => ({
  holds: count(call, 'legal_hold WHERE until > ? AND released_at IS NULL', call.now),
  requests: count(call, "subject_request WHERE state = 'open'"),
  incidents: count(call, 'incident WHERE closed_at IS NULL'),
})

/** @throws IpcError E_CONFLICT with the counts */
export const requireNoDuties = (call: ReaderCall): void => {
  const duties = openDuties(call)
  if (duties.holds + duties.requests + duties.incidents === 0) return
  throw new IpcError('E_CONFLICT', 'holds, requests and incidents are ended or handed over first', {
    reason: 'open_duties',
    ...duties,
  })
}
