import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { findConsultProfile, keptFor, policyMark, sensitiveIn } from '../consult/consult-profile.ts'
import { putConsultation } from '../consult/consultation-rows.ts'
import type { PageWork } from './page-work.ts'
import { pastTime } from './past-time.ts'

type ConsultationWork = Pick<PageWork, 'store' | 'asideKey' | 'now' | 'profiles' | 'drafts'>

/**
 * Puts a word into its talk. Incoming words of a sensitive kind are hidden and not kept; that it happened is entered, without
 * them (QY-24). What is older than a talk may be is not taken in (QY-21).
 */
export const applyConsultation = (
  work: ConsultationWork,
  head: { readonly id: string },
  data: ChangeDataOf<'consultation'>,
): void => {
  const desk = findConsultProfile(work.profiles)
  const at = pastTime(data.at, work.now)
  if (desk === undefined || at <= work.now - keptFor(desk)) return
  const hidden = data.from === 'user' ? sensitiveIn(desk, `${data.topic ?? ''}\n${data.text}`) : []
  putConsultation(work.store, work.asideKey, {
    id: head.id,
    thread_id: data.thread_id ?? head.id,
    at,
    author: data.from,
    state: data.from === 'user' ? 'received' : 'sent',
    hidden,
    alias: data.alias,
    ...(data.topic === undefined || hidden.length > 0 ? {} : { topic: data.topic }),
    text: data.text,
  })
  if (hidden.length === 0) return
  const clause = desk.profile.clauseOf('CONSULT_SENSITIVE')
  work.drafts.push({
    action: 'view',
    outcome: 'denied',
    policy: policyMark(desk, clause),
    detail: 'rule CONSULT_SENSITIVE',
  })
}
