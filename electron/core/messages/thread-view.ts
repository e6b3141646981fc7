import type { MessageView, ThreadHead, ThreadRow, ThreadView } from '../../shared/domain/messages.ts'
import type { ContactField } from '../../shared/domain/vocabulary.ts'
import type { OwnWords } from '../../shared/text/find-own-names.ts'
import { findToldName } from '../../shared/text/find-told.ts'
import { flagsOf } from '../candidates/candidate-rows.ts'
import { contactValue, ownWordsOf } from '../candidates/person.ts'
import { rowView } from '../candidates/row-view.ts'
import type { ReaderCall } from '../handler.ts'
import type { Refusal } from '../policy/policy-request.ts'
import { maskEmail, maskName, maskPhone, maskWechat } from '../policy/text/mask.ts'
import { redact } from '../policy/text/redact.ts'
import { cardsUntil } from '../retention/evict-cards.ts'
import { listProjection } from '../search/list-projection.ts'
import { readTold, surnameOf } from '../sync/told-in-chat.ts'
import { readNote } from './disclosed-note.ts'
import { listMessages, openText, type MessageRow } from './message-rows.ts'
import { messageRefusal } from './require-contact.ts'
import { isReachable, type MessagePlace } from './send-message.ts'

/** What the card of the person shows; never anything of an account, theirs or ours (LG-15). */
export const headOf = (call: ReaderCall, place: MessagePlace): ThreadHead => {
  const { candidate, applications, current, request, person } = place
  const until = cardsUntil(call.store, request.profile)
  const projection = listProjection(person, applications, (flagsOf(candidate).public_fields ?? []).includes('name'))
  const row = rowView({ request, candidate, applications, current, projection, cardsUntil: until, now: call.now })
  const { name, title, company, city, years, degree } = row
  const shown = Object.entries({ name, title, company, city, years, degree }).filter(([, value]) => value !== undefined)
  return {
    application_id: current.id as ThreadHead['application_id'],
    record_id: row.id,
    job_id: current.job_id as ThreadHead['job_id'],
    job_title: current.job_title ?? '',
    ...(current.job_status === null ? {} : { job_status: current.job_status as NonNullable<ThreadHead['job_status']> }),
    platform: candidate.platform,
    channel: current.channel,
    ...(Object.fromEntries(shown) as Partial<ThreadHead>),
  }
}

const patterns: Readonly<Record<ContactField, (value: string) => string>> = {
  name: maskName,
  phone: maskPhone,
  email: maskEmail,
  wechat: maskWechat,
}

/** The words of a conversation, opened once. Names that were said in it are masked wherever they stand in it. */
export const openThread = (call: ReaderCall, place: MessagePlace) => {
  const { keystore } = call.account
  const rows = listMessages(call.store, place.current.id)
  const texts = new Map(rows.map((row) => [row.id, openText(keystore, place.current.key_slot, row)]))
  const surname = surnameOf(contactValue(place.person, 'name'))
  const said = rows.flatMap((row) => {
    const name = row.author === 'candidate' ? findToldName(texts.get(row.id) ?? '', surname) : null
    return name === null ? [] : [name]
  })
  const own = ownWordsOf(place.person)
  const words: OwnWords = { names: [...new Set([...own.names, ...said])], literal: own.literal }
  return { rows, words, surname, textOf: (row: MessageRow): string => texts.get(row.id) ?? '' }
}

type Thread = ReturnType<typeof openThread>

const possibleOf = (call: ReaderCall, place: MessagePlace, row: MessageRow, { surname }: Thread) => {
  const { possible } = readNote(row.disclosed)
  if (possible.length === 0) return []
  const read = readTold(call.account.keystore, call.store, place.current.key_slot, row, surname)
  return read.possible.flatMap(({ field, value }, index) =>
    possible.includes(field) ? [{ field, index, pattern: patterns[field](value) }] : [],
  )
}

/** Whether it still lies in the outbox, and what the hub said of it where it refused. */
const outboxOf = (call: ReaderCall, id: string) =>
  call.store.get<{ state: string; problem: string | null }>('SELECT state, problem FROM outbox WHERE id = ?', id)

const viewOf = (call: ReaderCall, place: MessagePlace, row: MessageRow, thread: Thread): MessageView => {
  const queued = row.state === 'queued' || row.state === 'refused' ? outboxOf(call, row.id) : undefined
  const me = call.account.me()?.id ?? call.account.view.id
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    author: row.author,
    ...(row.account === null ? {} : { mine: row.account === me }),
    state: row.state,
    ...(queued === undefined || queued.problem === null ? {} : { problem: queued.problem }),
    text: redact(thread.textOf(row), thread.words),
    told: [...readNote(row.disclosed).told],
    possible: possibleOf(call, place, row, thread),
    recallable: queued !== undefined && call.account.role === 'hr',
  }
}

const refusalView = (refused: Refusal | null): ThreadView['human'] =>
  refused === null ? null : { rule: refused.rule, clause: refused.clause, lift: refused.lift }

/** A whole conversation, masked with everything that is known of its person. */
export const threadView = (call: ReaderCall, place: MessagePlace): ThreadView => {
  const thread = openThread(call, place)
  const flags = flagsOf(place.candidate)
  return {
    head: headOf(call, place),
    messages: thread.rows.map((row) => viewOf(call, place, row, thread)),
    reachable: isReachable(call, place),
    human: refusalView(messageRefusal(call.store, place, 'human')),
    ai: refusalView(messageRefusal(call.store, place, 'ai')),
    no_contact: flags.do_not_contact === true ? 'platform' : flags.no_contact_here === true ? 'here' : null,
  }
}

const longestLine = 120

/** The first words of a text, never cut inside of a mark. */
const shortened = (text: ThreadRow['last']['text']): ThreadRow['last']['text'] => {
  const line: ThreadRow['last']['text'] = []
  let left = longestLine
  for (const part of text) {
    if (left <= 0) break
    const plain = typeof part === 'string' ? part.replace(/\s+/gu, ' ') : part.text.replace(/\s+/gu, ' ')
    const cut = [...plain].slice(0, left).join('')
    left -= [...cut].length
    line.push(typeof part === 'string' ? cut : { masked: part.masked, text: cut })
  }
  return line
}

/** A conversation as a row of the list; null where it has no message (any more). */
export const threadRow = (call: ReaderCall, place: MessagePlace): ThreadRow | null => {
  const thread = openThread(call, place)
  const last = thread.rows.at(-1)
  if (last === undefined) return null
  return {
    ...headOf(call, place),
    last: {
      at: last.at,
      kind: last.kind,
      author: last.author,
      state: last.state,
      text: shortened(redact(thread.textOf(last), thread.words)),
    },
    unread: thread.rows.filter(({ author, read_at: readAt }) => author === 'candidate' && readAt === null).length,
  }
}
