import type { z } from 'zod'
import type { applicationData } from '../../shared/domain/sync-records.ts'
import type { ApplyContext } from '../outbox/apply-item.ts'
import { isoTime } from '../hub-clock.ts'
import { handedOver } from '../records/contact-rules.ts'
import { listApplications } from '../records/list-applications.ts'
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

type Living = { readonly number: string; readonly phone: string }

/** A person of the seed who talks back; nobody else's word is invented, nor that of whoever asked not to be contacted. */
const livingPerson = ({ hub }: ApplyContext, candidateId: string): Living | undefined => {
  const number = /^cand-(\d{6})$/u.exec(candidateId)?.[1]
  if (!hub.sandbox || number === undefined || isSilent(Number(number))) return undefined
  const { person, drafts } = makeCandidate(Number(number) - 1, hub.clock.now())
  const said = drafts.find(({ type }) => type === 'candidate')?.data as
    { readonly do_not_contact?: boolean } | undefined
  return said?.do_not_contact === true ? undefined : { number, phone: person.phone }
}

const messageFrom = (itemId: string, candidateId: string, applicationId: string, text: string, at: number) => ({
  type: 'message',
  id: `answer-${itemId}`,
  candidateId,
  applicationId,
  data: { application_id: applicationId, from: 'candidate', text, at: isoTime(at) },
})

/** Lets the person of a sandbox answer what was written to them, so that a conversation lives. */
export const answerAsCandidate = async (
  context: ApplyContext,
  itemId: string,
  candidateId: string,
  applicationId: string,
): Promise<void> => {
  const { hub, tx, session } = context
  const person = livingPerson(context, candidateId)
  if (person === undefined) return
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
  await putRecords(hub, tx, session.employerId, [
    messageFrom(itemId, candidateId, applicationId, text, hub.clock.now() + 1000),
  ])
}

/**
 * Lets the person of a sandbox follow an invitation to apply: they deliver to the job, by an application of its own with its own
 * evidence. Whoever had delivered to it before says so instead, as anybody would.
 */
export const applyAsCandidate = async (
  context: ApplyContext,
  itemId: string,
  candidateId: string,
  jobId: string,
): Promise<void> => {
  const { hub, tx, session } = context
  const person = livingPerson(context, candidateId)
  if (person === undefined) return
  const known = (await listApplications(tx, session, [candidateId])).get(candidateId) ?? []
  const delivered = known.find((one) => one.jobId === jobId && handedOver.has(one.channel))
  const now = hub.clock.now() + 1000
  if (delivered !== undefined) {
    await putRecords(hub, tx, session.employerId, [
      messageFrom(itemId, candidateId, delivered.id, '您好，这个职位我已经投递过了，期待您的回复。', now),
    ])
    return
  }
  const id = `app-${person.number}-${itemId.slice(0, 8)}`
  await putRecords(hub, tx, session.employerId, [
    {
      type: 'application',
      id,
      candidateId,
      data: {
        job_id: jobId,
        candidate_id: candidateId,
        channel: 'delivered',
        evidence: `dlv-${id}`,
        evidence_at: isoTime(now),
        stage: 'new',
        at: isoTime(now),
        attachment_ids: [],
        attachment: 'none',
      } satisfies z.input<typeof applicationData>,
    },
    messageFrom(itemId, candidateId, id, '谢谢邀请，我已投递简历。', now),
  ])
}
