import { labels } from './words/labels.ts'
import type { LabelKey } from './words/labels.ts'
import { partOf } from './source.ts'
import type { Cell, Line } from './source.ts'

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** 姓名 → 姓 *名; English labels keep their blanks as any white space. */
const pattern = (label: string): string =>
  /[\u4e00-\u9fff]/.test(label) ? [...label].map(escape).join('\\s{0,4}') : escape(label).replaceAll(' ', '\\s+')

const keyOf = new Map<string, LabelKey>()
for (const key of Object.keys(labels) as LabelKey[])
  for (const label of labels[key]) keyOf.set(label.replaceAll(' ', ''), key)

const all = [...keyOf.keys(), ...Object.values(labels).flat()].sort((a, b) => b.length - a.length)
const alternatives = [...new Set(all.map(pattern))].join('|')

/** A label with a colon anywhere in a cell, not glued to a word before it. */
const inside = new RegExp(`(?<![\\u4e00-\\u9fffA-Za-z])(${alternatives}) *(?:[(][^)]{1,12}[)])? *: *`, 'gi')
const alone = new RegExp(`^(?:[^\\p{L}\\p{N}]{0,3})(${alternatives}) *:?$`, 'iu')

const lookUp = (label: string): LabelKey | undefined => keyOf.get(label.toLowerCase().replace(/\s+/g, ''))

export type Labelled = {
  readonly key: LabelKey
  /** As written. */
  readonly label: string
  readonly value: Cell
  /** Index of its line. */
  readonly line: number
}

/** What is labelled within one cell: 姓名:张三 性别:男 gives two. Text before the first label is left alone. */
export const labelledInCell = (cell: Cell, line: number): readonly Labelled[] => {
  // Most cells have none, and looking for hundreds of labels at each letter of them costs more than all the rest.
  if (!cell.text.includes(':')) return []
  const matches = [...cell.text.matchAll(inside)]
  return matches.flatMap((match, index) => {
    const key = lookUp(match[1] ?? '')
    const value = partOf(cell, match.index + match[0].length, matches[index + 1]?.index ?? cell.text.length)
    return key ? [{ key, label: match[1] ?? '', value, line }] : []
  })
}

/** Whether a text is a label and nothing else. */
export const isLabel = (text: string): boolean => alone.test(text)

/** A row that names the columns below it: 起止时间 | 单位名称 | 职务. */
export const isHeadRow = (line: Line): boolean =>
  line.cells.length > 1 && line.cells.every((cell) => alone.test(cell.text))

/** All labelled values of a text, in order; a label alone in its cell takes the next cell of the row (tables, forms). */
export function readLabelled(lines: readonly Line[]): readonly Labelled[] {
  const found: Labelled[] = []
  for (const [number, line] of lines.entries()) {
    for (let index = 0; index < line.cells.length; index += 1) {
      const cell = line.cells[index]
      if (!cell) continue
      const only = alone.exec(cell.text)
      const key = only ? lookUp(only[1] ?? '') : undefined
      const next = line.cells[index + 1]
      if (key && next && !alone.test(next.text)) {
        found.push({ key, label: only?.[1] ?? '', value: next, line: number })
        index += 1
      } else {
        found.push(...labelledInCell(cell, number).filter((entry) => entry.value.text !== ''))
      }
    }
  }
  return found
}
