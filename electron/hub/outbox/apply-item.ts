import type { z } from 'zod'
import type { outboxBodies } from '../../shared/domain/sync-records.ts'
import { type OutboxKind, type OutboxResult } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { followConsent } from '../records/follow-consent.ts'
import { putRecords, type RecordDraft } from '../records/put-records.ts'
import { answerAsCandidate, applyAsCandidate } from '../sandbox/answer.ts'
import type { Session } from '../session.ts'
import { applyAssignment, applyNote, applyScorecard } from './apply-collaboration.ts'
import { changeFiling } from '../filing.ts'
import { requireSpace } from '../storage/storage-space.ts'
import { applyConsultation } from './apply-consultation.ts'
import { applyDestruction } from './apply-destruction.ts'
import { applyRequestAnswer } from './apply-request-answer.ts'
import { applyLog } from './apply-log.ts'
import { applyShare } from './apply-share.ts'
import { requireApplication, requireJob, requireKnownCandidate } from './require-target.ts'

export type Applied = Partial<Pick<OutboxResult, 'cosignature' | 'size'>>
export type ParsedItem = { readonly id: string; readonly kind: OutboxKind; readonly at: string; readonly body: unknown }

type Body<K extends OutboxKind> = z.output<(typeof outboxBodies)[K]>
type Appliers = {
  readonly [K in OutboxKind]: (context: ApplyContext, body: Body<K>, item: ParsedItem) => Promise<Applied>
}
export type ApplyContext = { readonly hub: Hub; readonly tx: HubTransaction; readonly session: Session }

const hrOnly = (session: Session): void => {
  if (session.role !== 'hr') throw new HubProblem(403, 'role', 'only hr decides about applications and jobs')
}

const put = async ({ hub, tx, session }: ApplyContext, draft: RecordDraft): Promise<Applied> => {
  const written = await putRecords(hub, tx, session.employerId, [draft])
  if (written === 0) throw new HubProblem(410, 'destroyed', 'this candidate’s record has been destroyed')
  return {}
}

type Said = { readonly application_id: string; readonly from: string; readonly text: string; readonly at: string }

/** A word to a candidate, and in a sandbox what the candidate says to it. */
const say = async (context: ApplyContext, item: ParsedItem, candidateId: string, data: Said): Promise<Applied> => {
  const applicationId = data.application_id
  const applied = await put(context, { type: 'message', id: item.id, candidateId, applicationId, data })
  await answerAsCandidate(context, item.id, candidateId, applicationId)
  return applied
}

/** Events of one account (calls, invitations, greetings): kept for statements and approvals, sent to nobody else. */
const putEvent = async (context: ApplyContext, item: ParsedItem, candidateId: string | undefined): Promise<Applied> =>
  put(context, {
    type: item.kind,
    id: item.id,
    ...(candidateId === undefined ? {} : { candidateId }),
    data: { ...(item.body as object), at: item.at, by: context.session.accountId },
    internal: { audience: ['admin', 'officer'], account: context.session.accountId },
  })

const appliers: Appliers = {
  log: (context, body) => applyLog(context, body),
  destruction: (context, body) => applyDestruction(context, body),
  stage: async (context, body, item) => {
    hrOnly(context.session)
    const application = await requireApplication(context, body.application_id)
    const decided = { hired: 'hired', rejected: 'rejected', withdrawn: 'withdrawn' } as const
    const decision = body.stage in decided ? decided[body.stage as keyof typeof decided] : undefined
    const { decision: _before, ...kept } = application.data
    return put(context, {
      type: 'application',
      id: body.application_id,
      candidateId: application.candidateId,
      data: { ...kept, stage: body.stage, at: item.at, ...(decision === undefined ? {} : { decision }) },
      ...(application.internal === null ? {} : { internal: application.internal }),
    })
  },
  job: async (context, body, item) => {
    hrOnly(context.session)
    const job = await requireJob(context, body.job_id)
    const ended = body.status === 'closed' || body.status === 'filled'
    const { closed_at: _before, criteria, call_in: before, ...kept } = job
    // Nobody calls about a job that has ended.
    const callIn = !ended && (body.call_in ?? before === true)
    const judged = body.criteria === undefined ? criteria : (body.criteria ?? undefined)
    return put(context, {
      type: 'job',
      id: body.job_id,
      data: {
        ...kept,
        status: body.status,
        ...(judged === undefined ? {} : { criteria: judged }),
        ...(callIn ? { call_in: true } : {}),
        ...(ended ? { closed_at: item.at } : {}),
      },
    })
  },
  subject: async ({ tx, session }, body) => {
    await tx
      .insertInto('subject')
      .values({
        employer_id: session.employerId,
        candidate_id: body.candidate_id,
        platform: body.platform,
        evidence: body.evidence ?? null,
        account_id: session.accountId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return {}
  },
  message: async (context, body, item) => {
    const application = await requireApplication(context, body.application_id)
    return say(context, item, application.candidateId, {
      // What a recruiter types discloses nothing (ZP-28).
      application_id: body.application_id,
      from: context.session.accountId,
      text: body.text,
      at: body.at,
    })
  },
  greeting: async (context, body, item) => {
    const application = await requireApplication(context, body.application_id)
    return say(context, item, application.candidateId, {
      application_id: body.application_id,
      from: body.by_ai === true ? 'ai' : context.session.accountId,
      text: body.text,
      at: item.at,
    })
  },
  note: applyNote,
  scorecard: applyScorecard,
  assignment: async (context, body) => {
    hrOnly(context.session)
    return applyAssignment(context, body)
  },
  request: async (context, body, item) => {
    await requireKnownCandidate(context, body.candidate_id)
    return put(context, { type: 'request', id: item.id, candidateId: body.candidate_id, data: body })
  },
  request_answer: applyRequestAnswer,
  consent: async (context, body, item) => {
    await requireKnownCandidate(context, body.candidate_id)
    const applied = await put(context, { type: 'consent', id: item.id, candidateId: body.candidate_id, data: body })
    await followConsent(context.hub, context.tx, context.session.employerId, body.candidate_id, body)
    return applied
  },
  share: async (context, body, item) => {
    hrOnly(context.session)
    return applyShare(context, body, item)
  },
  invitation_to_apply: async (context, body, item) => {
    await requireKnownCandidate(context, body.candidate_id)
    await requireJob(context, body.job_id)
    const applied = await putEvent(context, item, body.candidate_id)
    await applyAsCandidate(context, item.id, body.candidate_id, body.job_id)
    return applied
  },
  call: async (context, body, item) => {
    await requireKnownCandidate(context, body.candidate_id)
    return putEvent(context, item, body.candidate_id)
  },
  consultation: async (context, body, item) => {
    hrOnly(context.session)
    return applyConsultation(context, body, item)
  },
  filing: async ({ hub, tx, session }, { wanted }) => {
    hrOnly(session)
    await changeFiling(tx, session, wanted, hub.clock.now())
    return {}
  },
  incident: (context, _body, item) => putEvent(context, item, undefined),
}

/** What an interviewer's workstation says at all: its log, its certificates, and words about what was assigned. */
const ofInterviewers: ReadonlySet<OutboxKind> = new Set(['log', 'destruction', 'note', 'scorecard', 'incident'])

/** @throws HubProblem whose code becomes the item's `code` */
export const applyItem = async (hub: Hub, tx: HubTransaction, session: Session, item: ParsedItem): Promise<Applied> => {
  if (session.role === 'interviewer' && !ofInterviewers.has(item.kind)) {
    throw new HubProblem(403, 'role', 'interviewers judge what was assigned to them and do nothing else')
  }
  // Taking one's own words back gives room.
  const removes = (item.body as { readonly removed?: boolean }).removed === true
  if (hub.storage.refuses.has(item.kind) && !removes) {
    const bytes = Buffer.byteLength(JSON.stringify(item.body))
    await requireSpace(hub, tx, session.employerId, { records: 1, bytes })
  }
  return dispatch({ hub, tx, session }, item.kind, item)
}

const dispatch = <K extends OutboxKind>(context: ApplyContext, kind: K, item: ParsedItem): Promise<Applied> =>
  // Parsed by `outboxBodies[kind]` just before (`accept-item.ts`).
  appliers[kind](context, item.body as Body<K>, item)
