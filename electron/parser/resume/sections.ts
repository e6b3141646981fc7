import { headings } from './words/headings.ts'
import type { SectionKind } from './words/headings.ts'
import type { Line } from './source.ts'

export type Section = { readonly kind: SectionKind; readonly lines: readonly Line[] }

const kindOf = new Map<string, SectionKind>()
const flat = (text: string): string => text.toLowerCase().replace(/[\s·&]+/g, '')
for (const kind of Object.keys(headings) as Array<keyof typeof headings>) {
  for (const heading of headings[kind]) kindOf.set(flat(heading), kind)
}

/** Bullets, numbers, frames and rules around a heading. */
const strip = (text: string): string =>
  text
    .replace(/^(?:[^\p{L}\p{N}]+|(?:第?[一二三四五六七八九十]|\d{1,2})[、.)]\s*|\d{1,2}\s+)+/u, '')
    .replace(/[^\p{L}\p{N})]+$/u, '')

/** The section that a line begins, if it is a heading: 【工作经历】, 二、教育背景 Education, WORK EXPERIENCE: */
export const headingOf = (text: string): SectionKind | undefined => {
  const bare = strip(text)
  if (bare === '' || bare.length > 40) return undefined
  const whole = kindOf.get(flat(bare))
  if (whole) return whole
  // Chinese and English side by side.
  const both = /^([\u4e00-\u9fff\s]+?)[\s/(（·-]*([A-Za-z][A-Za-z &]+)\)?$/.exec(bare)
  if (both)
    return kindOf.get(flat(both[1] ?? '')) && (kindOf.get(flat(both[2] ?? '')) ?? kindOf.get(flat(both[1] ?? '')))
  return undefined
}

/** Cuts a resume into sections; what stands before the first heading is `top`. */
export function readSections(lines: readonly Line[]): readonly Section[] {
  const sections: Array<{ kind: SectionKind; lines: Line[] }> = [{ kind: 'top', lines: [] }]
  for (const line of lines) {
    const kind = line.blank ? undefined : headingOf(line.text)
    const first = line.cells[0]
    const side = !kind && first && line.cells.length > 1 ? headingOf(first.text) : undefined
    if (kind) {
      sections.push({ kind, lines: [] })
    } else if (side && first && !isRowOfLabels(line)) {
      // A layout table: the heading on the left, its section on the right.
      const cells = line.cells.slice(1)
      const start = cells[0]?.start ?? first.end
      sections.push({ kind: side, lines: [{ ...line, text: line.text.slice(start - line.start), start, cells }] })
    } else {
      sections.at(-1)?.lines.push(line)
    }
  }
  return sections
}

/** 求职意向 | 会计 | 期望城市 | 北京 is a row of a form, not a section with its heading at the side. */
const isRowOfLabels = (line: Line): boolean =>
  line.cells.length > 1 && line.text.length < 60 && !/\d{4}/.test(line.text)

export const linesOf = (sections: readonly Section[], kind: SectionKind): readonly Line[] =>
  sections.filter((section) => section.kind === kind).flatMap((section) => section.lines)
