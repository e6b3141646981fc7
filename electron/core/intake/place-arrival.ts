import type { ParsedFile } from '../../shared/domain/intake.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { ReaderCall } from '../handler.ts'
import type { ReadableDb } from '../store/database.ts'
import type { Arrival } from './arrival.ts'
import { findChoice, type Choice } from './choices.ts'
import type { Placed } from './insert-record.ts'
import { ownIntakeRules } from './intake-rules.ts'
import { deliveryMark, marksOf, messageMark, type Marks } from './marks.ts'
import type { AboutFile } from './quarantine-rows.ts'
import { messageHashOf } from '../mailbox/mail-identity.ts'
import { domainOf, jobMeant, recognise, type Recognised } from './recognise.ts'

export const isOpen = (db: ReadableDb, jobId: string): boolean =>
  db.get("SELECT 1 FROM job WHERE id = ? AND status IN ('open', 'paused')", jobId) !== undefined

export type Decided = {
  readonly from: Recognised | undefined
  readonly marks: Marks
  readonly choice: Choice | undefined
  readonly platform: Platform | undefined
  readonly jobId: string | undefined
  readonly guess: AboutFile['guess']
  readonly domain: string | undefined
}

/**
 * What is said, what was said before, what is recognised: in this order. A person who hands a file over stands behind it, so the
 * platform that it names is believed, which can only add rules; a mail that arrives by itself has to be proved, or remembered.
 */
export const decide = (call: ReaderCall, arrival: Arrival, parsed: ParsedFile): Decided => {
  const { keys } = call.vault
  const marks = marksOf(keys.searchKey(), arrival, parsed)
  const seen = recognise(ownIntakeRules(), arrival, parsed)
  const { from } = seen
  const choice = arrival.platform === undefined ? findChoice(call.store, keys.asideKey(), marks) : undefined
  const byItself = arrival.way === 'mail'
  const believed = from !== undefined && (from.confidence === 'proved' || !byItself) ? from.platform : undefined
  const platform = arrival.platform ?? choice?.platform ?? believed ?? (byItself ? undefined : 'direct')
  const meant = jobMeant(call.store, seen, [parsed.mail?.subject, arrival.name])
  const chosen = choice?.jobId !== undefined && isOpen(call.store, choice.jobId) ? choice.jobId : undefined
  return {
    from,
    marks,
    choice,
    platform,
    jobId: arrival.jobId ?? chosen ?? meant,
    domain: domainOf(parsed.mail?.from),
    guess: { platform: from?.platform, confidence: from?.confidence, job: meant },
  }
}

/** Where it goes; undefined while something of that is unknown. */
export const placedOf = (
  call: ReaderCall,
  arrival: Arrival,
  parsed: ParsedFile,
  decided: Decided,
): Placed | undefined => {
  const { platform, jobId, choice, from } = decided
  if (platform === undefined || jobId === undefined) return undefined
  const key = call.vault.keys.searchKey()
  const message = parsed.mail?.messageId?.trim().replace(/^<|>$/g, '') ?? ''
  const identity = arrival.mail?.identity ?? message
  const isMail = parsed.mail !== undefined || arrival.way === 'mail'
  return {
    platform,
    jobId,
    channel: platform !== 'direct' && isMail ? 'emailed' : 'direct',
    source: choice?.source ?? arrival.source,
    origin: choice?.origin ?? arrival.origin,
    evidence: [
      ...(message === '' ? [] : [message, `<${message}>`]),
      ...(from?.delivery === undefined || from.delivery === '' ? [] : [from.delivery]),
    ],
    // Of two people's mails with one Message-ID, as careless senders make them, none may take the other's place.
    ...(arrival.mail?.identity === undefined || message === ''
      ? {}
      : { mail: { key: arrival.mail.identity, messageHash: messageHashOf(parsed.mail?.messageId, key) } }),
    deliveries: [
      ...(identity === '' ? [] : [messageMark(key, identity)]),
      ...(from?.delivery === undefined ? [] : [deliveryMark(key, platform, from.delivery)]),
    ],
    announced: message === '' || message === identity ? [] : [messageMark(key, message)],
  }
}
