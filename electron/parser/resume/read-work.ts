import { bodyText, dates, readEntries, valueOf } from './entries.ts'
import type { Entry } from './entries.ts'
import { belief, note } from './reading.ts'
import type { Draft, Source, Work } from './reading.ts'
import { written } from './source.ts'
import type { Cell } from './source.ts'
import { linesOf } from './sections.ts'
import { companyWord, positionWord } from './words/vocabulary.ts'

const isDepartment = (text: string): boolean =>
  /(?:部|部门|事业群|事业部|组)$/.test(text) || /\bdepartment\b/i.test(text)

const isCompany = ({ text }: Cell): boolean =>
  companyWord.test(text) && (!positionWord.test(text) || /(?:公司|集团)$/.test(text))

const toWork = (entry: Entry, text: string): Work => {
  const cells = entry.head.filter((piece) => piece.text.length <= 80)
  const company = valueOf(entry, 'company') ?? cells.find(isCompany)
  const rest = cells.filter((cell) => cell !== company)
  const position = valueOf(entry, 'position') ?? rest.find((cell) => positionWord.test(cell.text))
  const left = rest.filter((cell) => cell !== position && !isDepartment(cell.text))
  // Neither shape known: by custom the employer stands first.
  const name = company ?? left.shift()
  const title = position ?? left.shift()
  const summary = bodyText(entry, text)
  return {
    ...(name && { name: written(text, name).slice(0, 200) }),
    ...(title && { position: written(text, title).slice(0, 200) }),
    ...dates(entry),
    ...(summary && { summary }),
  }
}

/** Reads jobs and internships, in the order of the text. */
export function readWork(source: Source, draft: Draft): readonly Work[] {
  const entries = readEntries(linesOf(source.sections, 'work'), (text) => companyWord.test(text), 2)
  const work = entries
    .map((entry) => ({ entry, job: toWork(entry, source.text) }))
    .filter(({ job }) => job.name !== undefined || job.startDate !== undefined)
    .slice(0, 60)
  for (const { entry, job } of work) {
    note(draft, 'work', job.name && job.startDate && job.position ? belief.shaped : belief.guessed, entry)
  }
  return work.map(({ job }) => job)
}

/** Full years from the first job to now; overlaps and gaps do not count. */
export const yearsOfWork = (work: readonly Work[], now: number): number | undefined => {
  const first = work
    .map((job) => job.startDate ?? '')
    .filter(Boolean)
    .sort()[0]
  if (!first) return undefined
  const [year = 0, month = 7] = first.split('-').map(Number)
  const today = new Date(now)
  const months = (today.getUTCFullYear() - year) * 12 + today.getUTCMonth() + 1 - month
  return months < 0 || months > 720 ? undefined : Math.floor(months / 12)
}
