import { around, findRange } from './dates.ts'
import type { DateRange } from './dates.ts'
import { isHeadRow, labelledInCell } from './labelled.ts'
import type { Labelled } from './labelled.ts'
import { cutCell, partOf } from './source.ts'
import type { Cell, Line } from './source.ts'
import type { LabelKey } from './words/labels.ts'

/** One job, school or project of a section, before its parts are told apart. */
export type Entry = {
  readonly range?: DateRange
  /** What stands in its head lines besides the dates, cut into short pieces. */
  readonly head: readonly Cell[]
  /** What its head lines label: 公司名称：… 职位：… */
  readonly labelled: readonly Labelled[]
  readonly body: readonly Line[]
  readonly start: number
  readonly end: number
}

const bullet = /^(?:[•●◆■▪‣·*➢►▶★☆※✓○◦>-]|\d{1,2}[.、)）]|[(（]\d{1,2}[)）]|[①-⑳])\s*/
const sentence = /[。；;！!]|，.*，|, .*, .*[a-z]/

/** The comma before a campus is part of a name. */
const campus =
  'Berkeley|Davis|Irvine|Los Angeles|Merced|Riverside|San Diego|San Francisco|Santa Barbara|Santa Cruz|Madison|Urbana|Ann Arbor|Amherst|Austin|Dallas|Chapel Hill|College Park|Twin Cities|Boulder|Lincoln'
/** The comma of Co., Ltd. makes no sentence. */
const inName = new RegExp(`,\\s*(?:Ltd|Inc|LLC|Limited|Corp|${campus})\\b`, 'g')

/** Short, no bullet, no sentence: may belong to the head of an entry. */
const isHeadLike = (line: Line): boolean =>
  !line.blank && !bullet.test(line.text) && line.text.length <= 60 && !sentence.test(line.text.replace(inName, ' '))

const headKeys: ReadonlySet<LabelKey> = new Set([
  'company',
  'position',
  'department',
  'school',
  'major',
  'degree',
  'period',
  'project',
])
const leading: ReadonlySet<LabelKey> = new Set(['company', 'school', 'project'])

const labelsOf = (line: Line): readonly Labelled[] => line.cells.flatMap((cell) => labelledInCell(cell, 0))
const isDuty = (line: Line): boolean =>
  labelsOf(line).some((entry) => !headKeys.has(entry.key) && entry.key !== 'aside')

const between = new RegExp(
  `\\s*[/|;；·•]\\s*|\\s+[–—-]{1,2}\\s+|\\s{2,}|,\\s+(?!(?:Inc|Ltd|LLC|Co|Limited|Corp|${campus})\\b)|[，,](?=[\\u4e00-\\u9fff])|\\s+at\\s+(?=[A-Z])`,
  'g',
)

/** Finer pieces of a head cell. English keeps its blanks, Chinese does not need them. */
const pieces = (cell: Cell): readonly Cell[] => {
  // An employer and a title in a sentence are found before its commas cut it.
  const sentenceParts = splitServed(cell)
  if (sentenceParts.length > 1) return sentenceParts
  return cutCell(cell, between).flatMap((part) => (/[\u4e00-\u9fff]/.test(part.text) ? splitChinese(part) : [part]))
}

/** Blanks between Chinese words separate; those beside Latin letters (Java 开发工程师) do not. */
const splitBlanks = (cell: Cell): readonly Cell[] =>
  cutCell(cell, /(?<=[\u4e00-\u9fff)）]) +(?=[\u4e00-\u9fff(（A-Za-z])/g)

/** 在某某公司担任会计: a sentence instead of a line. */
const served =
  /^(?:就职于|任职于|供职于|在|于)?(?<employer>.{2,30}?)(?:担任|出任|任职|(?<!责)任(?!务))(?<title>[^。；;，,]{2,20})(?:[。；;，,].*)?$/d

const splitServed = (cell: Cell): readonly Cell[] => {
  const places = served.exec(cell.text.replace(/^[，,]/, ' ').trimStart())?.indices?.groups
  const shift = cell.text.length - cell.text.replace(/^[，,]/, ' ').trimStart().length
  const [employer, title] = [places?.['employer'], places?.['title']]
  return employer && title
    ? [partOf(cell, employer[0] + shift, employer[1] + shift), partOf(cell, title[0] + shift, title[1] + shift)]
    : [cell]
}

const splitChinese = (cell: Cell): readonly Cell[] => splitBlanks(cell).flatMap(splitServed)

/** One line of a section with what decides where entries begin. */
type Look = {
  readonly line: Line
  readonly range: DateRange | undefined
  readonly labels: readonly Labelled[]
  /** May stand in the head of an entry. */
  readonly headLike: boolean
  /** Begins with a label such as 公司名称. */
  readonly leads: boolean
  /** Holds a piece that looks like what entries of this section are named after. */
  readonly shaped: boolean
}

const look = (line: Line, isStart: (text: string) => boolean): Look => {
  const labelsHere = labelsOf(line)
  const long = bullet.test(line.text) && line.text.length > 60
  return {
    line,
    range: long ? undefined : findRange(line.text),
    labels: labelsHere,
    headLike: isHeadLike(line) && !isDuty(line),
    leads: labelsHere.some((entry) => leading.has(entry.key)),
    shaped: line.cells.some((cell) => pieces(cell).some((piece) => isStart(piece.text))),
  }
}

/** Head-like lines between the heading and the first dates: employers that stand above their dates, in the whole section. */
const leadOf = (looks: readonly Look[]): number => {
  const first = looks.findIndex((found) => found.range !== undefined)
  const before = looks.slice(0, Math.max(0, first))
  return before.every((found) => found.headLike) ? Math.min(2, before.length) : 0
}

/** Where the entry of a dated line begins. `floor`: the first line that is not part of an earlier head. */
const beginning = (looks: readonly Look[], index: number, floor: number, lead: number): number => {
  for (let back = lead; back >= 1; back -= 1) {
    const above = looks.slice(index - back, index)
    if (index - back < floor || !above.every((found) => found.headLike)) continue
    // Each entry of a section stands as its first one does; a shorter head has to look like one.
    if (back === lead || above[0]?.shaped) return index - back
  }
  return index
}

/** Whether the entry that began last still waits for this line's dates (公司名称：… then 时间：…). */
const waitsForDates = (entry: readonly Look[]): boolean =>
  entry.length > 0 && entry.every((found) => found.range === undefined && found.labels.length > 0)

/** Whether the entry that began last is a bare line of dates that waits for its name (时间：… then 公司名称：…). */
const waitsForName = (entry: readonly Look[]): boolean => {
  const [only] = entry
  if (!only?.range || entry.length > 1) return false
  return around(only.line, only.range).every((part) => part.text.length <= 6)
}

/**
 * Cuts the lines of a section into entries. An entry begins at a line with a range of dates, or at a label such as 公司名称;
 * without either, at a line that `isStart` knows. Lines above the dates belong to the entry when the section's first entry
 * has its name above its dates, too.
 * @param headSize - how many pieces name an entry, besides its dates
 */
export function readEntries(
  lines: readonly Line[],
  isStart: (text: string) => boolean,
  headSize: number,
): readonly Entry[] {
  const looks = lines.filter((line) => !line.blank && !isHeadRow(line)).map((line) => look(line, isStart))
  const lead = leadOf(looks)
  const undated = looks.every((found) => found.range === undefined && !found.leads)
  const starts: number[] = []
  for (const [index, found] of looks.entries()) {
    const last = starts.at(-1)
    const open = last === undefined ? [] : looks.slice(last, index)
    if (found.leads) {
      if (!waitsForName(open)) starts.push(index)
    } else if (found.range) {
      if (!waitsForDates(open) && !isDuty(found.line)) starts.push(beginning(looks, index, (last ?? -1) + 1, lead))
    } else if (undated && found.headLike && found.shaped) {
      starts.push(index)
    }
  }
  return starts.map((start, number) =>
    toEntry(
      looks.slice(start, starts[number + 1] ?? looks.length).map((found) => found.line),
      headSize,
    ),
  )
}

const toEntry = (lines: readonly Line[], headSize: number): Entry => {
  const head: Cell[] = []
  const labelled: Labelled[] = []
  let range: DateRange | undefined
  let used = 0
  for (const line of lines) {
    if (used >= 5) break
    const found = range ? undefined : findRange(line.text)
    const named = labelsOf(line).filter((entry) => entry.value.text !== '')
    const isHead =
      used === 0 || found || (isHeadLike(line) && !isDuty(line) && (named.length > 0 || head.length < headSize))
    if (!isHead || (!found && used > 0 && isDuty(line))) break
    used += 1
    const told = named.filter((entry) => entry.key !== 'aside')
    labelled.push(...told.filter((entry) => entry.key !== 'period'))
    if (found) range = found
    if (told.length === 0) for (const cell of line.cells) head.push(...cellPieces(cell))
  }
  const body = lines.slice(used)
  const first = lines[0]
  const last = lines.at(-1)
  return { ...(range && { range }), head, labelled, body, start: first?.start ?? 0, end: last?.end ?? 0 }
}

const cellPieces = (cell: Cell): readonly Cell[] => {
  const found = findRange(cell.text)
  return (found ? around(cell, found) : [cell])
    .map(bare)
    .flatMap(pieces)
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece.text) && labelledInCell(piece, 0).length === 0)
}

/** Without the colon behind the dates, and without how long it was: （2年3个月）. */
const bare = (cell: Cell): Cell => {
  const found = /^[:\s]*(.*?)\s*(?:\((?:\d{1,2} *年(?: *\d{1,2} *个月)?|\d{1,2} *个月|至今)\))?$/.exec(cell.text)
  const lead = cell.text.length - cell.text.replace(/^[:\s]+/, '').length
  return partOf(cell, lead, lead + (found?.[1]?.length ?? cell.text.length))
}

export const bodyText = (entry: Entry, text: string): string | undefined =>
  entry.body
    .map((line) => text.slice(line.start, line.end).trim())
    .join('\n')
    .slice(0, 10_000) || undefined

/** A labelled value of the head. */
export const valueOf = (entry: Entry, key: LabelKey): Cell | undefined =>
  entry.labelled.find((found) => found.key === key)?.value

export const dates = (entry: Entry): { startDate?: string; endDate?: string } => ({
  ...(entry.range && { startDate: entry.range.startDate }),
  ...(entry.range?.endDate && { endDate: entry.range.endDate }),
})
