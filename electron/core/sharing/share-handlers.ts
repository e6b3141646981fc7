import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { recipientCheck, recipientScope, sharedField, type SharedField } from '../../shared/domain/sharing.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'
import { requireCandidate } from '../candidates/candidate-rows.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { policyOf } from '../candidates/policy-request.ts'
import { defineHandlers, Refusal, type ReaderCall, type WriterCall, type Written } from '../handler.ts'
import { putHoldWords } from '../holds/hold-rows.ts'
import { decideAll } from '../policy/decide.ts'
import type { Decision } from '../policy/policy-request.ts'
import { recipientNotice } from './recipient-notice.ts'
import {
  openShare,
  putShare,
  requireShare,
  sharesOf,
  standingConsents,
  viewOf,
  withdrawConsents,
  type ShareRow,
  type ShareWords,
} from './share-rows.ts'

const rule = 'SHARING_CONSENT'
const lift = 'SHARING_ASK'

const subjectOf = ({ candidate }: Pick<OpenedRecord, 'candidate'>) => ({
  platform: candidate.platform,
  id: candidate.platform_id,
})

const announce = (call: WriterCall) => (): void => call.core.emit('data.changed', { what: ['candidates'] })

/** What whoever gives may see themselves, in full or by a reveal; nothing else is theirs to give. */
const isGivable = ({ state }: Decision): boolean => state === 'see' || state === 'reveal'

const fieldsOf = ({ request }: OpenedRecord) => decideAll(request, sharedField.options)

/** @throws Refusal by the rule that keeps the field from whoever gives */
const requireFields = (record: OpenedRecord, types: readonly SharedField[]): void => {
  for (const [field, decision] of decideAll(record.request, types)) {
    if (isGivable(decision)) continue
    throw new Refusal(
      'E_CHANNEL',
      'what is not shown here is not given to others',
      {
        rule: decision.rule,
        clause: decision.clause,
        field,
        ...(decision.lift === null ? {} : { lift: decision.lift }),
      },
      { subject: subjectOf(record), fields: [field], policy: policyOf(record.request, decision.clause) },
    )
  }
}

/** The standing consent that names the recipient. @throws Refusal E_CONSENT */
const requireConsent = (call: ReaderCall, record: OpenedRecord, id: string) => {
  const found = standingConsents(call.store, record.candidate, call.now).find((one) => one.id === id)
  if (found !== undefined) return found
  const clause = record.request.profile.clauseOf(rule)
  throw new Refusal(
    'E_CONSENT',
    'no consent of this person names this recipient',
    { rule, clause, lift },
    { subject: subjectOf(record), policy: policyOf(record.request, clause) },
  )
}

const entryOf = (record: OpenedRecord, detail: string, fields: readonly string[] = []): EntryDraft => ({
  action: 'share',
  outcome: 'done',
  subject: subjectOf(record),
  ...(record.current === null ? {} : { job: record.current.job_id }),
  ...(fields.length === 0 ? {} : { fields: [...fields] }),
  policy: policyOf(record.request, record.request.profile.clauseOf(rule)),
  detail,
})

/** These are told to the recipient and to the person, so that they hold nobody's contact. @throws IpcError E_INPUT */
const requireNoContact = (field: string, text: string): void => {
  if (findContacts(text).length > 0) throw new IpcError('E_INPUT', 'this holds no contact', { field })
}

/** The hub keeps what was given beside the person's record, so that their own page tells them (ZP-70). */
const tellHub = (
  call: WriterCall,
  { candidate }: Pick<OpenedRecord, 'candidate'>,
  row: ShareRow,
  words: ShareWords,
) => {
  call.account.outbox.enqueue(
    call.store,
    {
      // One item for what was given and one for its end; both are about the same share.
      ...(row.ended_at === null ? { id: row.id } : {}),
      kind: 'share',
      body: {
        share_id: row.id,
        candidate_id: candidate.platform_id,
        recipient: row.recipient,
        contact: words.contact,
        purpose: words.purpose,
        method: words.method,
        types: JSON.parse(row.types) as string[],
        reason: row.reason,
        at: new Date(row.at).toISOString(),
        ...(words.document === undefined ? {} : { document: words.document }),
        ...(row.consent_id === null ? {} : { consent_id: row.consent_id }),
        ...(row.ended_at === null ? {} : { ended_at: new Date(row.ended_at).toISOString() }),
      },
      recordId: candidate.record_id,
    },
    call.now,
  )
}

const tellConsent = (
  call: WriterCall,
  { candidate }: Pick<OpenedRecord, 'candidate'>,
  id: string | undefined,
  said: { readonly granted: boolean; readonly recipient: string; readonly until?: number | undefined },
): void => {
  const { granted, recipient, until } = said
  const body = {
    candidate_id: candidate.platform_id,
    purpose: 'sharing' as const,
    granted,
    scope: recipientScope(recipient),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  }
  const draft = { kind: 'consent' as const, body, recordId: candidate.record_id }
  call.account.outbox.enqueue(call.store, id === undefined ? draft : { ...draft, id }, call.now)
}

/** A share with its record, both open to this viewer. @throws IpcError E_NOT_FOUND; Refusal */
const openOne = (call: ReaderCall, id: string) => {
  const row = requireShare(call.store, id)
  const record = openRecord(call, row.record_id, undefined)
  return { row, record, words: openShare(call.account.keystore, record.candidate.key_slot, row) }
}

export const shareHandlers = defineHandlers({
  'share.list': {
    read: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      const consents = standingConsents(call.store, record.candidate, call.now)
      const decisions = fieldsOf(record)
      return {
        consents,
        items: sharesOf(call, record.candidate),
        fields: [...decisions].flatMap(([field, decision]) => (isGivable(decision) ? [field as SharedField] : [])),
        locked: consents.length > 0 ? null : { rule, clause: record.request.profile.clauseOf(rule), lift },
        now: call.now,
      }
    },
  },
  'share.consent': {
    write: (call, input) => {
      requireNoContact('recipient', input.recipient)
      const record = openRecord(call, input.id, input.job_id)
      const { candidate } = record
      if (input.said_at > call.now) throw new IpcError('E_INPUT', 'a consent lies in the past', { field: 'said_at' })
      if (input.until !== undefined && input.until <= call.now)
        throw new IpcError('E_INPUT', 'this consent has ended already', { field: 'until' })
      const id = crypto.randomUUID()
      const { recipient, until } = input
      call.store.run(
        `INSERT INTO consent (id, platform, platform_id, rev, purpose, granted, until, scope)
         VALUES (?, ?, ?, 0, 'sharing', 1, ?, ?)`,
        id,
        candidate.platform,
        candidate.platform_id,
        until ?? null,
        recipientScope(recipient),
      )
      const place = { store: call.store, keystore: call.account.keystore }
      putHoldWords(place, candidate, id, input.said_at, input.reference)
      tellConsent(call, record, id, { granted: true, recipient, until })
      return {
        output: { id, recipient, ...(until === undefined ? {} : { until }) },
        entries: [
          {
            action: 'consent',
            outcome: 'done',
            subject: subjectOf(record),
            policy: policyOf(record.request, record.request.profile.clauseOf(rule)),
            detail: 'sharing granted',
          },
        ],
        after: announce(call),
      }
    },
  },
  'share.create': {
    write: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      const consent = requireConsent(call, record, input.consent_id)
      const missing = recipientCheck.options.filter((one) => !input.checks.includes(one))
      if (missing.length > 0)
        throw new IpcError('E_INPUT', 'not everything about the recipient has been checked', {
          field: 'checks',
          missing: missing.join(' '),
        })
      requireNoContact('purpose', input.purpose)
      requireNoContact('method', input.method)
      requireNoContact('document', input.document ?? '')
      const types = [...new Set(input.types)]
      requireFields(record, types)
      const { candidate } = record
      const words: ShareWords = {
        contact: input.contact,
        purpose: input.purpose,
        method: input.method,
        ...(input.document === undefined || input.document === '' ? {} : { document: input.document }),
      }
      const row = {
        id: crypto.randomUUID(),
        record_id: candidate.record_id,
        rev: 0,
        at: call.now,
        by: call.account.view.name,
        recipient: consent.recipient,
        reason: input.reason,
        consent_id: consent.id,
        types: JSON.stringify(types),
        ended_at: null,
      }
      putShare(call.store, call.account.keystore, candidate.key_slot, row, words)
      const kept = requireShare(call.store, row.id)
      tellHub(call, record, kept, words)
      return {
        output: viewOf(kept, words),
        entries: [entryOf(record, `given ${row.id}`, types)],
        after: announce(call),
      }
    },
  },
  'share.end': {
    write: (call, { id, why }): Written<ReturnType<typeof viewOf>> => {
      const { row, record, words } = openOne(call, id)
      if (row.ended_at !== null) throw new IpcError('E_CONFLICT', 'this share has ended already')
      const withdrawn = why === 'withdrawn'
      const recipient = withdrawn ? row.recipient : null
      if (recipient !== null) {
        withdrawConsents(call.store, record.candidate, 'sharing', recipientScope(recipient))
        tellConsent(call, record, undefined, { granted: false, recipient })
      }
      // A consent that is taken back ends everything that rested on it.
      const ended = withdrawn
        ? call.store.all<{ id: string }>(
            'SELECT id FROM share_act WHERE record_id = ? AND recipient = ? AND ended_at IS NULL',
            row.record_id,
            row.recipient,
          )
        : [{ id }]
      for (const one of ended) {
        call.store.run('UPDATE share_act SET ended_at = ? WHERE id = ?', call.now, one.id)
        const now = requireShare(call.store, one.id)
        // A consent that is taken back ends it at the hub by itself.
        if (!withdrawn) tellHub(call, record, now, openShare(call.account.keystore, record.candidate.key_slot, now))
      }
      return {
        output: viewOf(requireShare(call.store, id), words),
        entries: [
          ...(withdrawn
            ? [{ action: 'consent', outcome: 'done', subject: subjectOf(record), detail: 'sharing withdrawn' } as const]
            : []),
          ...ended.map((one) => entryOf(record, `ended ${one.id}`)),
        ],
        after: announce(call),
      }
    },
  },
  'share.notice': {
    read: (call, { id, language }) => {
      const row = requireShare(call.store, id)
      if (row.ended_at === null) throw new IpcError('E_CONFLICT', 'this share has not ended')
      const { key_slot: slot } = requireCandidate(call.store, row.record_id)
      const { at, recipient, ended_at: endedAt } = row
      const text = recipientNotice({ id, at, recipient, endedAt }, call.account.actor.employer, language)
      return { text, contact: openShare(call.account.keystore, slot, row).contact }
    },
  },
  'share.told': {
    write: (call, { id }) => {
      const row = requireShare(call.store, id)
      const candidate = requireCandidate(call.store, row.record_id)
      if (row.ended_at === null) throw new IpcError('E_CONFLICT', 'this share has not ended')
      if (row.told_at !== null) throw new IpcError('E_CONFLICT', 'the recipient has been told already')
      call.store.run('UPDATE share_act SET told_at = ? WHERE id = ?', call.now, id)
      const now = requireShare(call.store, id)
      return {
        output: viewOf(now, openShare(call.account.keystore, candidate.key_slot, now)),
        entries: [
          {
            action: 'share',
            outcome: 'done',
            subject: { platform: candidate.platform, id: candidate.platform_id },
            detail: `told ${id}`,
          },
        ],
        after: announce(call),
      }
    },
  },
})
