import type { ParsedFile } from '../../../shared/domain/intake.ts'
import {
  entryKeys,
  flatField,
  listField,
  type FlatField,
  type IntakeReview,
} from '../../../shared/domain/intake-review.ts'
import type { Resume } from '../../../shared/domain/resume.ts'
import type { FieldName } from '../../../shared/domain/vocabulary.ts'
import type { EntryDraft } from '../../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { openRecord, type OpenedRecord } from '../../candidates/open-record.ts'
import { contactValue, ownWordsOf } from '../../candidates/person.ts'
import { policyOf } from '../../candidates/policy-request.ts'
import { nameFor, showsPattern } from '../../candidates/row-view.ts'
import { openSealedFields, sealFields, takeSealedFields } from '../../candidates/sealed-fields.ts'
import { defineHandlers, Refusal, type ReaderCall, type WriterCall } from '../../handler.ts'
import { aad, toSealable } from '../../keys/sealed-columns.ts'
import { decide } from '../../policy/decide.ts'
import { requireProfile } from '../../policy/profile/require-profile.ts'
import { maskEmail, maskPhone, maskWechat } from '../../policy/text/mask.ts'
import { redactToString } from '../../policy/text/redact.ts'
import { listProjection } from '../../search/list-projection.ts'
import { applyWhitelist } from '../../sync/resume-keys.ts'
import { listCorrections, putCorrection } from '../correction-rows.ts'
import { applyDraft, keptOf, layOver, textOf } from './correct-resume.ts'
import { originalPieces } from './original-pieces.ts'
import { readOriginal } from './read-original.ts'

/** Whose decision says how far a field may be shown. */
const decisionOf: Readonly<Record<FlatField, FieldName>> = {
  name: 'name',
  sex: 'sex',
  birth: 'birth_date',
  phone: 'phone',
  email: 'email',
  wechat: 'wechat',
  city: 'residence',
  expected_job: 'body',
  expected_city: 'body',
  expected_salary: 'expected_salary',
  current_salary: 'current_salary',
  years: 'body',
  summary: 'body',
  skills: 'body',
  languages: 'body',
  certificates: 'body',
}

/** A record of own intake, open to whoever asks, with the application that its original belongs to. @throws Refusal, IpcError */
const openOwn = (
  call: ReaderCall,
  id: string,
  jobId: string | undefined,
): OpenedRecord & {
  readonly current: NonNullable<OpenedRecord['current']>
} => {
  const record = openRecord(call, id, jobId)
  const { current, candidate, request } = record
  if (candidate.origin !== 'local') {
    throw new IpcError('E_CONFLICT', 'what a platform sent is corrected there, by the person')
  }
  if (current === null) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
  const body = decide({ ...request, field: 'body' })
  if (body.state !== 'see') {
    throw new Refusal('E_CHANNEL', 'a rule keeps the resume closed', {
      rule: body.rule,
      clause: body.clause,
      ...(body.lift === null ? {} : { lift: body.lift }),
    })
  }
  return { ...record, current }
}

const keyOf = (call: ReaderCall, applicationId: string): string =>
  call.store.get<{ key_slot: string }>('SELECT key_slot FROM application WHERE id = ?', applicationId)?.key_slot ?? ''

const shownOf = (
  record: OpenedRecord,
  field: FlatField,
): Pick<IntakeReview['fields'][number], 'state' | 'value' | 'whole'> => {
  const { request, person, applications } = record
  const decision = decide({ ...request, field: decisionOf[field] })
  const { state } = decision
  const own = ownWordsOf(person)
  if (field === 'name') {
    const sex = decide({ ...request, field: 'sex' })
    const value = nameFor(decision, sex, listProjection(person, applications, false))
    return { state, whole: state === 'see', ...(value === undefined ? {} : { value }) }
  }
  if (field === 'phone' || field === 'email' || field === 'wechat') {
    const value = contactValue(person, field)
    const mask = { phone: maskPhone, email: maskEmail, wechat: maskWechat }[field]
    return { state, whole: false, ...(value === undefined || !showsPattern(decision) ? {} : { value: mask(value) }) }
  }
  const value = textOf(person.resume, field)
  const whole = state === 'see' && decision.form === 'full'
  if (value === undefined) return { state, whole }
  if (!whole) return showsPattern(decision) ? { state, whole, value: '****' } : { state, whole }
  const clean = redactToString(value, own)
  return { state, whole: clean === value, value: clean }
}

const reviewOf = (
  call: ReaderCall,
  record: OpenedRecord & { readonly current: { readonly id: string } },
  parsed: ParsedFile,
): IntakeReview => {
  const { candidate, person, request, current } = record
  const known = new Map(
    listCorrections(call.store, call.account.keystore, candidate).map(({ field, at, by }) => [field, { at, by }]),
  )
  const own = ownWordsOf(person)
  const note = (field: string): { corrected?: { at: number; by: string } } => {
    const corrected = known.get(field)
    return corrected === undefined ? {} : { corrected }
  }
  const confidence = (field: string): { confidence?: number } => {
    const value = (parsed.confidence as Readonly<Record<string, number | undefined>>)[field]
    return value === undefined ? {} : { confidence: value }
  }
  return {
    record_id: candidate.record_id as IntakeReview['record_id'],
    application_id: current.id as IntakeReview['application_id'],
    format: parsed.format,
    pieces: originalPieces(parsed, own, (field) => {
      const { state, form } = decide({ ...request, field })
      return state !== 'see' || form !== 'full'
    }),
    fields: flatField.options.map((field) => ({
      field,
      ...shownOf(record, field),
      ...confidence(field),
      ...note(field),
    })),
    lists: listField.options.map((field) => ({
      field,
      entries: (person.resume[field] as ReadonlyArray<Readonly<Record<string, unknown>>>).map((entry) =>
        Object.fromEntries(
          entryKeys[field].flatMap((key) => {
            const value = entry[key]
            return typeof value === 'string' && value !== '' ? [[key, redactToString(value, own)]] : []
          }),
        ),
      ),
      ...confidence(field),
      ...note(field),
    })),
  }
}

/** Seals a changed resume again, the sensitive fields in their own layer (ZP-05). */
const storeResume = (call: WriterCall, record: OpenedRecord, resume: Resume): void => {
  const { candidate, person, request } = record
  const { keystore } = call.account
  const slot = candidate.key_slot
  const taken = takeSealedFields(resume, request.profile.sealed)
  call.store.run(
    'UPDATE candidate SET sealed = ?, sealed_fields = ?, version = version + 1 WHERE record_id = ?',
    keystore.seal(
      slot,
      aad('candidate', 'sealed', candidate.record_id),
      toSealable({ ...person, resume: taken.resume, sealed: Object.keys(taken.values) }),
    ),
    sealFields({ keystore, sensitiveKey: call.vault.keys.sensitiveKey() }, candidate.record_id, slot, taken.values),
    candidate.record_id,
  )
}

/** The resume with the sensitive fields back in it, for a change that may touch them; it does not leave this process. */
const wholeResume = (call: ReaderCall, { candidate, person }: OpenedRecord): Resume => {
  const place = { keystore: call.account.keystore, sensitiveKey: call.vault.keys.sensitiveKey() }
  const values = openSealedFields(call.store, place, candidate)
  return { ...person.resume, meta: { cn: { ...person.resume.meta.cn, ...values } } }
}

const entryOf = (
  { candidate, current, request }: OpenedRecord,
  draft: Omit<EntryDraft, 'subject' | 'job' | 'policy'>,
): EntryDraft => ({
  ...draft,
  subject: { platform: candidate.platform, id: candidate.platform_id },
  policy: policyOf(request, 'ZP-13'),
  ...(current === null ? {} : { job: current.job_id }),
})

const changed = (call: WriterCall) => (): void => {
  call.account.indexer.poke()
  call.core.emit('data.changed', { what: ['candidates'] })
}

export const reviewHandlers = defineHandlers({
  'intake.review': {
    prepare: async (call, input) => {
      const first = openOwn(call, input.id, input.job_id)
      const parsed = await readOriginal(call, { id: first.current.id, key_slot: keyOf(call, first.current.id) })
      return (writer) => {
        // Rules and stage may have changed while the file was read.
        const record = openOwn(writer, input.id, input.job_id)
        return {
          output: reviewOf(writer, record, parsed),
          entries: [entryOf(record, { action: 'view', outcome: 'shown', fields: ['body'], detail: 'original' })],
        }
      }
    },
  },
  'intake.correct': {
    write: (call, input) => {
      const record = openOwn(call, input.id, input.job_id)
      const { candidate } = record
      const { keystore, view } = call.account
      const resume = input.changes.reduce(applyDraft, wholeResume(call, record))
      const fields = [...new Set(input.changes.map(({ field }) => field))]
      for (const field of fields) {
        putCorrection(
          call.store,
          keystore,
          candidate,
          { field, value: keptOf(resume, field) },
          { at: call.now, by: view.name },
        )
      }
      storeResume(call, record, resume)
      return {
        output: {},
        entries: [entryOf(record, { action: 'stage', outcome: 'done', fields, detail: `corrected ${fields.length}` })],
        after: changed(call),
      }
    },
  },
  'intake.reread': {
    prepare: async (call, input) => {
      const first = openOwn(call, input.id, input.job_id)
      const parsed = await readOriginal(call, { id: first.current.id, key_slot: keyOf(call, first.current.id) })
      return (writer) => {
        const record = openOwn(writer, input.id, input.job_id)
        const { candidate } = record
        const { document } = requireProfile(writer.core.profiles, candidate.platform)
        const list = (document.fields as { readonly whitelist?: readonly string[] } | undefined)?.whitelist
        const read = list === undefined ? parsed.resume : applyWhitelist(parsed.resume, list, {})
        const corrections = listCorrections(writer.store, writer.account.keystore, candidate)
        // What somebody put right wins, whatever is read now.
        storeResume(
          writer,
          record,
          corrections.reduce<Resume>((resume, { field, value }) => layOver(resume, field, value), read),
        )
        return {
          output: { corrections: corrections.length },
          entries: [entryOf(record, { action: 'stage', outcome: 'done', detail: `read again ${corrections.length}` })],
          after: changed(writer),
        }
      }
    },
  },
})
