import { consentData, consentPurpose } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import type { CandidateSession } from './require-candidate.ts'

/** What the person has said last about one purpose; `undefined`: nothing yet. Times are milliseconds. */
export type PortalConsent = {
  readonly purpose: (typeof consentPurpose.options)[number]
  readonly said:
    | { readonly granted: boolean; readonly at: number; readonly until: number | undefined; readonly over: boolean }
    | undefined
}

/** Every purpose by itself: one is never given together with another (PIPL 14, 29). */
export const listPortalConsents = async (
  hub: Hub,
  { employerId, candidateId }: CandidateSession,
): Promise<readonly PortalConsent[]> => {
  const rows = await hub.db
    .selectFrom('record')
    .select(['data', 'at'])
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('type', '=', 'consent')
    .where('deleted', '=', false)
    .orderBy('rev')
    .execute()
  const now = hub.clock.now()
  const latest = new Map(
    rows.flatMap((row) => {
      const consent = consentData.safeParse({ scope: '', ...(row.data as object) }).data
      return consent === undefined ? [] : [[consent.purpose, { ...consent, at: row.at }] as const]
    }),
  )
  return consentPurpose.options.map((purpose) => {
    const said = latest.get(purpose)
    if (said === undefined) return { purpose, said: undefined }
    const until = said.until === undefined ? undefined : Date.parse(said.until)
    return {
      purpose,
      said: { granted: said.granted, at: said.at, until, over: said.granted && until !== undefined && until <= now },
    }
  })
}
