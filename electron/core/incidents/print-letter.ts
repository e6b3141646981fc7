import { drawPaper, type PaperBlock } from '../disclosure/pdf/draw-paper.ts'
import { printTime } from '../disclosure/pdf/print-words.ts'
import { programVersion } from '../program-version.ts'
import { incidentPieces, type Addressee, type IncidentFacts } from './incident-text.ts'
import { incidentTexts } from './incident-words.ts'

/** A letter to print. */
export const printLetter = (facts: IncidentFacts, to: Addressee, now: number): Promise<Buffer> => {
  const texts = incidentTexts[facts.language]
  const [salutation, lead, ...rest] = incidentPieces(facts, to)
  const blocks = rest.flatMap(({ heading, text }): PaperBlock[] => [
    ...(heading === undefined ? [] : [{ kind: 'heading' as const, text: heading }]),
    { kind: 'text', text },
  ])
  return drawPaper({
    title: texts.letterTitle,
    subtitle: facts.employer,
    lead: printTime(now).slice(0, 10),
    blocks: [
      { kind: 'gap' },
      { kind: 'text', text: salutation?.text ?? '' },
      { kind: 'text', text: lead?.text ?? '' },
      ...blocks,
    ],
    foot: texts.page,
    language: facts.language,
    madeAt: now,
    creator: `candor ${programVersion}`,
  })
}
