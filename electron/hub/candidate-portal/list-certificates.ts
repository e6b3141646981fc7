import { destructionBody } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import type { CandidateSession } from './require-candidate.ts'

/** One device's certificate that its copies are gone. */
export type PortalCertificate = {
  readonly id: string
  readonly reason: string
  /** Milliseconds since 1970. */
  readonly destroyedAt: number
  /** How many applications went; `undefined` = the whole person. */
  readonly applications: number | undefined
  readonly policy: { readonly profile: string; readonly clause: string } | undefined
  /** The signed document as the device made it, where it sent one. */
  readonly document: unknown
}

/** Newest first. */
export const listPortalCertificates = async (
  hub: Hub,
  { employerId, candidateId }: CandidateSession,
): Promise<readonly PortalCertificate[]> => {
  const rows = await hub.db
    .selectFrom('certificate')
    .select('body')
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .orderBy('at', 'desc')
    .execute()
  return rows.flatMap(({ body }) => {
    const parsed = destructionBody.safeParse(body).data
    if (parsed === undefined) return []
    return [
      {
        id: parsed.certificate_id,
        reason: parsed.reason,
        destroyedAt: Date.parse(parsed.destroyed_at),
        applications: parsed.application_ids?.length,
        policy: parsed.policy,
        document: parsed['certificate'],
      },
    ]
  })
}
