import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { JobId } from '../../shared/domain/ids.ts'
import { decision, type Stage } from '../../shared/domain/vocabulary.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import { policyOf } from '../candidates/policy-request.ts'
import { defineHandlers, Refusal, type ReaderCall, type WriterCall } from '../handler.ts'
import { aad, toSealable } from '../keys/sealed-columns.ts'
import { redact } from '../policy/text/redact.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import { listChecks, requireCheck, stateNow, viewOf } from './background-rows.ts'

const day = 86_400_000
const rule = 'BACKGROUND_CONSENT'
const lift = 'BACKGROUND_ANSWER'

const sealedName = (id: string): string => aad('background_check', 'sealed', id)
const referenceName = (id: string): string => aad('background_check', 'sealed_reference', id)

/** The longest that a report may be kept. */
const reportDays = (profile: CompiledProfile): number => profile.document.retention.background_days.value

const subjectOf = ({ candidate }: OpenedRecord) => ({ platform: candidate.platform, id: candidate.platform_id })

const entryOf = (record: OpenedRecord, job: string, action: EntryDraft['action'], detail: string): EntryDraft => ({
  action,
  outcome: 'done',
  subject: subjectOf(record),
  job,
  policy: policyOf(record.request, record.request.profile.clauseOf(rule)),
  detail,
})

/** A check with its record, both open to this viewer. @throws IpcError E_NOT_FOUND; Refusal */
const openCheck = (call: ReaderCall, id: string) => {
  const check = requireCheck(call.store, id)
  return { check, record: openRecord(call, check.record_id, check.job_id) }
}

/** @throws Refusal E_CONSENT */
const requireConsent = (call: ReaderCall, id: string) => {
  const opened = openCheck(call, id)
  const state = stateNow(opened.check, call.now)
  if (state === 'consented' || state === 'reported') return { ...opened, state }
  const clause = opened.record.request.profile.clauseOf(rule)
  throw new Refusal(
    'E_CONSENT',
    'nobody has agreed to this check',
    { rule, clause, lift },
    {
      subject: subjectOf(opened.record),
      job: opened.check.job_id,
      policy: policyOf(opened.record.request, clause),
    },
  )
}

/** A consent that the platform brought before anybody asked. One that was ever refused has to be asked for anew. */
const earlierConsent = (
  call: WriterCall,
  { candidate }: OpenedRecord,
  job: string,
): { until: number | null } | null => {
  const rows = call.store.all<{ granted: number; until: number | null }>(
    `SELECT granted, until FROM consent WHERE platform = ? AND platform_id = ? AND purpose = 'background_check'
       AND (scope IS NULL OR scope = ?)`,
    candidate.platform,
    candidate.platform_id,
    `job:${job}`,
  )
  if (rows.some(({ granted }) => granted === 0)) return null
  const [standing] = rows.filter(({ until }) => until === null || until > call.now)
  return standing === undefined ? null : { until: standing.until }
}

const announce = (call: WriterCall) => (): void => {
  call.core.emit('data.changed', { what: ['candidates'] })
}

export const backgroundHandlers = defineHandlers({
  'background.list': {
    read: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      const { current, request } = record
      const rows = current === null ? [] : listChecks(call.store, current.id)
      const newest = rows[0] === undefined ? 'asked' : stateNow(rows[0], call.now)
      const closed = newest !== 'consented' && newest !== 'reported'
      return {
        items: rows.map((row) => viewOf(row, call.now)),
        locked: closed ? { rule, clause: request.profile.clauseOf(rule), lift } : null,
        days: reportDays(request.profile),
        ...(current === null || current.due_at === null ? {} : { until: current.due_at }),
      }
    },
  },
  'background.ask': {
    write: (call, input) => {
      const application = call.store.get<{ record_id: string; job_id: string; stage: Stage }>(
        'SELECT record_id, job_id, stage FROM application WHERE id = ?',
        input.application_id,
      )
      if (application === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
      const record = openRecord(call, application.record_id, application.job_id)
      // Nothing is left to be checked for; an application that is taken up again may ask anew.
      if (decision.safeParse(application.stage).success)
        throw new IpcError('E_CONFLICT', 'this application is decided', { state: application.stage })
      const open = listChecks(call.store, input.application_id).some((row) =>
        ['asked', 'consented', 'reported'].includes(stateNow(row, call.now)),
      )
      if (open) throw new IpcError('E_CONFLICT', 'a check of this application is under way')
      const earlier = earlierConsent(call, record, application.job_id)
      const id = crypto.randomUUID()
      call.store.run(
        `INSERT INTO background_check (id, application_id, state, asked_at, answered_at, answered_by, consent_until, provider,
                                       scope, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        input.application_id,
        earlier === null ? 'asked' : 'consented',
        call.now,
        earlier === null ? null : call.now,
        earlier === null ? null : 'platform',
        earlier?.until ?? null,
        input.provider,
        JSON.stringify([...new Set(input.scope)]),
        call.account.view.name,
      )
      return {
        output: { id, consented: earlier !== null },
        entries: [entryOf(record, application.job_id, 'consent', 'background_check asked')],
        after: announce(call),
      }
    },
  },
  'background.record_answer': {
    write: (call, input) => {
      const { check, record } = openCheck(call, input.id)
      const state = stateNow(check, call.now)
      const fits = input.answer === 'withdrawn' ? state === 'consented' || state === 'reported' : state === 'asked'
      if (!fits) throw new IpcError('E_CONFLICT', 'this check waits for no such answer', { state })
      call.store.run(
        `UPDATE background_check SET state = ?, answered_at = ?, answered_by = 'colleague', sealed_reference = ? WHERE id = ?`,
        input.answer,
        call.now,
        call.account.keystore.seal(check.key_slot, referenceName(check.id), toSealable(input.reference)),
        check.id,
      )
      if (record.candidate.origin === 'hub') {
        call.account.outbox.enqueue(
          call.store,
          {
            kind: 'consent',
            body: {
              candidate_id: record.candidate.platform_id,
              purpose: 'background_check',
              granted: input.answer === 'consented',
              scope: `job:${check.job_id}`,
            },
            recordId: check.record_id,
          },
          call.now,
        )
      }
      return {
        output: {},
        entries: [entryOf(record, check.job_id, 'consent', `background_check ${input.answer}`)],
        after: () => {
          // A report that nobody may open any more goes now, not at its own date.
          call.account.retention.kick()
          announce(call)()
        },
      }
    },
  },
  'background.report': {
    write: (call, input) => {
      const { check, record } = requireConsent(call, input.id)
      const ends = [call.now + reportDays(record.request.profile) * day, input.destroy_at, record.current?.due_at]
      const destroyAt = Math.min(...ends.filter((at) => at !== undefined && at !== null))
      if (destroyAt <= call.now)
        throw new IpcError('E_INPUT', 'the report would end before it begins', { fields: 'destroy_at' })
      call.store.run(
        `UPDATE background_check SET state = 'reported', reported_at = ?, destroy_at = ?, sealed = ? WHERE id = ?`,
        call.now,
        destroyAt,
        call.account.keystore.seal(check.key_slot, sealedName(check.id), toSealable(input.text)),
        check.id,
      )
      return {
        output: { destroy_at: destroyAt },
        entries: [entryOf(record, check.job_id, 'stage', 'background_report')],
        after: announce(call),
      }
    },
  },
  'background.open': {
    disclose: (call, input) => {
      const { check, record, state } = requireConsent(call, input.id)
      const row = call.store.get<{ sealed: Uint8Array | null }>(
        'SELECT sealed FROM background_check WHERE id = ?',
        check.id,
      )
      const sealed = row?.sealed ?? null
      if (state !== 'reported' || sealed === null) throw new IpcError('E_NOT_FOUND', 'there is no report yet')
      return {
        entries: [
          {
            action: 'open_file',
            outcome: 'shown',
            subject: subjectOf(record),
            job: check.job_id as JobId,
            reason: input.reason,
            policy: policyOf(record.request, record.request.profile.clauseOf(rule)),
            detail: 'background_report',
          },
        ],
        answer: () => ({
          // What a provider wrote is free text like any other: contacts and names stay masked (L-2).
          text: redact(
            JSON.parse(
              new TextDecoder().decode(call.account.keystore.open(check.key_slot, sealedName(check.id), sealed)),
            ) as string,
            ownWordsOf(record.person),
          ),
          ...(check.destroy_at === null ? {} : { destroy_at: check.destroy_at }),
        }),
      }
    },
  },
})
