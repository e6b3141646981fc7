import type { PaperLanguage } from '../../../shared/domain/disclosure.ts'
import { contactField } from '../../../shared/domain/vocabulary.ts'
import type { DisclosureLog } from '../../../shared/ledger/disclosure.ts'
import { listOutputs } from '../../ai/ai-outputs.ts'
import { flagsOf } from '../../candidates/candidate-rows.ts'
import { contactValue, ownWordsOf } from '../../candidates/person.ts'
import type { ReaderCall } from '../../handler.ts'
import { aad, fromSealable } from '../../keys/sealed-columns.ts'
import { listMemberships } from '../../pool/pool-rows.ts'
import { redactToString } from '../../policy/text/redact.ts'
import { listColleagues } from '../../scorecards/colleagues.ts'
import { openAside, type AsideRow } from '../../sync/aside.ts'
import { findPerson } from '../known-person.ts'
import { buildStatement, type Statement } from '../statement.ts'
import { gatherApplication, iso } from './gather-application.ts'
import { gatherFiles, type GatheredFiles } from './gather-files.ts'
import type { CopyRecord } from './open-for-copy.ts'
import { withoutOthers, type CleanText } from './others-removed.ts'
import { packageFormat, transferFormat, type CopyPackage, type TransferPackage } from './package-format.ts'

/** Names that stand in texts and are not the person's. */
const namesOfOthers = (call: ReaderCall): string[] => [
  ...call.vault.accounts.list().flatMap(({ name, me }) => [name, me?.name ?? '']),
  ...listColleagues(call).map(({ name }) => name),
]

const deep = (value: unknown, clean: (text: string) => string): unknown => {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((each) => deep(each, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deep(each, clean)]))
}

/** Text for this package: without others always, and without contacts where the maker's rules keep those back. */
const cleanerOf = (call: ReaderCall, { person, leftOut }: CopyRecord, language: PaperLanguage): CleanText => {
  const others = withoutOthers(person, namesOfOthers(call), language)
  const hides = contactField.options.some((field) => leftOut.has(field))
  const own = ownWordsOf(person)
  return (text, by) => (hides ? redactToString(others(text, by), own) : others(text, by))
}

const contactsOf = ({ person, leftOut }: CopyRecord): CopyPackage['person']['contacts'] =>
  Object.fromEntries(
    contactField.options.flatMap((field) => {
      const value = contactValue(person, field)
      return value === undefined || leftOut.has(field) ? [] : [[field, value]]
    }),
  )

/** The resume as the person wrote it; fields that the maker's rules keep back are not in it. */
const resumeOf = (record: CopyRecord, clean: CleanText): CopyPackage['person']['resume'] => {
  const { person, leftOut, sensitive } = record
  const { name: _n, phone: _p, email: _e, ...basics } = person.resume.basics
  const { wechat: _w, ...cn } = person.resume.meta.cn
  const hidden = new Set<string>([
    ...leftOut,
    ...(leftOut.has('birth_date') ? ['birth_month'] : []),
    ...(leftOut.has('residence') ? ['city'] : []),
  ])
  const shown = Object.fromEntries(Object.entries({ ...cn, ...sensitive }).filter(([key]) => !hidden.has(key)))
  const body = leftOut.has('body') ? { work: [], education: [], projects: [], skills: [] } : {}
  const cleaned = deep({ ...person.resume, ...body, basics, meta: { cn: shown } }, (text) =>
    clean(text, 'person'),
  ) as CopyPackage['person']['resume']
  const { wechat, ...contacts } = contactsOf(record)
  return {
    ...cleaned,
    basics: { ...cleaned.basics, ...contacts },
    meta: { cn: { ...cleaned.meta.cn, ...(wechat === undefined ? {} : { wechat }) } },
  }
}

const consentsOf = (call: ReaderCall, { candidate }: CopyRecord): CopyPackage['consents'] =>
  call.store
    .all<{ purpose: string; granted: number; scope: string | null; until: number | null }>(
      'SELECT purpose, granted, scope, until FROM consent WHERE platform = ? AND platform_id = ? ORDER BY rev',
      candidate.platform,
      candidate.platform_id,
    )
    .map(({ purpose, granted, scope, until }) => ({
      purpose,
      granted: granted === 1,
      ...(scope === null ? {} : { scope }),
      ...(until === null ? {} : { until: iso(until) }),
    }))

type Sealed = { readonly sealed: Uint8Array }

const purposesOf = (call: ReaderCall, { candidate, applications }: CopyRecord, clean: CleanText) => [
  ...applications.map(({ job_id: job, job_title: title, at, channel }) => ({
    job,
    ...(title === null ? {} : { job_title: title }),
    channel,
    at: iso(at),
  })),
  ...call.store
    .all<Sealed & { job_id: string; title: string | null; legal_basis: string; at: number }>(
      `SELECT p.job_id, j.title, p.legal_basis, p.at, p.sealed FROM purpose p LEFT JOIN job j ON j.id = p.job_id
       WHERE p.record_id = ? ORDER BY p.at`,
      candidate.record_id,
    )
    .map((row) => {
      const name = aad('purpose', 'sealed', `${candidate.record_id}/${row.job_id}`)
      const words = fromSealable(call.account.keystore.open(candidate.key_slot, name, row.sealed))
      return {
        job: row.job_id,
        ...(row.title === null ? {} : { job_title: row.title }),
        legal_basis: row.legal_basis,
        at: iso(row.at),
        rests_on: clean(String(words), 'others'),
      }
    }),
]

const poolsOf = (call: ReaderCall, { candidate }: CopyRecord, clean: CleanText): CopyPackage['pools'] =>
  listMemberships(call.store, candidate.record_id).map((member) => {
    const name = aad('pool_member', 'sealed', `${candidate.record_id}/${member.pool}`)
    const words = fromSealable(call.account.keystore.open(candidate.key_slot, name, member.sealed))
    return {
      pool: member.pool,
      consented_at: iso(member.consented_at),
      until: iso(member.until),
      ...(typeof words === 'string' && words !== '' ? { rests_on: clean(words, 'others') } : {}),
    }
  })

/** Words of a hold are JSON, a reveal's are as they were typed. */
const typedWords = (text: string): string => {
  if (!/^".*"$/su.test(text)) return text
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}

const reasonsOf = (call: ReaderCall, { candidate }: CopyRecord, clean: CleanText): CopyPackage['reasons'] =>
  call.store
    .all<Sealed & { id: string; at: number }>(
      'SELECT id, at, sealed FROM typed_reason WHERE record_id = ? ORDER BY at',
      candidate.record_id,
    )
    .map(({ id, at, sealed }) => {
      const plain = call.account.keystore.open(candidate.key_slot, aad('typed_reason', 'sealed', id), sealed)
      return { at: iso(at), text: clean(typedWords(new TextDecoder().decode(plain)), 'others') }
    })

const otherOf = (call: ReaderCall, record: CopyRecord, clean: CleanText): CopyPackage['other'] => {
  const place = {
    store: call.store,
    keystore: call.account.keystore,
    asideKey: call.vault.keys.asideKey(),
  }
  return call.store
    .all<AsideRow>('SELECT * FROM aside_change WHERE candidate_id = ? ORDER BY type, at', record.candidate.platform_id)
    .filter(({ type }) => type !== 'insights' || !record.leftOut.has('insights'))
    .map((row) => ({
      kind: row.type,
      at: iso(row.at),
      data: deep(openAside(place, row), (text) => clean(text, 'others')),
    }))
}

const holdsOf = (call: ReaderCall, { candidate }: CopyRecord): CopyPackage['holds'] =>
  call.store
    .all<{ until: number; at: number | null; released_at: number | null }>(
      'SELECT until, at, released_at FROM legal_hold WHERE platform = ? AND platform_id = ? ORDER BY until',
      candidate.platform,
      candidate.platform_id,
    )
    .map(({ until, at, released_at: released }) => ({
      until: iso(until),
      ...(at === null ? {} : { at: iso(at) }),
      ...(released === null ? {} : { released_at: iso(released) }),
    }))

const outputsOf = (
  call: ReaderCall,
  { applications, person }: CopyRecord,
  clean: CleanText,
): CopyPackage['ai_outputs'] =>
  applications.flatMap((application) =>
    listOutputs(call, application, ownWordsOf(person)).map(({ kind, model, at, text }) => ({
      application: application.id,
      kind,
      model,
      at: iso(at),
      text: clean(text, 'others'),
    })),
  )

/** Who received what: from the log, from what was asked of others, and from what left as a file. */
const recipientsOf = (
  call: ReaderCall,
  { candidate }: CopyRecord,
  log: Statement,
  outputs: CopyPackage['ai_outputs'],
  applications: CopyPackage['applications'],
): CopyPackage['recipients'] => {
  const employers = new Set([log.employer, ...log.rows.map(({ by }) => by.employer)])
  const agencies = new Set(log.rows.flatMap(({ by }) => by.agency ?? []))
  const files = call.store.all<{ at: number | null; legal_basis: string | null }>(
    "SELECT at, legal_basis FROM registered_file WHERE record_id = ? AND kind = 'handover'",
    candidate.record_id,
  )
  return [
    ...(candidate.origin === 'hub' ? [{ kind: 'platform' as const, name: candidate.platform }] : []),
    ...[...employers].filter((name) => name !== '-').map((name) => ({ kind: 'employer' as const, name })),
    ...[...agencies].map((name) => ({ kind: 'agency' as const, name })),
    ...applications.flatMap(({ background_checks: checks, job_title: title }) =>
      checks
        .filter(({ state }) => state !== 'asked' && state !== 'refused')
        .map(({ provider, asked_at: at }) => ({
          kind: 'background_provider' as const,
          name: provider,
          ...(title === undefined ? {} : { purpose: title }),
          at,
        })),
    ),
    ...log.shares.map(({ recipient, contact, purpose, method, types, document, at, ended_at: ended }) => ({
      kind: 'shared_with' as const,
      name: recipient,
      contact,
      purpose,
      method,
      types,
      ...(document === undefined ? {} : { legal_basis: document }),
      at,
      ...(ended === undefined ? {} : { ended_at: ended }),
    })),
    ...[...new Set(outputs.map(({ model }) => model))].map((name) => ({ kind: 'model' as const, name })),
    ...files.map(({ at, legal_basis: basis }) => ({
      kind: 'handed_over' as const,
      name: log.employer,
      ...(basis === null ? {} : { legal_basis: basis }),
      ...(at === null ? {} : { at: iso(at) }),
    })),
  ]
}

export type Gathered<T> = { readonly made: T; readonly files: GatheredFiles }

/** Everything that is held of a person, put together for them. */
export const gatherCopy = (
  call: ReaderCall,
  record: CopyRecord,
  language: PaperLanguage,
  others: readonly DisclosureLog[] | null,
): Gathered<CopyPackage> => {
  const { candidate, person, leftOut, sensitive } = record
  const clean = cleanerOf(call, record, language)
  const files = gatherFiles(call, record)
  const log = buildStatement(call, findPerson(call, { record_id: candidate.record_id as never }), others)
  const body = leftOut.has('body') ? [] : record.applications
  const applications = body.map((application) =>
    gatherApplication(call, application, clean, [...(files.listed.get(application.id) ?? [])]),
  )
  const outputs = outputsOf(call, record, clean)
  const { public_fields: _p, ...settings } = flagsOf(candidate)
  const made: CopyPackage = {
    format: packageFormat,
    made_at: iso(call.now),
    employer: call.account.actor.employer,
    subject: { platform: candidate.platform, candidate: candidate.platform_id },
    left_out: [...leftOut],
    person: {
      resume: resumeOf(record, clean),
      contacts: contactsOf(record),
      sensitive,
      told_in_chat: (person.chat ?? [])
        .filter(({ field }) => !leftOut.has(field))
        .map(({ field, value, at }) => ({ field, ...(value === undefined ? {} : { value }), at: iso(at) })),
      settings: { visibility: candidate.visibility, ...settings },
      marks: (person.marks ?? []).map(({ kind, at, gone }) => ({
        kind,
        ...(at === undefined ? {} : { at: iso(at) }),
        valid: !gone,
      })),
      ...(candidate.age_confirmed_at === null ? {} : { age_confirmed_at: iso(candidate.age_confirmed_at) }),
    },
    sources: record.applications.map(({ channel, evidence_at: at, job_id: job }) => ({
      platform: candidate.platform,
      channel,
      at: iso(at),
      job,
      ...(person.origin === undefined ? {} : { origin: clean(person.origin, 'others') }),
    })),
    purposes: purposesOf(call, record, clean),
    recipients: recipientsOf(call, record, log, outputs, applications),
    applications,
    consents: consentsOf(call, record),
    pools: poolsOf(call, record, clean),
    holds: holdsOf(call, record),
    ai_outputs: outputs,
    reasons: reasonsOf(call, record, clean),
    other: otherOf(call, record, clean),
    expiry: log.kept,
    log,
  }
  return { made, files }
}

/** What the person gave, and nothing that anybody made of it. */
export const gatherTransfer = (
  call: ReaderCall,
  record: CopyRecord,
  language: PaperLanguage,
): Gathered<TransferPackage> => {
  const { candidate, applications } = record
  const clean = cleanerOf(call, record, language)
  const files = gatherFiles(call, record)
  const whole = applications.map((application) =>
    gatherApplication(call, application, clean, [...(files.listed.get(application.id) ?? [])]),
  )
  const made: TransferPackage = {
    format: transferFormat,
    made_at: iso(call.now),
    from: call.account.actor.employer,
    subject: { platform: candidate.platform, candidate: candidate.platform_id },
    resume: resumeOf(record, clean),
    contacts: contactsOf(record),
    applications: whole.map(({ job_title: title, channel, at }) => ({
      ...(title === undefined ? {} : { job_title: title }),
      channel,
      at,
    })),
    messages: whole
      .flatMap(({ messages }) => messages)
      .filter(({ author }) => author === 'candidate')
      .map(({ at, text }) => ({ at, text })),
    consents: consentsOf(call, record),
    attachments: whole.flatMap(({ attachments }) => attachments),
  }
  return { made, files }
}
