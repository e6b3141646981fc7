import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { PermissionName, RevealField, Role } from '../../shared/domain/vocabulary.ts'
import { contactField } from '../../shared/domain/vocabulary.ts'
import type { Input, Output } from '../../shared/ipc/routes/index.ts'
import { defineHandlers, Refusal, type Disclosure, type ReaderCall } from '../handler.ts'
import { requireHuman } from '../ai/model-actor.ts'
import { aad } from '../keys/sealed-columns.ts'
import { timelineOf } from '../ledger/ledger-rows.ts'
import { admit } from '../policy/admit.ts'
import { decide } from '../policy/decide.ts'
import { redactToString } from '../policy/text/redact.ts'
import type { Decision } from '../policy/policy-request.ts'
import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'
import {
  consentsOf,
  insightsAt,
  requireCandidate,
  lastSuccessAt,
  listApplications,
  listPurposes,
} from './candidate-rows.ts'
import { detailFields, detailView } from './detail-view.ts'
import { requireUsualAccess } from '../access/access-watch.ts'
import { getBooked } from '../approvals/approval-book.ts'
import { requireProof } from '../sign-in/require-proof.ts'
import { approvalDetail, requireApproval } from '../approvals/require-approval.ts'
import { approvalScopeOf, openRecord, type OpenedRecord } from './open-record.ts'
import { birthOf, contactValue, ownWordsOf, openPerson, personFacts } from './person.ts'
import {
  applicationsFor,
  lookFor,
  policyOf,
  policyRequest,
  requireAdmission,
  viewerOf,
  type Viewer,
} from './policy-request.ts'
import { openSealedFields } from './sealed-fields.ts'

/** Seconds that a revealed value stays on screen. */
export const revealSeconds = 30

const subjectOf = ({ candidate }: OpenedRecord) => ({ platform: candidate.platform, id: candidate.platform_id })

const valueOf = (call: ReaderCall, { person, candidate }: OpenedRecord, field: RevealField): string | undefined => {
  const contact = contactField.safeParse(field)
  if (contact.success) return contactValue(person, contact.data)
  const { keystore } = call.account
  const place = { keystore, sensitiveKey: call.vault.keys.sensitiveKey() }
  const isSealed = (person.sealed ?? []).some((name) => name === field)
  const cn = { ...person.resume.meta.cn, ...(isSealed ? openSealedFields(call.store, place, candidate) : {}) }
  // Whoever reveals a household gets no telephone number that somebody wrote into it.
  const clean = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : redactToString(text, ownWordsOf(person))
  const values: Partial<Record<RevealField, string | undefined>> = {
    sex: cn.sex,
    birth_date: clean(birthOf(person) ?? undefined),
    residence: clean(cn.city),
    household: clean(cn.household),
    political_status: clean(cn.political_status),
    current_salary: cn.current_salary === undefined ? undefined : `¥${cn.current_salary.toLocaleString('en-US')}`,
    id_number: cn.id_number,
  }
  return values[field]
}

/** Seals what a person typed as a reason beside the record, so that it dies with the candidate (`ledger.md`). */
export const keepWords = (call: ReaderCall, record: OpenedRecord, words: string | undefined): void => {
  if (words === undefined || words === '') return
  const id = crypto.randomUUID()
  const { account } = call
  const sealed = account.keystore.seal(
    record.candidate.key_slot,
    aad('typed_reason', 'sealed', id),
    new TextEncoder().encode(words),
  )
  account.store.db.run(
    'INSERT INTO typed_reason (id, record_id, at, sealed) VALUES (?, ?, ?, ?)',
    id,
    record.candidate.record_id,
    call.now,
    sealed,
  )
}

/**
 * As somebody of another role would stand there, with a licence if the role needs one. Tells rules, never a value; interviewers
 * are told of their own only, because another's rules tell of what they were not asked to look at.
 */
const asRole = (viewer: Viewer, role: Role | undefined, now: number): Viewer =>
  role === undefined || role === viewer.role || viewer.role === 'interviewer'
    ? viewer
    : { ...viewer, role, gates: { ...viewer.gates, licenceUntil: viewer.gates.licenceUntil ?? now + 1 } }

const sourceNames = { t: 'text', d: 'default', e: 'enterprise' } as const

/** When a permission last served its purpose, for the page that lists them (LG-24). */
const noteUse = ({ vault, account, now }: ReaderCall, name: PermissionName): void => {
  const remembered = vault.accounts.get(account.view.id)
  if (remembered === undefined) return
  vault.accounts.put({ ...remembered, permission_used: { ...remembered.permission_used, [name]: now } })
}

/** What a refused field is refused with: by role where the role is the reason (ZP-22), by channel otherwise. */
const codeOf = (decision: Decision): ErrorCode =>
  decision.rule === 'HEADHUNTER_LIMIT' ? 'E_ROLE' : decision.state === 'approval' ? 'E_APPROVAL' : 'E_CHANNEL'

/** The value with its entry; every rule and limit is asked here. */
const revealOf = (call: ReaderCall, input: Input<'candidate.reveal'>): Disclosure<Output<'candidate.reveal'>> => {
  const record = openRecord(call, input.id, input.job_id)
  const { field } = input
  const decision = decide({ ...record.request, field })
  const job = record.current?.job_id
  // A band or a city is all that may be seen of a value, so the value itself is not for revealing.
  const whole = decision.form === 'full' && (decision.state === 'reveal' || decision.state === 'see')
  const scope = approvalScopeOf(record.request, record.current, field)
  if (decision.state === 'approval') requireApproval(call, record.candidate, scope)
  // Asked again, so that the entry names the approval that this very reveal stands on (ZP-96).
  const approval = record.request.approved?.has(field) ? requireApproval(call, record.candidate, scope) : undefined
  if (!whole) {
    throw new Refusal(
      codeOf(decision),
      'a rule keeps this field masked',
      { rule: decision.rule, clause: decision.clause, ...(decision.lift === null ? {} : { lift: decision.lift }) },
      {
        subject: subjectOf(record),
        fields: [field],
        policy: policyOf(record.request, decision.clause),
        ...(job === undefined ? {} : { job }),
      },
    )
  }
  const value = valueOf(call, record, field)
  if (value === undefined) throw new IpcError('E_NOT_FOUND', 'the candidate gave no such value', { field })
  requireUsualAccess(call, 'reveal', subjectOf(record))
  return {
    entries: [
      {
        action: 'reveal',
        outcome: 'shown',
        subject: subjectOf(record),
        fields: [field],
        reason: input.reason,
        policy: policyOf(record.request, decision.clause),
        ...(job === undefined ? {} : { job }),
        ...(approval === undefined ? {} : { detail: approvalDetail(approval) }),
      },
    ],
    answer: ([index = 0]) => {
      keepWords(call, record, input.words)
      if (record.request.profile.sealed.has(field)) noteUse(call, 'sealed_fields')
      return { field, value, seconds: revealSeconds, ledger_index: index }
    },
  }
}

/** Whether this very reveal stands on an approval for many: that takes a second factor (ZP-94). */
const standsOnBulk = (call: ReaderCall, { id, job_id: jobId, field }: Input<'candidate.reveal'>): boolean => {
  const { request, candidate, current } = openRecord(call, id, jobId)
  if (request.approved?.has(field) !== true) return false
  const approval = requireApproval(call, candidate, approvalScopeOf(request, current, field))
  return getBooked(call, approval)?.kind === 'bulk'
}

export const recordHandlers = defineHandlers({
  'candidate.get': {
    disclose: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      requireUsualAccess(call, 'view', subjectOf(record))
      const look = lookFor(viewerOf(call.account, call.now), record.candidate, record.current, call.now)
      const shown = detailFields.filter((field) => {
        const { state } = decide({ ...record.request, field })
        return state !== 'absent' && state !== 'approval'
      })
      return {
        entries: [
          {
            action: 'view',
            outcome: 'shown',
            subject: subjectOf(record),
            fields: shown,
            policy: policyOf(record.request, 'ZP-32'),
            ...(record.current === null ? {} : { job: record.current.job_id }),
            ...(look === undefined ? {} : { reason: look.reason }),
          },
        ],
        // Read after the entry is in the log, so that the timeline ends with this very view.
        answer: () => detailView(call, record, timelineOf(call, record)),
      }
    },
  },
  'candidate.reveal': {
    disclose: (call, input) => {
      requireHuman()
      if (!standsOnBulk(call, input)) return revealOf(call, input)
      // Asked of the hub first; everything else is looked at after that, as it is by then.
      return requireProof(call.account).then(() => revealOf(call, input))
    },
  },
  'candidate.explain': {
    read: (call, input) => {
      const candidate = requireCandidate(call.store, input.id)
      const own = viewerOf(call.account, call.now)
      const applications = applicationsFor(own, listApplications(call.store, input.id))
      const current =
        (input.job_id === undefined
          ? applications[0]
          : applications.find((application) => application.job_id === input.job_id)) ?? null
      const facts =
        candidate.life === 'live'
          ? personFacts(openPerson(call.store, call.account.keystore, candidate), applications)
          : { birth: null, disclosed: {} }
      const request = policyRequest({
        profiles: call.core.profiles,
        viewer: asRole(own, input.role, call.now),
        candidate,
        applications,
        current,
        facts,
        now: call.now,
        lastSuccessAt: lastSuccessAt(call.store),
        purposes: listPurposes(call.store, input.id),
        jobId: input.job_id,
        insightsAt: insightsAt(call.store, candidate.platform_id),
        consented: consentsOf(call.store, candidate, call.now),
      })
      const decision = decide({ ...request, field: input.field })
      return {
        field: input.field,
        state: decision.state,
        form: decision.form,
        rule: decision.rule,
        clause: decision.clause,
        lift: decision.lift,
        source: sourceNames[decision.source],
        profile: request.profile.id,
        version: request.profile.document.policy.version,
      }
    },
  },
  'candidate.confirm_age': {
    write: (call, input) => {
      const candidate = requireCandidate(call.store, input.id)
      const person = candidate.life === 'live' ? openPerson(call.store, call.account.keystore, candidate) : null
      const applications = listApplications(call.store, input.id)
      const request = policyRequest({
        profiles: call.core.profiles,
        viewer: viewerOf(call.account, call.now),
        candidate,
        applications,
        current: applications[0] ?? null,
        facts: person === null ? { birth: null, disclosed: {} } : personFacts(person, applications),
        now: call.now,
        lastSuccessAt: lastSuccessAt(call.store),
        consented: consentsOf(call.store, candidate, call.now),
      })
      // Nobody's word lifts a known age, a missing guardian, or what the candidate has closed (ZP-04, D15).
      const admission = admit(request)
      if (admission.ok || admission.rule !== 'AGE_UNKNOWN') {
        requireAdmission(request, candidate, applications[0]?.job_id)
        throw new IpcError('E_CONFLICT', 'the age of this person needs no confirmation')
      }
      call.store.run(
        'UPDATE candidate SET age_confirmed_at = ?, version = version + 1 WHERE record_id = ?',
        call.now,
        input.id,
      )
      return {
        output: {},
        entries: [
          {
            action: 'consent',
            outcome: 'done',
            subject: { platform: candidate.platform, id: candidate.platform_id },
            detail: 'age_confirmed D15',
          },
        ],
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', { what: ['candidates'] })
        },
      }
    },
  },
})
