import { monday } from './sync-place.ts'

const hour = 3_600_000
export const iso = (at: number): string => new Date(at).toISOString()

type Overrides = Record<string, unknown>

export const change = (
  type: string,
  id: string,
  rev: number,
  data: Overrides | undefined,
  op: 'upsert' | 'delete' = 'upsert',
): Record<string, unknown> => ({ type, id, rev, op, at: iso(monday - hour), ...(data === undefined ? {} : { data }) })

export const jobChange = (id: string, rev = 1, more: Overrides = {}) =>
  change('job', id, rev, {
    title: '后端工程师',
    status: 'open',
    opened_at: iso(monday - 240 * hour),
    owner_id: 'acc-1',
    ...more,
  })

export const candidateChange = (id: string, rev = 1, more: Overrides = {}) =>
  change('candidate', id, rev, {
    platform: 'zhaopin',
    visibility: 'public',
    birth_month: '1995-04',
    resume: {
      basics: { name: '林某', label: 'Java 开发', summary: '八年经验' },
      work: [{ name: '星河科技', position: '工程师', startDate: '2018-07' }],
      meta: { cn: { city: '上海', sex: 'female', years: 8 } },
    },
    ...more,
  })

export const applicationChange = (id: string, candidateId: string, rev = 1, more: Overrides = {}) =>
  change('application', id, rev, {
    job_id: 'job-1',
    candidate_id: candidateId,
    channel: 'delivered',
    evidence: `msg-${id}`,
    evidence_at: iso(monday - 48 * hour),
    stage: 'new',
    at: iso(monday - 48 * hour),
    attachment: 'none',
    ...more,
  })

export const contactOf = (...evidence: string[]) => ({
  name: '林若曦',
  phone: '13800138000',
  email: 'lin@mail.example',
  wechat: 'lin_rx',
  evidence,
})

export const deletion = (type: string, id: string, rev: number) => change(type, id, rev, undefined, 'delete')
