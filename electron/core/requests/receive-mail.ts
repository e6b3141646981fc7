import { createHmac } from 'node:crypto'
import type { z } from 'zod'
import type { ParsedFile, Quarantined } from '../../shared/domain/intake.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { requestKind } from '../../shared/domain/sync-atoms.ts'
import { recordOfContact } from '../duplicates/record-of-contact.ts'
import type { ReaderCall, WriterCall } from '../handler.ts'
import { getClosedRequest } from '../ledger/closed-requests.ts'
import { requireCandidate } from '../candidates/candidate-rows.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import { insertPaper } from './request-papers.ts'
import { aboutNobody, receiveRequest } from './receive-request.ts'
import { writePlace } from './request-handlers.ts'
import { getRequest } from './request-rows.ts'

/** As much of a letter as a request keeps readable; the whole mail lies beside it. */
const longest = 4000

export type RequestMail = {
  readonly kind: z.infer<typeof requestKind>
  readonly bytes: Uint8Array
  /** Milliseconds since 1970 UTC: when the server got it. */
  readonly receivedAt: number
  /** What is the same in every copy of this mail; stands for its Message-ID where it has none. */
  readonly identity: string
  readonly letter: NonNullable<ParsedFile['mail']> | undefined
}

/** The letter of a mail that is no resume, read in the parser process; undefined where it cannot be read. */
export const readLetter = async (
  { core }: ReaderCall,
  bytes: Uint8Array,
): Promise<NonNullable<ParsedFile['mail']> | undefined> => {
  const outcome: ParsedFile | Quarantined | { readonly kind: 'archive' } = await core.parser.parse(
    'mail.eml',
    bytes,
    'letter',
  )
  return 'mail' in outcome ? outcome.mail : undefined
}

/** The number of the request that a mail is, so that the same message never becomes two, whenever it comes again. */
const idOf = (call: WriterCall, { letter, identity }: RequestMail): string => {
  const message = letter?.messageId?.trim() ?? ''
  const hex = createHmac('sha256', call.vault.keys.searchKey())
    .update(`request/mail\0${message === '' ? identity : message}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Lays a mail on the desk as the request that it is, with the mail itself as evidence under a key of its own, inside the caller's
 * transaction. The sender's address names the person where exactly one record has it; it proves nothing, and who asks is still to
 * be checked. A message that has come before changes nothing.
 */
export const receiveMail = (
  call: WriterCall,
  mail: RequestMail,
): {
  readonly id: string
  readonly recordId: string | null
  readonly isNew: boolean
  readonly entries: readonly EntryDraft[]
} => {
  const id = idOf(call, mail)
  const known = getRequest(call.store, id)
  if (known !== undefined || getClosedRequest(call.vault.ledgerDb.reader, id) !== undefined)
    return { id, recordId: known?.record_id ?? null, isNew: false, entries: [] }
  const { letter, kind, receivedAt } = mail
  const recordId = recordOfContact(call, 'email', letter?.from)
  const person = recordId === undefined ? undefined : requireCandidate(call.store, recordId)
  const detail = [letter?.subject, letter?.body].filter((part) => part !== undefined && part !== '').join('\n\n')
  const { entries } = receiveRequest(
    { ...writePlace(call), profiles: call.core.profiles, ledger: call.vault.ledger, outbox: call.account.outbox },
    {
      id,
      via: 'mail',
      kind,
      requester: 'self',
      kinship: null,
      about:
        person === undefined
          ? aboutNobody
          : { platform: person.platform, platform_id: person.platform_id, recordId: person.record_id },
      receivedAt,
      words: {
        detail: detail === '' ? undefined : detail.slice(0, longest),
        source:
          [letter?.fromName, letter?.date].filter((part) => part !== undefined && part !== '').join(' · ') || undefined,
        contact: letter?.from,
      },
    },
    call.now,
  )
  insertPaper(
    { store: call.store, keystore: call.account.keystore },
    {
      id: crypto.randomUUID(),
      request_id: id,
      kind: 'mail',
      media_type: 'message/rfc822',
      size: mail.bytes.length,
      at: call.now,
      by: authorOf(call.account).id,
      record_id: person?.record_id ?? null,
    },
    'mail.eml',
    mail.bytes,
  )
  return { id, recordId: person?.record_id ?? null, isNew: true, entries }
}
