import { IpcError, type ErrorCode } from '../../shared/ipc/ipc-error.ts'
import { watermarkText } from '../../shared/text/watermark.ts'
import { requireUsualAccess } from '../access/access-watch.ts'
import { requireHuman } from '../ai/model-actor.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { lookFor, policyOf, viewerOf } from '../candidates/policy-request.ts'
import { keepWords, revealSeconds } from '../candidates/record-handlers.ts'
import { defineHandlers, Refusal, type ReaderCall } from '../handler.ts'
import { decide } from '../policy/decide.ts'
import type { Decision } from '../policy/policy-request.ts'
import { barePicture } from './bare-picture.ts'
import { maskPage } from './mask-page.ts'
import { maskedRules, revealedRules } from './page-rules.ts'
import { bytesOf, endViewing, keepViewing, pageOf, requireViewing, startViewing } from './viewings.ts'

type Opened = { readonly record: OpenedRecord; readonly decision: Decision; readonly jobId: string }

const subjectOf = ({ candidate }: OpenedRecord) => ({ platform: candidate.platform, id: candidate.platform_id })

const codeOf = ({ state, rule }: Decision): ErrorCode =>
  rule === 'HEADHUNTER_LIMIT' ? 'E_ROLE' : state === 'approval' ? 'E_APPROVAL' : 'E_CHANNEL'

const refuse = ({ record, decision, jobId }: Opened, words: string): never => {
  throw new Refusal(
    codeOf(decision),
    words,
    { rule: decision.rule, clause: decision.clause, ...(decision.lift === null ? {} : { lift: decision.lift }) },
    {
      subject: subjectOf(record),
      job: jobId,
      fields: ['attachment'],
      policy: policyOf(record.request, decision.clause),
    },
  )
}

/** Whether an attachment may be looked at now, by this viewer, for this job. @throws Refusal, IpcError E_NOT_FOUND */
const requireShown = (call: ReaderCall, attachment: string, jobId: string | undefined): Opened => {
  const row = call.store.get<{ record_id: string; job_id: string; application_id: string }>(
    'SELECT t.record_id, t.application_id, a.job_id FROM attachment t JOIN application a ON a.id = t.application_id WHERE t.id = ?',
    attachment,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such attachment (any more)')
  const record = openRecord(call, row.record_id, jobId ?? row.job_id)
  const decision = decide({ ...record.request, field: 'attachment' })
  const opened = { record, decision, jobId: record.current?.job_id ?? row.job_id }
  // An interviewer has the files of what was assigned, and no others.
  if (!record.applications.some(({ id }) => id === row.application_id)) {
    throw new IpcError('E_NOT_FOUND', 'there is no such attachment (any more)')
  }
  if (decision.state !== 'see' && decision.state !== 'reveal')
    return refuse(opened, 'a rule keeps the attachment closed')
  // The words of a file are those of the resume: where these may not be read, neither may the file (D1).
  const body = decide({ ...record.request, field: 'body' })
  if (body.state !== 'see') return refuse({ ...opened, decision: body }, 'a rule keeps the resume closed')
  return opened
}

export const viewerHandlers = defineHandlers({
  'attachment.open': {
    disclose: async (call, input) => {
      const opened = requireShown(call, input.id, input.job_id)
      const { record, decision, jobId } = opened
      requireUsualAccess(call, 'view', subjectOf(record))
      const viewing = await startViewing(call, input.id, jobId)
      const { page, after } = await pageOf(call, viewing, 1)
      const look = lookFor(viewerOf(call.account, call.now), record.candidate, record.current, call.now)
      // Locked, withdrawn or hidden while it was read: asked once more before anything leaves.
      const now = requireShown(call, input.id, input.job_id)
      return {
        entries: [
          {
            action: 'open_file',
            outcome: 'shown',
            subject: subjectOf(record),
            job: jobId,
            fields: ['attachment'],
            policy: policyOf(record.request, decision.clause),
            ...(look === undefined ? {} : { reason: look.reason }),
          },
        ],
        answer: () => {
          keepViewing(call.account, viewing)
          const { id, format, total, truncated } = viewing
          return {
            view: id,
            format,
            total,
            truncated,
            reveals: now.decision.state === 'reveal',
            rule: now.decision.rule,
            clause: now.decision.clause,
            mark: watermarkText({
              viewer: call.account.view.name,
              at: call.now,
              record: record.candidate.record_id,
            }),
            page: maskPage(page, { after }, maskedRules(now.record, viewing.guessed)),
          }
        },
      }
    },
  },
  'attachment.page': {
    read: async (call, { view, number }) => {
      const viewing = requireViewing(call.account, view)
      const shown = (): OpenedRecord => requireShown(call, viewing.attachment, viewing.jobId).record
      shown()
      const { page, before, after } = await pageOf(call, viewing, number)
      if (call.core.account !== call.account)
        throw new IpcError('E_SESSION', 'the session ended before the page was read')
      return { page: maskPage(page, { before, after }, maskedRules(shown(), viewing.guessed)) }
    },
  },
  'attachment.reveal': {
    disclose: async (call, input) => {
      requireHuman()
      const viewing = requireViewing(call.account, input.view)
      const { attachment, jobId } = viewing
      const first = requireShown(call, attachment, jobId)
      if (first.decision.state !== 'reveal') return refuse(first, 'a rule keeps this attachment masked')
      requireUsualAccess(call, 'reveal', subjectOf(first.record))
      const { page, before, after } = await pageOf(call, viewing, input.number)
      const opened = requireShown(call, attachment, jobId)
      if (opened.decision.state !== 'reveal') return refuse(opened, 'a rule keeps this attachment masked')
      const { record, decision } = opened
      const photo = decide({ ...record.request, field: 'photo' })
      return {
        entries: [
          {
            action: 'reveal',
            outcome: 'shown',
            subject: subjectOf(record),
            job: jobId,
            fields: ['attachment'],
            reason: input.reason,
            policy: policyOf(record.request, decision.clause),
            detail: `page ${input.number}`,
          },
        ],
        answer: ([index = 0]) => {
          keepWords(call, record, input.words)
          // A picture shows whatever is on it, so it waits until a photo may be seen (D18).
          const picture =
            viewing.format === 'image' && photo.state === 'see' ? barePicture(bytesOf(call, viewing)) : undefined
          return {
            page: maskPage(page, { before, after }, revealedRules(record)),
            ...(picture === undefined ? {} : { picture }),
            seconds: revealSeconds,
            ledger_index: index,
          }
        },
      }
    },
  },
  'attachment.close': {
    read: (call, { view }) => {
      endViewing(call.account, view)
      return {}
    },
  },
})
