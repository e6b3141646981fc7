import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { findContacts } from '../../electron/shared/text/find-contacts.ts'
import { atLeast, inTurns, median, timed, type Result } from './figures.ts'
import type { BenchContext } from './place.ts'
import { makeChanges } from './synthetic-changes.ts'

const labelled = z.object({
  names: z.array(z.string()),
  lines: z.array(z.object({ text: z.string(), contacts: z.array(z.tuple([z.string(), z.string()])) })),
})

/** Share of the labelled contacts that what is found covers whole. */
const recall = (): number => {
  const file = new URL('../fixtures/contacts-labelled.json', import.meta.url)
  const { names, lines } = labelled.parse(JSON.parse(readFileSync(file, 'utf8')))
  let [all, covered] = [0, 0]
  for (const { text, contacts } of lines) {
    const found = findContacts(text, names)
    let before = text.length
    for (const [, value] of contacts.toReversed()) {
      const start = text.lastIndexOf(value, before - value.length)
      before = start
      all += 1
      if (found.some((span) => span.start <= start && span.end >= start + value.length)) covered += 1
    }
  }
  return covered / all
}

const scan = (text: string): number => {
  let sum = 0
  for (const character of text) sum = (sum + (character.codePointAt(0) ?? 0)) | 0
  return sum
}

/** P11: finding what must be masked against looking at each character once. */
export const maskingBench = ({ note }: BenchContext): Result[] => {
  const texts = makeChanges('masking', 2000, Date.now()).flatMap((change) => {
    const { data } = change as {
      readonly data: { readonly resume?: { readonly work: ReadonlyArray<{ summary: string }> } }
    }
    return data.resume === undefined ? [] : [data.resume.work.map((item) => item.summary).join('\n')]
  })
  const bytes = texts.reduce((sum, text) => sum + text.length * 2, 0)
  let kept = 0
  const turns = inTurns(
    9,
    () => timed(() => texts.forEach((text) => (kept += findContacts(text).length))),
    () => timed(() => texts.forEach((text) => (kept += scan(text) & 1))),
  )
  note(
    `masking reads ${(bytes / 1000 / median(turns.a)).toFixed(0)} MB/s (${kept === 0 ? 'nothing found' : 'checked'})`,
  )
  return [
    atLeast('P11', 'masking against a scan of each character, by rate', 0.4, median(turns.b) / median(turns.a)),
    atLeast('P11', 'labelled contacts that are masked, share', 1, recall()),
  ]
}
