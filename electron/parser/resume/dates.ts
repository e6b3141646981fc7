import type { Cell } from './source.ts'
import { partOf } from './source.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const year = '(?:19[4-9]\\d|20[0-4]\\d)'
const numeric = `${year} *(?:年 *(?:1[0-2]|0?[1-9])(?!\\d) *(?:月份?)?(?: *\\d{1,2} *[日号])?|[./-] *(?:1[0-2]|0?[1-9])(?!\\d)(?:[./-](?:3[01]|[12]\\d|0?[1-9])(?!\\d))?|年)?`
const english = `${monthName}\\.?,? +${year}`
const slashed = `(?:1[0-2]|0?[1-9])/${year}`
const date = `(?:${english}|(?<!\\d)${slashed}|(?<!\\d)${numeric})`
const open = '(?:至今|今|现在|目前|present|now|current|to date|today)'

const range = new RegExp(
  `[(（\\[]?(${date})(?!\\d) *(?:-{1,3}|[–—~～〜―−]{1,2}|至|到|to|until) *(${date}(?!\\d)|${open}(?![a-z]))[)）\\]]?|[(（\\[]?(${date}) *(至今)[)）\\]]?`,
  'gi',
)
const single = new RegExp(date, 'gi')

const inWords = new RegExp(`(${monthName})\\.?,? +(${year})`, 'i')
const american = new RegExp(`(?<!\\d)(1[0-2]|0?[1-9])/(${year})`)
const usualOrder = new RegExp(`(${year}) *(?:[年./-] *(1[0-2]|0?[1-9])(?!\\d))?`)

/** `YYYY-MM`, or `YYYY` where no month stands; undefined where no date is. */
export const isoMonth = (text: string): string | undefined => {
  const word = inWords.exec(text)
  if (word) {
    const month = months.indexOf((word[1] ?? '').slice(0, 3).toLowerCase()) + 1
    return `${word[2]}-${String(month).padStart(2, '0')}`
  }
  const us = american.exec(text)
  if (us) return `${us[2]}-${(us[1] ?? '').padStart(2, '0')}`
  const usual = usualOrder.exec(text)
  if (!usual) return undefined
  return usual[2] ? `${usual[1]}-${usual[2].padStart(2, '0')}` : usual[1]
}

export type DateRange = {
  readonly startDate: string
  /** Absent: goes on. */
  readonly endDate?: string
  /** Offsets in the searched text. */
  readonly from: number
  readonly to: number
}

/** The first range of dates in a text: 2019.03-2021.05, 2019年3月 至今, Mar 2019 – Present, 03/2019 to 05/2021. */
export const findRange = (text: string): DateRange | undefined => {
  for (const match of text.matchAll(range)) {
    const start = isoMonth(match[1] ?? match[3] ?? '')
    if (!start) continue
    const end = isoMonth(match[2] ?? '')
    return { startDate: start, ...(end && { endDate: end }), from: match.index, to: match.index + match[0].length }
  }
  return undefined
}

/** A single date of a text with its place. */
export const findDate = (
  text: string,
): { readonly iso: string; readonly from: number; readonly to: number } | undefined => {
  for (const match of text.matchAll(single)) {
    const iso = isoMonth(match[0])
    if (iso) return { iso, from: match.index, to: match.index + match[0].length }
  }
  return undefined
}

/** What stands before and after a range in a cell. */
export const around = (cell: Cell, found: { readonly from: number; readonly to: number }): readonly Cell[] =>
  [partOf(cell, 0, found.from), partOf(cell, found.to, cell.text.length)].filter((part) => part.text !== '')
