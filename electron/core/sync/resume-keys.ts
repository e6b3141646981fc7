import type { Contact, Resume } from '../../shared/domain/resume.ts'

/** Where keys were dropped, and how often. Paths are those of the resume schema; list positions are written `[]`. */
export type DroppedKeys = Record<string, number>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A key that is not one of ours may be anything, a name too; only what looks like a key of a program is written down. */
const safeKey = (key: string): string => (/^[A-Za-z][A-Za-z0-9_]{0,40}$/.test(key) ? key : '(other)')

const add = (counts: DroppedKeys, path: string): void => {
  const known = path in counts || Object.keys(counts).length < 200
  const key = known ? path : '(other)'
  counts[key] = (counts[key] ?? 0) + 1
}

/** Counts what `kept` lacks of `raw` (ZP-13). */
export const countDroppedKeys = (raw: unknown, kept: unknown, counts: DroppedKeys, path = ''): void => {
  if (Array.isArray(raw) && Array.isArray(kept)) {
    raw.forEach((item, index) => countDroppedKeys(item, kept[index], counts, `${path}[]`))
    return
  }
  if (!isObject(raw)) return
  const keptObject = isObject(kept) ? kept : {}
  for (const [key, value] of Object.entries(raw)) {
    const at = path === '' ? safeKey(key) : `${path}.${safeKey(key)}`
    if (!Object.hasOwn(keptObject, key)) add(counts, at)
    else countDroppedKeys(value, keptObject[key], counts, at)
  }
}

/** Parts of a resume by the names that profiles use (`fields.whitelist`, MM-27). */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  name: ['basics.name'],
  location: ['meta.cn.city'],
  home_town: ['meta.cn.household'],
  years: ['meta.cn.years'],
  education: ['education', 'languages', 'certificates'],
  education_history: ['education'],
  job_status: ['meta.cn.job_state'],
  preferences: ['meta.cn.expected_job', 'meta.cn.expected_city', 'meta.cn.expected_salary'],
  recent_preferences: ['meta.cn.expected_job', 'meta.cn.expected_city', 'meta.cn.expected_salary'],
  work_history: ['work', 'projects', 'skills', 'basics.label', 'basics.summary'],
  attachment: [],
}
/** What the gates need, whatever a platform's list says: age decides about minors, and nothing else is shown of it. */
const always = ['meta.cn.birth_month']

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)

/** Keeps the parts that a platform's list names and counts the rest. */
export const applyWhitelist = (resume: Resume, whitelist: readonly string[], counts: DroppedKeys): Resume => {
  const allowed = new Set([...always, ...whitelist.flatMap((name) => partsOf[name] ?? [])])
  const filter = <T extends object>(part: T, path: string): T =>
    Object.fromEntries(
      Object.entries(part).filter(([key, value]) => {
        const at = `${path}${key}`
        if (allowed.has(at)) return true
        if (!isEmpty(value)) add(counts, at)
        return false
      }),
    ) as T
  const list = <T>(items: readonly T[], path: string): T[] => {
    if (allowed.has(path)) return [...items]
    if (items.length > 0) add(counts, path)
    return []
  }
  return {
    basics: filter(resume.basics, 'basics.'),
    work: list(resume.work, 'work'),
    education: list(resume.education, 'education'),
    projects: list(resume.projects, 'projects'),
    skills: list(resume.skills, 'skills'),
    languages: list(resume.languages, 'languages'),
    certificates: list(resume.certificates, 'certificates'),
    meta: { cn: filter(resume.meta.cn, 'meta.cn.') },
  }
}

/**
 * Takes contacts out of the resume proper: they live in `contact`, with their evidence, or nowhere. What stands
 * there beside the same value in `contact` is not counted as dropped.
 */
export const withoutContacts = (resume: Resume, contact: Contact | undefined, counts: DroppedKeys): Resume => {
  const { email, phone, ...basics } = resume.basics
  const { wechat, ...cn } = resume.meta.cn
  if (email !== undefined && email !== contact?.email) add(counts, 'basics.email')
  if (phone !== undefined && phone !== contact?.phone) add(counts, 'basics.phone')
  if (wechat !== undefined && wechat !== contact?.wechat) add(counts, 'meta.cn.wechat')
  return { ...resume, basics, meta: { cn } }
}
