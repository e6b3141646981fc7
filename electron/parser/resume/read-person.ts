import { findDate } from './dates.ts'
import type { Labelled } from './labelled.ts'
import { belief, note } from './reading.ts'
import type { Draft, Source } from './reading.ts'
import { readSalary } from './salary.ts'
import { cutCell, partOf } from './source.ts'
import type { Cell } from './source.ts'
import { cities } from './words/cities.ts'
import { positionWord } from './words/vocabulary.ts'
import type { LabelKey } from './words/labels.ts'

const cityPattern = new RegExp(cities.map((city) => (/^[A-Z]/.test(city) ? `\\b${city}\\b` : city)).join('|'), 'i')

/** A known city, else the first short word, of an address or of 北京市海淀区. */
const cityOf = (text: string): string | undefined => {
  // 晋江市中山路: what calls itself a city goes before a street that is called like one.
  const called = /^(?:中国)?(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?([\u4e00-\u9fff]{2,6}?)市/.exec(text)
  if (called?.[1]) return called[1]
  const known = cityPattern.exec(text)
  if (known) return known[0]
  const first = /^[\u4e00-\u9fff]{2,8}?(?=市|[\s,，、/]|$)/.exec(text)?.[0] ?? /^[A-Z][A-Za-z' -]{2,30}/.exec(text)?.[0]
  return first?.trim()
}

const lives = /^(?:现居住?(?:地|于|在)?|现住|常驻|居住(?:地|于|在)?|目前在|坐标|base(?:d in)? ?)/i
/** A city by itself, or 现居住上海-浦东新区. */
const living = new RegExp(
  `^(?:${cityPattern.source})市?$|^(?:${lives.source.slice(1)})(?:[\\u4e00-\\u9fff]{2,8}|${cityPattern.source})市?(?:[-·][\\u4e00-\\u9fff]{2,10})?$`,
  'i',
)

const adultAge = (age: number): boolean => age >= 14 && age <= 80

/** First labelled value of a kind that a reader can make sense of. */
const firstOf = <T>(
  source: Source,
  key: LabelKey,
  read: (value: string, entry: Labelled) => T | undefined,
): { readonly value: T; readonly cell: Cell } | undefined => {
  for (const entry of source.labelled) {
    if (entry.key !== key) continue
    const value = read(entry.value.text, entry)
    if (value !== undefined) return { value, cell: entry.value }
  }
  return undefined
}

const short = (text: string): string | undefined => text.split(/[\s,，;；。]/)[0]?.slice(0, 40) || undefined
const sexOf = (text: string): 'male' | 'female' | undefined =>
  /^(?:男|male\b|m$)/i.test(text) ? 'male' : /^(?:女|female\b|f$)/i.test(text) ? 'female' : undefined
const ageOf = (text: string): number | undefined => {
  const age = Number(/^(\d{2})(?!\d)/.exec(text)?.[1])
  return adultAge(age) ? age : undefined
}
const yearsOf = (text: string): number | undefined => {
  const years = Number(/^(\d{1,2})(?:\.\d)?\s*\+?\s*(?:年|years?|yrs?|$)/i.exec(text)?.[1] ?? NaN)
  return years <= 60 ? years : /^(?:应届|无经验|在校)/.test(text) ? 0 : undefined
}
const wechatOf = (text: string): string | undefined => {
  const id = /^[A-Za-z][\w-]{5,19}(?![\w-])|^1[3-9]\d{9}(?!\d)/.exec(text)?.[0]
  return id ?? undefined
}

const readBirth = (source: Source, draft: Draft): void => {
  const birth = firstOf(source, 'birth', (text) => {
    const found = findDate(text)
    return found?.iso.includes('-') ? { iso: found.iso, text } : undefined
  })
  if (birth) setBirth(draft, birth.value.iso, birth.value.text, belief.labelled, birth.cell)
  const age =
    firstOf(source, 'age', ageOf) ?? firstOf(source, 'birth', (text) => ageOf(/(\d{2})\s*岁/.exec(text)?.[1] ?? ''))
  if (age) {
    draft.statedAge = age.value
    if (!birth) note(draft, 'birth', belief.placed, age.cell)
  }
}

const setBirth = (draft: Draft, month: string, text: string, confidence: number, cell: Cell): void => {
  draft.cn.birth_month = month
  const day = /(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)/.exec(text)
  if (day) draft.cn.birth_date = `${day[1]}-${day[2]?.padStart(2, '0')}-${day[3]?.padStart(2, '0')}`
  note(draft, 'birth', confidence, cell)
}

const readSalaries = (source: Source, draft: Draft): void => {
  const yearly = (entry: Labelled): boolean => /年/.test(entry.label)
  const expected = firstOf(source, 'expected_salary', (text, entry) => readSalary(text, yearly(entry)))
  if (expected) {
    draft.cn.expected_salary = [...expected.value]
    note(draft, 'expected_salary', belief.labelled, expected.cell)
  }
  const current = firstOf(source, 'current_salary', (text, entry) => readSalary(text, yearly(entry)))
  if (current) {
    draft.cn.current_salary = current.value[0]
    note(draft, 'current_salary', belief.labelled, current.cell)
  }
  if (!expected) readBareSalary(source, draft, 'expected_salary', /(?:期望|意向)(月薪|薪资|薪酬|薪水|年薪)\s*/)
  if (!current) readBareSalary(source, draft, 'current_salary', /(?:现|目前|当前)(月薪|薪资|薪酬|薪水|年薪)\s*/)
}

/** 期望月薪 15k-20k without a colon. */
const readBareSalary = (
  source: Source,
  draft: Draft,
  field: 'expected_salary' | 'current_salary',
  label: RegExp,
): void => {
  const found = label.exec(source.text)
  if (!found) return
  const start = found.index + found[0].length
  const text = /^[^\n,，;；。]{1,40}/.exec(source.text.slice(start))?.[0] ?? ''
  const salary = /^[\d￥¥]/.test(text) ? readSalary(text, found[1] === '年薪') : undefined
  if (!salary) return
  if (field === 'expected_salary') draft.cn.expected_salary = [...salary]
  else draft.cn.current_salary = salary[0]
  note(draft, field, belief.shaped, { start, end: start + text.length })
}

/** 求职意向：Java工程师 / 北京 / 15k-20k: a job, then perhaps a city and a salary. */
const readIntention = (source: Source, draft: Draft): void => {
  const own = source.sections.find((section) => section.kind === 'intention')
  const bare = own?.lines.find((line) => !line.blank && !line.text.includes(':'))?.cells[0]
  const isLabelled = (cell: Cell): boolean => source.labelled.some((entry) => entry.value.start === cell.start)
  const job = firstOf(source, 'expected_job', (text) => (text === '' ? undefined : text))
  const cell = job?.cell ?? (bare && !isLabelled(bare) ? bare : undefined)
  if (!cell) return
  // The rest of its line belongs to it as far as nothing there has a label of its own.
  const line = source.lines.find((candidate) => candidate.start <= cell.start && cell.end <= candidate.end)
  const behind = (line?.cells ?? []).filter(
    (other) => other.start >= cell.end && !other.text.includes(':') && !isLabelled(other),
  )
  const parts = [cell, ...behind].flatMap((part) => cutCell(part, /\s*[/|;,，]\s*|\s{2,}/g))
  for (const [index, part] of parts.entries()) {
    const salary = /\d/.test(part.text) ? readSalary(part.text) : undefined
    if (index === 0) {
      draft.cn.expected_job = part.text.slice(0, 100)
      note(draft, 'expected_job', job ? belief.labelled : belief.placed, part)
    } else if (salary && !draft.cn.expected_salary) {
      draft.cn.expected_salary = [...salary]
      note(draft, 'expected_salary', belief.shaped, part)
    } else if (cityPattern.test(part.text) && !draft.cn.expected_city) {
      draft.cn.expected_city = cityOf(part.text)
      note(draft, 'expected_city', belief.shaped, part)
    }
  }
}

/** What stands at the top without labels: 男 | 28岁 | 1996年5月 | 北京 | 5年经验. */
const readTop = (source: Source, draft: Draft): void => {
  const cells = source.sections
    .slice(0, 2)
    .filter((section) => section.kind === 'top' || section.kind === 'basics')
    .flatMap((section) => section.lines.slice(0, 12))
    // 求职意向：会计 | 北京: where somebody wants to work is not where they live.
    .filter((line) => !/^[^:]{0,8}(?:意向|期望|目标|应聘|desired|preferred|expected)[^:]{0,8}:/i.test(line.text))
    .flatMap((line) => line.cells)
    .flatMap((cell) => [
      ...cutCell(cell, /[\s,，/·•;()]+(?!\d{1,2}月)/g),
      // Names of two words, such as Hong Kong.
      ...(/[A-Za-z] [A-Za-z]/.test(cell.text) ? cutCell(cell, /\s*[,，/·•;()]+\s*|\s{2,}/g) : []),
    ])
    .filter((cell) => cell.text.length <= 24 && !/[:@]/.test(cell.text))
  for (const cell of cells) {
    const sex = /^(?:男|女|男性|女性|male|female)$/i.test(cell.text) ? sexOf(cell.text) : undefined
    if (sex && !draft.cn.sex) {
      draft.cn.sex = sex
      note(draft, 'sex', belief.shaped, cell)
    }
    const age = /^(\d{2})\s*(?:岁|周岁)/.exec(cell.text)
    if (age && draft.statedAge === undefined && adultAge(Number(age[1]))) {
      draft.statedAge = Number(age[1])
      if (!draft.cn.birth_month) note(draft, 'birth', belief.placed, cell)
    }
    const born = findDate(cell.text)
    const year = Number(born?.iso.slice(0, 4))
    const past = new Date(source.now).getUTCFullYear() - 14
    if (
      !draft.cn.birth_month &&
      born?.iso.includes('-') &&
      year <= past &&
      (/生/.test(cell.text) || born.to - born.from === cell.text.length)
    ) {
      setBirth(draft, born.iso, cell.text, belief.placed, cell)
    }
    if (!draft.cn.city && living.test(cell.text)) {
      draft.cn.city = cityOf(cell.text.replace(lives, ''))
      note(draft, 'city', belief.placed, cell)
    }
  }
}

/** 张三 - 会计, 李四  产品经理: beside the name at the top stands what somebody wants to be. */
const readJobBesideName = (source: Source, draft: Draft): void => {
  const { name } = draft.basics
  if (draft.cn.expected_job || name === undefined) return
  const line = source.sections[0]?.lines.find((candidate) => candidate.text.startsWith(name))
  if (!line) return
  const rest = partOf(line, name.length, line.text.length)
  const job = /^[-–—|/·,，\s]*([^-–—|/·,，:@\d]{2,20})$/.exec(rest.text)?.[1]
  if (job === undefined || !positionWord.test(job)) return
  const start = rest.start + rest.text.indexOf(job)
  draft.cn.expected_job = job.trim()
  note(draft, 'expected_job', belief.guessed, { start, end: start + job.length })
}

const yearsInText =
  /(\d{1,2})\s*\+?\s*年(?:以上)?(?:的)?[\u4e00-\u9fffA-Za-z]{0,10}(?:工作)?经验|工作(\d{1,2})年|(\d{1,2})\+? years?(?: of)?(?: [a-z-]+){0,3} experience/i

/** Reads what describes the person, but name and contacts. */
export function readPerson(source: Source, draft: Draft): void {
  const sex = firstOf(source, 'sex', sexOf)
  if (sex) {
    draft.cn.sex = sex.value
    note(draft, 'sex', belief.labelled, sex.cell)
  }
  readBirth(source, draft)
  readSalaries(source, draft)
  readIntention(source, draft)
  const city = firstOf(source, 'city', cityOf)
  if (city) {
    draft.cn.city = city.value
    note(draft, 'city', belief.labelled, city.cell)
  }
  const expectedCity = firstOf(source, 'expected_city', cityOf)
  if (expectedCity) {
    draft.cn.expected_city = expectedCity.value
    note(draft, 'expected_city', belief.labelled, expectedCity.cell)
  }
  const years = firstOf(source, 'years', yearsOf)
  const stated = years ? undefined : yearsInText.exec(source.text)
  const value = years?.value ?? (stated ? Number(stated[1] ?? stated[2] ?? stated[3]) : undefined)
  if (value !== undefined && value <= 60) {
    draft.cn.years = value
    const at = stated ? { start: stated.index, end: stated.index + stated[0].length } : years?.cell
    note(draft, 'years', years ? belief.labelled : belief.placed, at)
  }
  const wechat = firstOf(source, 'wechat', wechatOf)
  if (wechat) {
    draft.cn.wechat = wechat.value
    note(draft, 'wechat', belief.labelled, wechat.cell)
  }
  draft.cn.household = firstOf(source, 'household', short)?.value
  draft.cn.political_status = firstOf(source, 'political', short)?.value
  draft.cn.marital_status = firstOf(source, 'marital', short)?.value
  draft.cn.ethnicity = firstOf(source, 'ethnicity', short)?.value
  draft.cn.job_state = firstOf(source, 'job_state', (text) => text.slice(0, 60) || undefined)?.value
  draft.cn.id_number = firstOf(source, 'id_number', (text) =>
    /^[\dXx ]{15,20}/.exec(text)?.[0].replaceAll(' ', ''),
  )?.value
  readTop(source, draft)
  readJobBesideName(source, draft)
}
