import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import type { RequestRecord } from './request-rows.ts'

/** What the log says of a request: codes, and whom it is about where that is known. */
export const requestEntry = (
  call: { readonly core: { readonly profiles: Profiles } },
  row: Pick<RequestRecord, 'platform' | 'platform_id'>,
  detail: string,
  action: EntryDraft['action'] = 'request',
  outcome: EntryDraft['outcome'] = 'done',
): EntryDraft => {
  const { platform, platform_id: id } = row
  const profile = requireProfile(call.core.profiles, platform ?? 'direct')
  return {
    action,
    outcome,
    ...(platform === null || id === null ? {} : { subject: { platform, id } }),
    policy: {
      profile: profile.id,
      version: profile.document.policy.version,
      clause: profile.document.requests.workdays.clause,
    },
    reason: 'request',
    detail,
  }
}
