import { neededProofs } from '../../shared/requests/needed-proofs.ts'
import type { ReaderCall } from '../handler.ts'
import { cleanWords } from '../holds/clean-words.ts'
import { getCertificate } from '../ledger/certificates.ts'
import { redactToString } from '../policy/text/redact.ts'
import { letterTexts, type LetterLanguage } from './letter-texts.ts'
import { personOf } from './request-person.ts'
import { freezesOf, isDisputed, proofsOf, requestWords, type RequestRecord } from './request-rows.ts'
import { certificatesOf, clockOf, numberOf, placeOf, requestNumbers } from './request-view.ts'

export type Letter = {
  readonly title: string
  readonly number: string
  readonly text: string
  /** Signed documents that are put into the file as they are. */
  readonly certificates: ReadonlyArray<{ readonly id: string; readonly json: string }>
}

const dateOf = (at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(at)

const reasonOf = (call: ReaderCall, row: RequestRecord): string | undefined => {
  const { reason } = requestWords(placeOf(call), row)
  const person = personOf(call.store, row)
  if (reason === undefined) return undefined
  return person === undefined ? redactToString(reason) : cleanWords(call, person, reason)
}

/** Once: what is filled in is never looked at again. */
const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole))

/** The receipt of an open request, the reply to one that is answered. */
export const letterOf = (call: ReaderCall, row: RequestRecord, language: LetterLanguage): Letter => {
  const texts = letterTexts[language]
  const { employer } = call.account.view
  const officer = call.vault.accounts.get(call.account.view.id)?.officer
  const clock = clockOf(call.core.profiles, row, call.now)
  const numbers = requestNumbers(call.core.profiles, row)
  const comma = language === 'zh-CN' ? '、' : ', '
  const shown = new Set(proofsOf(row).map(({ kind }) => kind))
  const missing = neededProofs(row.requester).filter((kind) => !shown.has(kind))
  const received = fill(texts.received, {
    employer,
    received: dateOf(row.received_at),
    via: texts.via[row.via],
    kind: texts.kind[row.kind],
    number: numberOf(row),
  })
  const papers = fill(texts.papers, { days: numbers.papers_days.value })
  const certificates = certificatesOf(call, row).flatMap((id) => {
    const stored = getCertificate(call.vault.ledgerDb.reader, id)
    return stored === undefined ? [] : [{ id, json: stored.json }]
  })
  const open = [
    isDisputed(row)
      ? fill(texts.stopped, { since: dateOf(freezesOf(row).at(-1)?.from ?? row.received_at) })
      : fill(texts.dueReceipt, { due: dateOf(clock.due_at ?? row.received_at), days: clock.of }),
    ...(row.identity === 'open' && missing.length > 0
      ? [fill(texts.show, { proofs: missing.map((kind) => texts.proof[kind]).join(comma) }), papers]
      : []),
  ]
  const reason = reasonOf(call, row)
  const nothingHere = row.outcome === 'done' && row.carried_out_at === null && row.kind !== 'explain'
  const closed = [
    ...(row.identity === 'verified' && row.identity_at !== null
      ? [fill(texts.checked, { at: dateOf(row.identity_at) })]
      : []),
    row.outcome === null || row.outcome === 'done'
      ? nothingHere
        ? texts.nothing
        : texts.done[row.kind]
      : texts.outcome[row.outcome],
    ...(reason === undefined ? [] : [fill(texts.reason, { reason })]),
    ...(certificates.length === 0
      ? []
      : [fill(texts.certificates, { ids: certificates.map(({ id }) => id).join(comma) })]),
    ...(row.outcome === 'fee_quoted' ? [] : [texts.free]),
    ...(row.identity === 'verified' && shown.size > 0 ? [papers] : []),
    // Whoever did not get what they asked for is told where to turn (ZP-108).
    ...(row.outcome === 'done' ? [] : [numbers.complaint[language === 'en-US' ? 'en' : 'zh']]),
  ]
  return {
    title: row.state === 'open' ? texts.receipt : texts.reply,
    number: numberOf(row),
    certificates,
    text: [
      texts.greeting,
      received,
      ...(row.state === 'open' ? open : closed),
      ...(officer === undefined || officer === '' ? [] : [fill(texts.officer, { officer })]),
      fill(texts.sign, { employer, at: dateOf(row.closed_at ?? call.now) }),
    ].join('\n\n'),
  }
}
