import type { CandidateRecord } from '../candidates/candidate-rows.ts'
import type { Person } from '../candidates/person.ts'
import type { NoContactSubject } from '../ledger/no-contact.ts'

const kinds = ['phone', 'email', 'wechat'] as const

/** Everything by which this person would be told again. */
export const noContactSubject = (
  { platform, platform_id: id }: Pick<CandidateRecord, 'platform' | 'platform_id'>,
  { resume, contact, chat = [] }: Pick<Person, 'resume' | 'contact' | 'chat'>,
): NoContactSubject => ({
  platform,
  id,
  contacts: [
    ['phone', resume.basics.phone],
    ['email', resume.basics.email],
    ['wechat', resume.meta.cn.wechat],
    ...kinds.map((kind) => [kind, contact?.[kind]] as const),
    ...chat.flatMap(({ field, value }) => (field === 'name' ? [] : [[field, value] as const])),
  ],
})
