import { headingOf } from './sections.ts'
import { belief, note } from './reading.ts'
import type { Draft, Source } from './reading.ts'
import { cutCell } from './source.ts'
import type { Cell } from './source.ts'
import { titles } from './words/headings.ts'
import { cities } from './words/cities.ts'
import { compoundSurnames, companyWord, positionWord, schoolEnd, surnames } from './words/vocabulary.ts'

const noNames = new Set<string>([...titles, ...cities])
const noNameWords =
  /简历|男|女|应聘|求职|意向|岗位|电话|邮箱|学历|本科|硕士|专业|经验|大学|学院|公司|年|月|岁|技术|技能|开发|管理|族|婚|群众|团员|离职|在职|应届|安全|申请/

/** Two to four ideographs (or more with a middle dot) that begin with a surname. */
export const isChineseName = (text: string): boolean => {
  if (!/^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}$/.test(text)) return false
  if (noNames.has(text) || noNameWords.test(text) || positionWord.test(text) || companyWord.test(text)) return false
  if (text.includes('·')) return true
  if (compoundSurnames.some((surname) => text.startsWith(surname))) return text.length >= 3
  return text.length <= 3 && surnames.includes(text.charAt(0))
}

const englishParts = /^[A-Z][A-Za-z'’-]{0,20}(?: [A-Z]\.?)?(?: [A-Z][A-Za-z'’-]{1,20}){1,3}$/

/** Two to four capitalised words that are no heading, no job, no place. */
export const isEnglishName = (text: string): boolean =>
  englishParts.test(text) &&
  !headingOf(text) &&
  !noNames.has(text.toLowerCase()) &&
  !noNames.has(text) &&
  !positionWord.test(text) &&
  !companyWord.test(text) &&
  !schoolEnd.test(text) &&
  !/\b(?:resume|vitae|road|street|city|china|java|data|senior|junior|product|software)\b/i.test(text)

const isName = (text: string): boolean => isChineseName(text) || isEnglishName(text)

/** The name itself of what stands behind a label: without the English form, the sex, a note in brackets. */
const bareName = (cell: Cell): Cell | undefined => {
  const match =
    /^(?:[\u4e00-\u9fff](?: {1,4}[\u4e00-\u9fff]){1,3}(?![\u4e00-\u9fff])|[\u4e00-\u9fff·]{2,15}|[A-Za-z][A-Za-z .'’-]{1,40})/.exec(
      cell.text,
    )
  if (!match) return undefined
  const text = match[0].trim()
  return { text, start: cell.start, end: cell.start + text.length }
}

const squeeze = (text: string): string => (/[\u4e00-\u9fff]/.test(text) ? text.replace(/ +/g, '') : text)

/** Cells of the first lines, cut finer and finer: 张三 男 28岁 / 张三（Zhang San） / 张三的个人简历 / 张 三. */
const candidates = (cell: Cell): readonly Cell[] => {
  const bare = cell.text.replace(/(?:的)?(?:个人|求职|应聘)?简历$|^(?:个人|求职|应聘)?简历\s*[-–—:_]?\s*/g, '')
  const offset = cell.text.indexOf(bare)
  const rest: Cell = {
    text: bare,
    start: cell.start + Math.max(0, offset),
    end: cell.start + Math.max(0, offset) + bare.length,
  }
  const spaced = /^[\u4e00-\u9fff](?: {1,4}[\u4e00-\u9fff]){1,2}$/.test(rest.text)
    ? [{ ...rest, text: squeeze(rest.text) }]
    : []
  return [rest, ...spaced, ...cutCell(rest, /[()（）,，/·•;]+/g), ...cutCell(rest, /[\s()（）,，/|•;_-]+/g)]
}

/** 简历：张三 */
const titled = /^(?:个人|求职|应聘)?简历\s*:/

/** 我叫张三 in a letter. */
const introduced = /(?:我叫|我是|本人)\s*([\u4e00-\u9fff·]{2,8}?)(?=[\s,，。.(（、])/g

const topCells = (source: Source): readonly Cell[] => {
  const early = source.sections.filter(
    (section, index) => index < 2 && (section.kind === 'top' || section.kind === 'basics'),
  )
  return early
    .flatMap((section) => section.lines.filter((line) => !line.blank).slice(0, 8))
    .flatMap((line) => line.cells)
    .filter((cell) => cell.text.length <= 60 && !/[:@]/.test(cell.text.replace(titled, '')))
}

const hints = (hint: string): readonly string[] =>
  hint.split(/[\s_\-—–+.()（）【】[\],，、]+|的?(?:个人)?简历/).filter(isName)

const set = (draft: Draft, name: string, confidence: number, cell?: Cell): void => {
  draft.basics.name = name
  note(draft, 'name', confidence, cell)
}

/** Reads the name: a label, else a name among the first lines, else what the file is called. */
export function readName(source: Source, draft: Draft): void {
  const labelled = source.labelled.filter((entry) => entry.key === 'name').map((entry) => bareName(entry.value))
  const stated = labelled.find((cell) => cell !== undefined)
  if (stated) return set(draft, squeeze(stated.text), belief.labelled, stated)

  const hinted = hints(source.nameHint)
  const found = topCells(source).flatMap(candidates)
  const agreed = found.find((cell) => hinted.includes(squeeze(cell.text)))
  if (agreed) return set(draft, squeeze(agreed.text), belief.labelled, agreed)

  const shaped = found.find((cell) => isName(cell.text))
  if (shaped) return set(draft, shaped.text, belief.shaped, shaped)
  for (const match of source.text.matchAll(introduced)) {
    const [whole, name = ''] = match
    const start = match.index + whole.length - name.length
    if (isChineseName(name)) return set(draft, name, belief.shaped, { text: name, start, end: start + name.length })
  }
  if (hinted[0]) return set(draft, hinted[0], belief.hinted)
}
