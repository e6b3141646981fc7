import type { Resume } from '../../shared/domain/resume.ts'
import { isoMonth } from './dates.ts'
import { belief, note } from './reading.ts'
import type { Draft, Source } from './reading.ts'
import { linesOf } from './sections.ts'
import { cutCell } from './source.ts'
import type { Cell } from './source.ts'
import { languageNames } from './words/vocabulary.ts'

const lead =
  /^(?:[•●◆■▪·*➢►▶★☆※✓○>-]|\d{1,2}[.、)）])?\s*(?:能够?|可以?)?\s*(熟练掌握|熟练使用|熟练运用|熟练|精通|熟悉|掌握|了解|擅长|会使用|会|使用|proficient (?:in|with)|expert in|familiar with|experienced (?:in|with)|knowledge of)\s*[:：]?\s*/i
const category = /^[\p{L}\s/&+#()（）]{2,24}[:：]\s*/u
const separators =
  /\s*(?:[,，、;；|\t•·]|\s\/\s|(?<=[\u4e00-\u9fff])\/|\/(?=[\u4e00-\u9fff])|和(?=[A-Za-z])|(?<=[A-Za-z])和| and |等(?:技术|工具|框架|软件)?[。，,]?$)\s*/g

const items = (cells: readonly Cell[]): readonly { readonly cell: Cell; readonly level: string | undefined }[] =>
  cells.flatMap((cell) => {
    let text = cell.text.replace(/[。.]+$/, '')
    text = text.replace(/^(?:[•●◆■▪·*➢►▶★☆※✓○>-]|\d{1,2}[.、)）])\s*/, '').replace(category, '')
    const level = lead.exec(text)?.[1]
    text = text.replace(lead, '')
    const start = cell.start + cell.text.indexOf(text)
    return cutCell({ text, start, end: start + text.length }, separators)
      .map((piece) => ({
        cell: { ...piece, text: piece.text.replace(lead, '').replace(/等$/, '') },
        level: level ?? lead.exec(piece.text)?.[1],
      }))
      .filter(({ cell: piece }) => piece.text.length >= 1 && piece.text.length <= 30 && /[\p{L}]/u.test(piece.text))
  })

/** Skills as short words; whole sentences of a skills section stay in the text only. */
export function readSkills(source: Source, draft: Draft): Resume['skills'] {
  const own = linesOf(source.sections, 'skills').flatMap((line) => line.cells)
  const labelled = source.labelled.filter((entry) => entry.key === 'skills').map((entry) => entry.value)
  const skills = new Map<string, Resume['skills'][number]>()
  for (const { cell, level } of items([...own, ...labelled])) {
    if (!skills.has(cell.text) && skills.size < 200) skills.set(cell.text, { name: cell.text, ...(level && { level }) })
  }
  const first = own[0] ?? labelled[0]
  if (skills.size > 0)
    note(draft, 'skills', belief.placed, first && { start: first.start, end: (own.at(-1) ?? first).end })
  return [...skills.values()]
}

const fluency =
  /(?:CET-?\s?[46]|(?:大学英语)?[四六]级|专业?[四八]级|专[四八]|TEM-?[48]|N[1-5]|雅思\s?[\d.]+|IELTS\s?[\d.]+|托福\s?\d+|TOEFL\s?\d+|流利|熟练|精通|良好|一般|母语|入门|日常交流|工作语言|普通话[一二]级[甲乙]等|[一二]级[甲乙]等|native|fluent|proficient|business|intermediate|basic|conversational|professional(?: working)?)[^,，;；、|\t]{0,14}/i

export function readLanguages(source: Source, draft: Draft): Resume['languages'] {
  const lines = linesOf(source.sections, 'languages').flatMap((line) => line.cells)
  const labelled = source.labelled.filter((entry) => entry.key === 'language')
  const cells = [
    ...lines,
    ...labelled.map((entry) => ({
      ...entry.value,
      text: /^(?:英语|日语|英语水平|english)$/i.test(entry.label)
        ? `${entry.label.replace('水平', '')} ${entry.value.text}`
        : entry.value.text,
    })),
  ]
  const languages = new Map<string, Resume['languages'][number]>()
  for (const cell of cells) {
    const names = [...cell.text.matchAll(languageNames)]
    for (const [index, match] of names.entries()) {
      const rest = cell.text.slice(match.index + match[0].length, names[index + 1]?.index ?? cell.text.length)
      const level = fluency.exec(rest)?.[0].replace(/[)）\s]+$/, '')
      if (!languages.has(match[0])) languages.set(match[0], { language: match[0], ...(level && { fluency: level }) })
    }
    if (names.length > 0) note(draft, 'languages', belief.shaped, { start: cell.start, end: cell.end })
  }
  if (languages.size === 0) readBareLanguages(source, draft, languages)
  return [...languages.values()]
}

/** 英语CET-6 among what stands at the top, without a label or a section. */
const readBareLanguages = (source: Source, draft: Draft, languages: Map<string, Resume['languages'][number]>): void => {
  const lines = [...linesOf(source.sections, 'top'), ...linesOf(source.sections, 'basics')].slice(0, 12)
  for (const line of lines) {
    for (const match of line.text.matchAll(languageNames)) {
      const behind = match.index + match[0].length
      const level = /^[\s:(]{0,2}([^\s,，;；、|)]{1,14})/.exec(line.text.slice(behind))?.[1]
      const found = level === undefined ? undefined : fluency.exec(level)
      if (found?.index !== 0 || languages.has(match[0])) continue
      languages.set(match[0], { language: match[0], fluency: found[0] })
      note(draft, 'languages', belief.placed, {
        start: line.start + match.index,
        end: line.start + behind + found[0].length,
      })
    }
  }
}

export function readCertificates(source: Source, draft: Draft): Resume['certificates'] {
  const own = linesOf(source.sections, 'certificates').flatMap((line) =>
    line.cells.length > 1 && isoMonth(line.text) ? [line] : line.cells,
  )
  const labelled = source.labelled.filter((entry) => entry.key === 'certificates').map((entry) => entry.value)
  const certificates = new Map<string, Resume['certificates'][number]>()
  for (const cell of [...own, ...labelled].flatMap((found) => cutCell(found, /\s*[,，、;；]\s*/g))) {
    const date = isoMonth(cell.text)
    const name = cell.text
      .replace(/^(?:[•●◆■▪·*➢►▶★☆※✓○>-]|\d{1,2}[.、)）](?!\d))\s*/, '')
      .replace(/[(（]?(?:19|20)\d{2}(?:\s*[年./-]\s*\d{1,2})?\s*[月年]?[)）]?/g, '')
      .replace(/^[\s:：-]+|[\s:：。-]+$/g, '')
    if (name.length < 2 || name.length > 60 || certificates.has(name)) continue
    certificates.set(name, { name, ...(date && { date }) })
    note(draft, 'certificates', belief.placed, cell)
  }
  return [...certificates.values()].slice(0, 60)
}
