import { createHmac, type KeyObject } from 'node:crypto'
import type { ChoiceKind } from '../../shared/domain/intake-runs.ts'
import type { ParsedFile } from '../../shared/domain/intake.ts'
import type { Arrival } from './arrival.ts'
import { domainOf } from './recognise.ts'

/** A keyed hash that stands for something of a mail; nobody without the home's key can tell what, or try guesses. */
const mark = (key: KeyObject, kind: string, text: string): string =>
  createHmac('sha256', key).update(`intake/${kind}\0${text}`).digest('hex')

/** By what a mail is known again: its sender, how its subject is made, the mailbox that it lay in. */
export type Marks = { readonly [K in ChoiceKind]?: string }

/**
 * What stays of a subject from one mail of a template to the next: words in brackets and in front of a colon; never the rest,
 * which names people and jobs.
 */
export const subjectFrame = (subject: string): string =>
  [...subject.normalize('NFKC').matchAll(/[[【(「《][^\]】)」》]{1,30}[\]】)」》]|^[^:：]{1,20}[:：]/gu)]
    .map(([part]) => part.replace(/\d+/g, '0').trim().toLowerCase())
    .join(' ')

export const marksOf = (key: KeyObject, arrival: Arrival, parsed: ParsedFile | undefined): Marks => {
  const mail = parsed?.mail
  const sender = mail?.from?.trim().toLowerCase()
  const domain = domainOf(sender)
  const frame = mail?.subject === undefined ? '' : subjectFrame(mail.subject)
  return {
    ...(sender === undefined || sender === '' ? {} : { sender: mark(key, 'sender', sender) }),
    ...(domain === undefined || frame === '' ? {} : { template: mark(key, 'template', `${domain}\0${frame}`) }),
    ...(arrival.mail === undefined ? {} : { mailbox: mark(key, 'mailbox', arrival.mail.mailbox) }),
  }
}

/** A message is known again by its id, whichever mailbox or file brings it. */
export const messageMark = (key: KeyObject, messageId: string): string =>
  mark(key, 'message', messageId.trim().replace(/^<|>$/g, ''))

/** A delivery is known again by the platform's number of it. */
export const deliveryMark = (key: KeyObject, platform: string, delivery: string): string =>
  mark(key, 'delivery', `${platform}\0${delivery}`)

/** A file in a folder, as long as neither its place nor its size nor its time changes. */
export const placeMark = (key: KeyObject, path: string, size: number, modified: number): string =>
  mark(key, 'place', `${path}\0${size}\0${modified}`)
