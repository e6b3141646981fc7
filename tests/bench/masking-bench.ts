import { findContacts } from '../../electron/shared/text/find-contacts.ts'
import { measure, readLabelledLines } from '../unit/shared/text/labelled-lines.ts'
import { atLeast, inTurns, median, timed, type Result } from './figures.ts'
import type { BenchContext } from './place.ts'
import { makeChanges } from './synthetic-changes.ts'

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
  const { lines } = readLabelledLines()
  const { all } = measure(lines)
  return [
    atLeast('P11', 'masking against a scan of each character, by rate', 0.4, median(turns.b) / median(turns.a)),
    atLeast('P11', `recall: labelled contacts that are masked, of ${all?.labels}, share`, 1, all?.recall ?? 0),
    atLeast('P11', `precision: marks that hide a contact, in ${lines.length} lines, share`, 0.99, all?.precision ?? 0),
  ]
}
