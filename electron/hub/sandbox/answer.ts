import type { ApplyContext } from '../outbox/apply-item.ts'
import { isoTime } from '../hub-clock.ts'
import { putRecords } from '../records/put-records.ts'
import { makeCandidate } from './make-candidate.ts'

/** How an invented person goes on with a conversation, one word an answer; the third tells how to reach them. */
const words = (phone: string): readonly string[] => [
  '您好，感谢联系。对这个岗位感兴趣，可以先介绍一下团队和薪资范围吗？',
  `可以的，我的电话是 ${phone}，微信同号。`,
  '好的，周四下午三点以后都方便。',
  '收到，谢谢。',
]

/** Every third person of a sandbox never answers, so that silence can be tried as well. */
const isSilent = (index: number): boolean => index % 3 === 2

/**
 * Lets the person of a sandbox answer what was written to them, so that a conversation lives. Only for people of the seed, and
 * never for whoever asked not to be contacted.
 */
export const answerAsCandidate = async (
  { hub, tx, session }: ApplyContext,
  itemId: string,
  candidateId: string,
  applicationId: string,
): Promise<void> => {
  const index = /^cand-(\d{6})$/u.exec(candidateId)?.[1]
  if (!hub.sandbox || index === undefined || isSilent(Number(index))) return
  const now = hub.clock.now()
  const { person, drafts } = makeCandidate(Number(index) - 1, now)
  const said = drafts.find(({ type }) => type === 'candidate')?.data as
    { readonly do_not_contact?: boolean } | undefined
  if (said?.do_not_contact === true) return
  const { n } = await tx
    .selectFrom('record')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('employer_id', '=', session.employerId)
    .where('type', '=', 'message')
    .where('application_id', '=', applicationId)
    .where('id', 'like', 'answer-%')
    .executeTakeFirstOrThrow()
  const lines = words(person.phone)
  const text = lines[Math.min(Number(n), lines.length - 1)] ?? ''
  const data = { application_id: applicationId, from: 'candidate', text, at: isoTime(now + 1000) }
  await putRecords(hub, tx, session.employerId, [
    { type: 'message', id: `answer-${itemId}`, candidateId, applicationId, data },
  ])
}
