import type { z } from 'zod'
import type { candidateConsentBody, candidateRequestBody } from '../../shared/domain/sync-records.ts'
import { isoTime } from '../hub-clock.ts'
import type { Hub } from '../hub.ts'
import { newId } from '../keys/secrets.ts'
import type { HubTransaction } from '../db/schema.ts'
import { followConsent } from '../records/follow-consent.ts'
import { putRecords } from '../records/put-records.ts'
import type { CandidateSession } from './require-candidate.ts'
import { addWorkingDays } from '../../shared/retention/working-days.ts'
import { getWorkingCalendar } from '../working-calendar.ts'
import { getPortalContext } from './list-context.ts'

/** A request as the employer's workstations get it. @returns its id and when the answer is due */
export const fileRequest = async (
  hub: Hub,
  candidate: CandidateSession,
  body: z.output<typeof candidateRequestBody>,
): Promise<{ readonly id: string; readonly due_at: string }> => {
  const id = newId('req')
  const now = hub.clock.now()
  const { rules } = await getPortalContext(hub, candidate)
  const calendar = await getWorkingCalendar(hub.db, candidate.employerId, hub.portalRules.workingYears)
  const due = isoTime(addWorkingDays(calendar, now, rules.requestWorkdays.value).at)
  await put(hub, candidate, 'request', id, { ...body, received_at: isoTime(now), due_at: due })
  return { id, due_at: due }
}

export const fileConsent = async (
  hub: Hub,
  candidate: CandidateSession,
  body: z.output<typeof candidateConsentBody>,
): Promise<{ readonly id: string }> => {
  const id = newId('con')
  await put(hub, candidate, 'consent', id, body, (tx) =>
    followConsent(hub, tx, candidate.employerId, candidate.candidateId, body),
  )
  return { id }
}

const put = async (
  hub: Hub,
  candidate: CandidateSession,
  type: string,
  id: string,
  body: object,
  then?: (tx: HubTransaction) => Promise<void>,
): Promise<void> => {
  const { employerId, candidateId } = candidate
  // A destroyed person's request still has to be answered, so it is filed without regard to the record's life.
  await hub.db.transaction().execute(async (tx) => {
    await putRecords(
      hub,
      tx,
      employerId,
      [{ type, id, candidateId, data: { candidate_id: candidateId, ...body } }],
      'evenDestroyed',
    )
    await then?.(tx)
  })
  hub.events.emit(employerId)
}
