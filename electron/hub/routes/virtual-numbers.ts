import { randomInt } from 'node:crypto'
import { virtualNumber, virtualNumberBody } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { operation, type Operation } from '../operation.ts'
import { projectChanges } from '../records/project-changes.ts'
import type { CandidateRecord } from '../records/project-candidate.ts'
import type { Session } from '../session.ts'

const lifeHours = 2

export const virtualNumberOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/virtual-numbers',
      id: 'leaseVirtualNumber',
      tag: 'sync',
      summary: 'A number that reaches the person for a short time without telling theirs',
      auth: 'session',
      once: true,
      perMinute: 60,
      roles: ['hr', 'headhunter'],
      body: virtualNumberBody,
      answers: { 200: { description: 'The number', schema: virtualNumber } },
      problems: { 403: 'caller_unverified, candidate_declined', 404: 'not_found' },
    },
    async ({ hub, body }, session) => {
      if (!session.callerVerified) {
        throw new HubProblem(403, 'caller_unverified', 'verify your own number before calling')
      }
      const person = await requirePerson(hub, session, body.candidate_id)
      // Whoever declined calls, or wants no contact at all, is not called.
      if (person.virtual_number !== true || person.allow_call === false || person.do_not_contact === true) {
        throw new HubProblem(403, 'candidate_declined', 'this person takes no calls')
      }
      const tail = String(randomInt(0, 1e8)).padStart(8, '0')
      return {
        body: {
          number: `95013${tail}`,
          extension: String(randomInt(1000, 9999)),
          expires_at: isoTime(hub.clock.now() + lifeHours * 3_600_000),
        },
      }
    },
  ),
]

const requirePerson = async (hub: Hub, session: Session, id: string): Promise<CandidateRecord> => {
  const row = await hub.db
    .selectFrom('record')
    .selectAll()
    .where('employer_id', '=', session.employerId)
    .where('type', '=', 'candidate')
    .where('id', '=', id)
    .where('deleted', '=', false)
    .executeTakeFirst()
  const [change] = row === undefined ? [] : await projectChanges(hub, hub.db, session, [row])
  if (change === undefined || change.op === 'delete') throw notFound('candidate')
  return change.data as CandidateRecord
}
