import { createHash } from 'node:crypto'
import { messageLimits, type MessageKind } from '../../shared/domain/messages.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { withAiLabel, withoutAiLabel } from '../../shared/text/ai-label.ts'
import { fillPlaceholders, unknownPlaceholders } from '../../shared/text/fill-placeholders.ts'
import type { ApplicationRecord } from '../candidates/candidate-rows.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { policyOf } from '../candidates/policy-request.ts'
import type { ReaderCall, WriterCall } from '../handler.ts'
import { putMessage } from './message-rows.ts'
import { requireContact } from './require-contact.ts'

export type SendInput = {
  readonly applicationId: string
  readonly kind: MessageKind
  readonly text: string
  /** Who wrote the words; a model's are always sent in the name of the person who sends them, with the label. */
  readonly author: 'human' | 'ai'
}

export type SentMessage = {
  readonly id: string
  /** As it is kept and sent: filled in, with its label. */
  readonly text: string
  readonly entries: readonly EntryDraft[]
}

export type MessagePlace = OpenedRecord & { readonly current: ApplicationRecord }

/** The record of an application, opened for its own job. @throws Refusal, IpcError E_NOT_FOUND */
export const openForMessages = (call: ReaderCall, applicationId: string): MessagePlace => {
  const row = call.store.get<{ record_id: string; job_id: string }>(
    'SELECT record_id, job_id FROM application WHERE id = ?',
    applicationId,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
  const record = openRecord(call, row.record_id, row.job_id)
  const current = record.applications.find(({ id }) => id === applicationId)
  if (current === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
  return { ...record, current }
}

/** Whether anything can be sent to this person from here: own intake and local workspaces have nobody who would carry it. */
export const isReachable = (call: ReaderCall, { candidate }: Pick<OpenedRecord, 'candidate'>): boolean =>
  call.account.hub !== null && candidate.origin === 'hub'

/**
 * A text as the person will read it: filled in, one kind of line end, the label where a model wrote it.
 * @throws IpcError E_INPUT naming the placeholder that is none, or the limit
 */
export const composeText = (call: ReaderCall, place: MessagePlace, input: SendInput): string => {
  const [unknown] = unknownPlaceholders(input.text)
  if (unknown !== undefined) {
    throw new IpcError('E_INPUT', 'a text may name job, company and recruiter only', { placeholder: unknown })
  }
  const { view } = call.account
  const bare = withoutAiLabel(input.text.replace(/\r\n?/g, '\n').trim())
  if (bare === '') throw new IpcError('E_INPUT', 'there is nothing to send', { limit: messageLimits[input.kind] })
  const filled = fillPlaceholders(bare, {
    job: place.current.job_title ?? '',
    company: view.employer,
    recruiter: view.name,
  })
  // Once more: a job or a name that reads like the label must not pass for it.
  const text = input.author === 'ai' ? withAiLabel(filled) : withoutAiLabel(filled)
  const limit = messageLimits[input.kind]
  if ([...text].length > limit)
    throw new IpcError('E_INPUT', 'the text is too long', { limit, length: [...text].length })
  return text
}

/** The same call makes the same id, so that what is tried once and done once is one message (`router.ts`, `runThrough`). */
const idOf = (call: WriterCall, { applicationId, kind, author }: SendInput, text: string): string => {
  const hex = createHash('sha256')
    .update(['message', call.account.view.id, applicationId, kind, author, call.now, text].join('\0'))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const enqueue = (call: WriterCall, { candidate, current }: MessagePlace, input: SendInput, sent: SentMessage): void => {
  const tied = { id: sent.id, applicationId: current.id }
  const { outbox } = call.account
  const at = new Date(call.now).toISOString()
  if (input.kind === 'invitation') {
    const body = { candidate_id: candidate.platform_id, job_id: current.job_id, text: sent.text }
    outbox.enqueue(call.store, { kind: 'invitation_to_apply', body, ...tied }, call.now)
  } else if (input.kind === 'greeting' || input.author === 'ai') {
    // Greetings alone say on the wire who wrote them, so whatever a model wrote goes as one.
    const body = { application_id: current.id, text: sent.text, ...(input.author === 'ai' ? { by_ai: true } : {}) }
    outbox.enqueue(call.store, { kind: 'greeting', body, ...tied }, call.now)
  } else {
    const from = call.account.me()?.id ?? call.account.view.id
    const body = { application_id: current.id, from, text: sent.text, at }
    outbox.enqueue(call.store, { kind: 'message', body, ...tied }, call.now)
  }
}

/**
 * Writes to a person, inside the caller's transaction: nothing is sent that a rule keeps from them, and of a model's words
 * never more than the profile allows without an answer (ZP-17, D22; MM-17). The caller writes the entries.
 *
 * @throws Refusal with rule, clause and lift; IpcError E_NOT_FOUND, E_LOCKED, E_INPUT, E_CONFLICT `{ reason: 'no_hub' }`
 */
export const sendMessage = (call: WriterCall, input: SendInput): SentMessage => {
  const place = openForMessages(call, input.applicationId)
  const { candidate, current, request } = place
  requireContact(call.store, place, input.author)
  if (input.author === 'ai' && input.kind === 'invitation') {
    throw new IpcError('E_INPUT', 'an invitation carries no mark of who wrote it', { kind: input.kind })
  }
  if (!isReachable(call, place)) {
    throw new IpcError('E_CONFLICT', 'no platform carries messages to this person', { reason: 'no_hub' })
  }
  const text = composeText(call, place, input)
  const sent: SentMessage = {
    id: idOf(call, input, text),
    text,
    entries: [
      {
        action: 'stage',
        outcome: 'done',
        subject: { platform: candidate.platform, id: candidate.platform_id },
        job: current.job_id,
        policy: policyOf(request, request.profile.clauseOf(input.author === 'ai' ? 'AI_UNANSWERED' : 'DO_NOT_CONTACT')),
        detail: input.author === 'ai' ? `message ${input.kind} ai` : `message ${input.kind}`,
      },
    ],
  }
  putMessage(call.store, call.account.keystore, current.key_slot, {
    id: sent.id,
    application_id: current.id,
    at: call.now,
    kind: input.kind,
    author: input.author,
    account: call.account.me()?.id ?? call.account.view.id,
    // Whoever keeps nothing writes through: the hub has it before this counts.
    state: call.account.keeps ? 'queued' : 'sent',
    text,
  })
  enqueue(call, place, input, sent)
  return sent
}
