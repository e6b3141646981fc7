import {
  entryKeys,
  type CorrectionDraft,
  type FlatField,
  type ListField,
} from '../../../shared/domain/intake-review.ts'
import { resume as resumeSchema, type Resume } from '../../../shared/domain/resume.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'

const words = (text: string): string[] =>
  text
    .split(/[,，、;；\n]/u)
    .map((word) => word.trim())
    .filter((word) => word !== '')

const numbers = (text: string): number[] => (text.match(/\d+(?:\.\d+)?/gu) ?? []).map(Number)

const refuse = (field: string): never => {
  throw new IpcError('E_INPUT', 'this is no value of the field', { fields: field })
}

const withBasics = (resume: Resume, part: Partial<Resume['basics']>): Resume => ({
  ...resume,
  basics: { ...resume.basics, ...part },
})
const withCn = (resume: Resume, part: Partial<Resume['meta']['cn']>): Resume => ({
  ...resume,
  meta: { cn: { ...resume.meta.cn, ...part } },
})

const salaryOf = (value: string): [number, number] => {
  const [from, to] = numbers(value.replace(/[,\s]/gu, ''))
  if (from === undefined) return refuse('expected_salary')
  return [from, to ?? from]
}

const birthOf = (value: string): Partial<Resume['meta']['cn']> => {
  const found = /^(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2}))?/u.exec(value.trim())
  const [, year, month, day] = found ?? []
  if (year === undefined || month === undefined || Number(month) < 1 || Number(month) > 12) return refuse('birth')
  const whole = `${year}-${month.padStart(2, '0')}`
  return day === undefined
    ? { birth_month: whole, birth_date: undefined }
    : { birth_month: whole, birth_date: `${whole}-${day.padStart(2, '0')}` }
}

const sexOf = (value: string): 'male' | 'female' => {
  if (/^(男|male|m)$/iu.test(value)) return 'male'
  return /^(女|female|f)$/iu.test(value) ? 'female' : refuse('sex')
}

const oneNumber = (value: string, field: string): number => numbers(value.replace(/[,\s]/gu, ''))[0] ?? refuse(field)

/** One way for each field from what was typed to the resume; null takes the value away. */
const setters: Readonly<Record<FlatField, (resume: Resume, value: string | null) => Resume>> = {
  name: (resume, value) => withBasics(resume, { name: value ?? undefined }),
  phone: (resume, value) => withBasics(resume, { phone: value ?? undefined }),
  email: (resume, value) => withBasics(resume, { email: value ?? undefined }),
  summary: (resume, value) => withBasics(resume, { summary: value ?? undefined }),
  wechat: (resume, value) => withCn(resume, { wechat: value ?? undefined }),
  city: (resume, value) => withCn(resume, { city: value ?? undefined }),
  expected_job: (resume, value) => withCn(resume, { expected_job: value ?? undefined }),
  expected_city: (resume, value) => withCn(resume, { expected_city: value ?? undefined }),
  sex: (resume, value) => withCn(resume, { sex: value === null ? undefined : sexOf(value) }),
  birth: (resume, value) =>
    withCn(resume, value === null ? { birth_month: undefined, birth_date: undefined } : birthOf(value)),
  expected_salary: (resume, value) => withCn(resume, { expected_salary: value === null ? undefined : salaryOf(value) }),
  current_salary: (resume, value) =>
    withCn(resume, { current_salary: value === null ? undefined : oneNumber(value, 'current_salary') }),
  years: (resume, value) => withCn(resume, { years: value === null ? undefined : oneNumber(value, 'years') }),
  skills: (resume, value) => ({ ...resume, skills: words(value ?? '').map((name) => ({ name })) }),
  languages: (resume, value) => ({ ...resume, languages: words(value ?? '').map((language) => ({ language })) }),
  certificates: (resume, value) => ({ ...resume, certificates: words(value ?? '').map((name) => ({ name })) }),
}

const setEntry = (resume: Resume, field: ListField, index: number, values: Record<string, string> | null): Resume => {
  const entries: Array<Record<string, unknown>> = [...resume[field]]
  if (index > entries.length) refuse(field)
  if (values === null) entries.splice(index, 1)
  else {
    const known = Object.entries(values).filter(([key]) => (entryKeys[field] as readonly string[]).includes(key))
    const part = Object.fromEntries(known.map(([key, value]) => [key, value.trim() === '' ? undefined : value.trim()]))
    entries[index] = { ...entries[index], ...part }
  }
  return { ...resume, [field]: entries }
}

/** Values of a resume as text, to be typed over. */
export const textOf = (resume: Resume, field: FlatField): string | undefined => {
  const { basics, meta } = resume
  const { cn } = meta
  const list = (items: readonly string[]): string | undefined => (items.length === 0 ? undefined : items.join('、'))
  switch (field) {
    case 'name':
    case 'phone':
    case 'email':
    case 'summary':
      return basics[field]
    case 'birth':
      return cn.birth_date ?? cn.birth_month
    case 'expected_salary':
      return cn.expected_salary?.join('-')
    case 'current_salary':
    case 'years':
      return cn[field] === undefined ? undefined : String(cn[field])
    case 'skills':
      return list(resume.skills.map(({ name }) => name))
    case 'languages':
      return list(resume.languages.map(({ language }) => language))
    case 'certificates':
      return list(resume.certificates.map(({ name }) => name))
    case 'sex':
    case 'wechat':
    case 'city':
    case 'expected_job':
    case 'expected_city':
      return cn[field]
  }
}

/** What a correction of a list is kept as: the whole list, for an entry's number may mean another one in a later reading. */
const lists: ReadonlySet<string> = new Set(Object.keys(entryKeys))

/** @throws IpcError E_INPUT for what is no value of its field, a mask that was sent back among it */
export const applyDraft = (resume: Resume, draft: CorrectionDraft): Resume => {
  const typed = draft.kind === 'value' ? [draft.value ?? ''] : Object.values(draft.values ?? {})
  if (typed.some((value) => /\*{3,}/u.test(value))) refuse(draft.field)
  const next =
    draft.kind === 'entry'
      ? setEntry(resume, draft.field, draft.index, draft.values)
      : setters[draft.field](resume, draft.value?.trim() === '' ? null : (draft.value?.trim() ?? null))
  const checked = resumeSchema.safeParse(JSON.parse(JSON.stringify(next)))
  return checked.success ? checked.data : refuse(draft.field)
}

/** What is kept of a corrected field, to be laid over a later reading. */
export const keptOf = (resume: Resume, field: string): unknown =>
  lists.has(field) ? resume[field as ListField] : (textOf(resume, field as FlatField) ?? null)

/** Lays one kept correction over a resume; what does not fit any more is left out. */
export const layOver = (resume: Resume, field: string, value: unknown): Resume => {
  if (lists.has(field)) {
    const checked = resumeSchema.safeParse({ ...resume, [field]: value })
    return checked.success ? checked.data : resume
  }
  const setter = (setters as Readonly<Record<string, (typeof setters)[FlatField] | undefined>>)[field]
  if (setter === undefined || !(value === null || typeof value === 'string')) return resume
  try {
    return setter(resume, value)
  } catch {
    return resume
  }
}
