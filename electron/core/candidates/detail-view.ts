import type { CandidateDetail, LedgerRow, WhyView } from '../../shared/domain/views.ts'
import type { FieldName } from '../../shared/domain/vocabulary.ts'
import type { ReaderCall } from '../handler.ts'
import { maskWechat } from '../policy/text/mask.ts'
import type { CandidateSettings } from '../policy/policy-request.ts'
import { redactToString } from '../policy/text/redact.ts'
import { cardsUntil } from '../retention/evict-cards.ts'
import { listProjection } from '../search/list-projection.ts'
import { birthOf, contactValue, ownWordsOf } from './person.ts'
import { flagsOf } from './candidate-rows.ts'
import type { OpenedRecord } from './open-record.ts'
import { decideFields, toWhy } from './policy-request.ts'
import { resumeView } from './resume-view.ts'
import { fitOf } from '../matching/fit-of.ts'
import { scoresShown } from '../matching/scores-shown.ts'
import { activityOf } from '../scorecards/activity.ts'
import { listAssignments } from '../scorecards/assignment-rows.ts'
import { namesOf } from '../scorecards/colleagues.ts'
import { notesView } from '../scorecards/notes-view.ts'
import { scorecardsView } from '../scorecards/scorecards-view.ts'
import { ownApprovals } from '../approvals/own-approvals.ts'
import { getInsights } from './insights.ts'
import { dueOf, rowView, showsPattern } from './row-view.ts'

/** Fields that the detail shows or explains, in the order of the sealed box. */
export const detailFields = [
  'name',
  'phone',
  'email',
  'wechat',
  'sex',
  'birth_date',
  'household',
  'political_status',
  'residence',
  'body',
  'current_salary',
  'expected_salary',
  'id_number',
  'attachment',
  'insights',
] as const satisfies readonly FieldName[]

const yuan = (amount: number): string => `¥${amount.toLocaleString('en-US')}`

/** Kinds of files by the words that people use; what a platform calls something else is a file. */
const attachmentLabels: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'application/msword': 'DOC',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'text/html': 'HTML',
  'text/plain': 'TXT',
  'message/rfc822': 'EML',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
}

const attachmentsOf = (call: ReaderCall, record: OpenedRecord): CandidateDetail['attachments'] =>
  record.applications.flatMap((application) =>
    call.store
      .all<{ id: string; media_type: string; size: number }>(
        'SELECT id, media_type, size FROM attachment WHERE application_id = ?',
        application.id,
      )
      .map((row) => ({
        id: row.id as CandidateDetail['attachments'][number]['id'],
        label: attachmentLabels[row.media_type] ?? 'file',
        media_type: row.media_type in attachmentLabels ? row.media_type : 'application/octet-stream',
        size: row.size,
      })),
  )

const insightsOf = (call: ReaderCall, candidate: OpenedRecord['candidate']): Pick<CandidateDetail, 'insights'> => {
  const found = getInsights(call.store, call.account.keystore, candidate)
  return found === undefined ? {} : { insights: found }
}

/** Whom hr has asked to look; to interviewers it says who else was. */
const assignmentsView = (call: ReaderCall, applicationId: string): CandidateDetail['assignments'] => {
  const rows = listAssignments(call.store, applicationId)
  if (rows.length === 0) return []
  const nameOf = namesOf(call)
  return rows.map(({ account, account_name: known, at }) => {
    const name = nameOf(account)
    return { account, name: name === account && known !== '' ? known : name, at }
  })
}

/** What the person has set, for chips: each of these stops something here. */
const wishesOf = (settings: CandidateSettings, noCalls: boolean): CandidateDetail['wishes'] => {
  const set: Readonly<Record<CandidateDetail['wishes'][number], boolean>> = {
    hidden: settings.visibility === 'none' || settings.blocked,
    hidden_from_headhunters: settings.visibility === 'hidden_from_headhunters',
    no_calls: noCalls,
    insights_off: settings.insightsOptOut,
    ai_refused: settings.aiRefused,
    do_not_contact: settings.doNotContact,
  }
  return (Object.keys(set) as CandidateDetail['wishes']).filter((wish) => set[wish])
}

/** Everything of a record that this viewer may see for this job, each key only where its decision lets it through. */
export const detailView = (call: ReaderCall, record: OpenedRecord, timeline: readonly LedgerRow[]): CandidateDetail => {
  const { candidate, applications, current, request, person } = record
  const { cn } = person.resume.meta
  const decisions = decideFields(request, detailFields)
  const until = cardsUntil(call.store, request.profile)
  const projection = listProjection(person, applications, (flagsOf(candidate).public_fields ?? []).includes('name'))
  const shows = scoresShown(call.vault.accounts.get(call.account.view.id))
  const fit = current === null || !shows ? undefined : fitOf(call.store, request, person, current.job_id)
  const score = fit?.points ?? undefined
  const row = rowView({
    request,
    candidate,
    applications,
    current,
    projection,
    cardsUntil: until,
    now: call.now,
    score,
  })
  // Outside examinations there is no such thing as an identity number (D19), so nobody is told of one that is not shown.
  const told = detailFields.filter((field) => field !== 'id_number' || decisions.id_number.state !== 'absent')
  const why: WhyView[] = told.map((field) => toWhy(field, decisions[field]))
  const shown = (field: (typeof detailFields)[number]): boolean => decisions[field].state === 'see'
  /** Its value lies in the second layer, which looking at the record does not open (ZP-05). */
  const isSealed = (field: string): boolean => (person.sealed ?? []).some((name) => name === field)
  /** The value where it may be seen, a blank mask where it may be revealed, nothing otherwise. */
  const open = (field: (typeof detailFields)[number], value: string | undefined): string | undefined => {
    if (value === undefined && !isSealed(field)) return undefined
    return shown(field) ? value : showsPattern(decisions[field]) ? '****' : undefined
  }
  /** Short fields are free text of whoever wrote the resume: a contact in one of them is masked like everywhere else. */
  const clean = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : redactToString(text, ownWordsOf(person))
  const wechat = contactValue(person, 'wechat')
  const optional = {
    wechat: showsPattern(decisions.wechat) && wechat !== undefined ? maskWechat(wechat) : undefined,
    sex: open('sex', cn.sex),
    birth_date:
      decisions.birth_date.form === 'full' ? open('birth_date', clean(birthOf(person) ?? undefined)) : undefined,
    household: open('household', clean(cn.household)),
    political_status: open('political_status', clean(cn.political_status)),
    residence:
      shown('residence') && decisions.residence.form === 'full'
        ? clean(cn.city)
        : showsPattern(decisions.residence)
          ? (projection.city ?? undefined)
          : undefined,
    current_salary: open('current_salary', cn.current_salary === undefined ? undefined : yuan(cn.current_salary)),
    id_number: open('id_number', cn.id_number),
    expected_salary:
      shown('expected_salary') && cn.expected_salary !== undefined
        ? `${yuan(cn.expected_salary[0])}–${yuan(cn.expected_salary[1])}`
        : undefined,
  }
  // Bands are for lists and the first stage; later the date itself decides (K21).
  const firstStage = current === null || request.profile.firstStages.has(current.stage)
  const { age_band: band, skills: _skills, salary: _salary, ...without } = row
  const banded = band !== undefined && (firstStage || decisions.birth_date.state !== 'absent')
  return {
    ...without,
    ...(banded ? { age_band: band } : {}),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as typeof optional),
    ...(shown('body') ? resumeView(person.resume, ownWordsOf(person)) : {}),
    ...(current === null
      ? {}
      : {
          job: {
            id: current.job_id as NonNullable<CandidateDetail['job']>['id'],
            title: current.job_title ?? '',
            status: (current.job_status ?? 'open') as NonNullable<CandidateDetail['job']>['status'],
          },
        }),
    others: applications
      .filter((application) => application !== current)
      .map((application) => {
        const due = dueOf(application, request.profile, until, call.now)
        return {
          id: application.id as CandidateDetail['others'][number]['id'],
          job_id: application.job_id as CandidateDetail['others'][number]['job_id'],
          job_title: application.job_title ?? '',
          channel: application.channel,
          stage: application.stage,
          at: application.at,
          ...(due === undefined ? {} : { due }),
        }
      }),
    ...(fit === undefined ? {} : { fit }),
    ...(shown('insights') ? insightsOf(call, candidate) : {}),
    sealed: detailFields.filter((field) => request.profile.sealed.has(field) && decisions[field].state !== 'absent'),
    approvals: ownApprovals(call, record),
    wishes: wishesOf(request.settings, flagsOf(candidate).allow_call === false),
    purposes: record.purposes.map(({ job_id: id, job_title: title, legal_basis, at }) => ({
      job_id: id as CandidateDetail['purposes'][number]['job_id'],
      job_title: title ?? '',
      legal_basis,
      at,
    })),
    attachment: current?.attachment_state ?? 'none',
    attachments: decisions.attachment.state === 'absent' ? [] : attachmentsOf(call, record),
    // What colleagues wrote tells of the body: whoever may not read the one does not read the other.
    notes: shown('body') ? notesView(call, record) : [],
    ...(shown('body') && current !== null ? { scorecards: scorecardsView(call, record, current) } : {}),
    assignments: current === null ? [] : assignmentsView(call, current.id),
    activity: activityOf(call, record, shown('body')),
    timeline: [...timeline],
    source: {
      received_at: candidate.received_at,
      ...(person.origin === undefined ? {} : { origin: redactToString(person.origin, ownWordsOf(person)) }),
      age_confirmed: candidate.age_confirmed_at !== null,
    },
    why,
  }
}
