import type { PaperLanguage } from '../../shared/domain/disclosure.ts'
import { incidentPart } from '../../shared/domain/incidents.ts'
import { entryWord } from '../../shared/ledger/entry-words.ts'
import { fill, printTime } from '../disclosure/pdf/print-words.ts'
import type { IncidentRow, IncidentWords } from './incident-rows.ts'
import { incidentTexts } from './incident-words.ts'

/** To whom: one person with what was seen of them, or everybody. */
export type Addressee = { readonly name: string | null; readonly fields: readonly string[] } | 'public'

export type IncidentFacts = {
  readonly row: Pick<IncidentRow, 'discovered_at'>
  readonly words: IncidentWords
  readonly employer: string
  readonly language: PaperLanguage
}

type Piece = { readonly heading?: string; readonly text: string }

/** What is said, piece by piece, in the order of the law. */
export const incidentPieces = ({ row, words, employer, language }: IncidentFacts, to: Addressee): Piece[] => {
  const texts = incidentTexts[language]
  const lead = fill(texts.lead, { employer, discovered: printTime(row.discovered_at), title: words.title })
  const named = to !== 'public' && to.name !== null ? fill(texts.salutation, { name: to.name }) : texts.nameless
  const concerned =
    to === 'public'
      ? texts.publicFields
      : to.fields.length === 0
        ? texts.noFields
        : fill(texts.fields, { fields: to.fields.map((field) => entryWord(language, 'field', field)).join(texts.join) })
  return [
    ...(to === 'public' ? [] : [{ text: named }]),
    { text: lead },
    ...incidentPart.options.map((part) => ({
      heading: texts.parts[part],
      text: words.parts[part].trim() === '' ? texts.unwritten : words.parts[part].trim(),
    })),
    { text: concerned },
  ]
}

/** A letter or the public notice as plain text, for a mail, a page of the enterprise, or reading out. */
export const incidentText = (facts: IncidentFacts, to: Addressee, now: number): string => {
  const texts = incidentTexts[facts.language]
  const title = to === 'public' ? texts.noticeTitle : texts.letterTitle
  const body = incidentPieces(facts, to).map(({ heading, text }) =>
    heading === undefined ? text : `${heading}\n${text}`,
  )
  return [title, ...body, `${fill(texts.end, { employer: facts.employer })}\n${printTime(now).slice(0, 10)}`].join(
    '\n\n',
  )
}
