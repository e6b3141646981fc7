import type { PageWork } from './page-work.ts'
import type { ChangeHead, ReadChange } from './read-change.ts'

/** What an interviewer's workstation keeps of a feed; anything else of a person is not for it, whatever a hub sends (ZP-95). */
const kept: ReadonlySet<string> = new Set([
  'candidate',
  'application',
  'note',
  'scorecard',
  'consent',
  'hold',
  'deletion_notice',
  'lifecycle',
  'job',
  'account',
  'entitlement',
  'profile',
  'calendar',
  'notice',
])

/**
 * What a change is to this account: itself, the end of what it is about, or nothing. An application that an interviewer was not
 * asked to look at is none that they have.
 */
export const forViewer = ({ viewer }: PageWork, change: ReadChange): ReadChange | null => {
  if (viewer.role !== 'interviewer') return change
  if (!kept.has(change.head.type)) return null
  if (change.kind !== 'upsert' || change.upsert.type !== 'application') return change
  const asked = change.upsert.data.interviewers?.includes(viewer.account) === true
  return asked ? change : { kind: 'delete', head: { ...change.head, op: 'delete' } }
}

/** An assignment ended: from here on nothing of it is shown, and the sweeper takes the copy away without a certificate. */
export const endAssignments = (work: PageWork, head: ChangeHead): void => {
  const where =
    head.type === 'application' ? 'a.id = ?' : 'a.record_id IN (SELECT record_id FROM candidate WHERE platform_id = ?)'
  const rows = work.store.all<{ id: string; record_id: string }>(
    `SELECT a.id, a.record_id FROM application a JOIN candidate c ON c.record_id = a.record_id AND c.origin = 'hub'
     WHERE ${where}`,
    head.id,
  )
  for (const { id, record_id: recordId } of rows) {
    work.store.run('DELETE FROM assignment WHERE application_id = ? AND account = ?', id, work.viewer.account)
    work.touched.add(recordId)
  }
}
