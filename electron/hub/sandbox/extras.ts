import { isoTime } from '../hub-clock.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { RecordDraft } from '../records/put-records.ts'
import { bulletinDrafts } from './bulletin.ts'
import { sandboxJobs } from './jobs.ts'
import { platforms } from './settings.ts'

const day = 86_400_000

export const jobDrafts = (now: number): RecordDraft[] =>
  sandboxJobs.map((job) => ({
    type: 'job',
    id: job.id,
    data: {
      title: job.title,
      department: job.department,
      city: job.city,
      status: job.status,
      opened_at: isoTime(now - job.openedDaysAgo * day),
      owner_id: job.owner,
      headcount: job.headcount,
      salary: job.salary,
      description: `${job.department}招聘${job.title}，工作地点${job.city}。`,
      ...(job.kind === undefined ? {} : { kind: job.kind }),
      ...(job.closedDaysAgo === undefined ? {} : { closed_at: isoTime(now - job.closedDaysAgo * day) }),
    },
  }))

const entitlementDraft = (now: number, platform: Platform): RecordDraft => ({
  type: 'entitlement',
  id: `ent-${platform}`,
  data: { kind: 'search_and_download', platform, quota: 500, until: isoTime(now + 180 * day) },
})

/** What stands around the people of one platform: what was bought there, or what it publishes where it has no people. */
export const platformDrafts = (now: number, platform: Platform): RecordDraft[] =>
  platforms.some((one) => one === platform) ? [entitlementDraft(now, platform)] : bulletinDrafts(now)

/** What stands around the candidates; `ids` are real ones of this seed, each in another part of the list. */
export const extraDrafts = (now: number, ids: readonly string[]): RecordDraft[] => {
  const at = (share: number): string => ids[Math.floor(ids.length * share)] ?? ids[0] ?? ''
  const about = (type: string, id: string, candidateId: string, data: object): RecordDraft => ({
    type,
    id,
    candidateId,
    data: { candidate_id: candidateId, ...data },
  })
  return [
    ...platforms.map((platform) => entitlementDraft(now, platform)),
    about('consent', 'con-1', at(0.11), {
      purpose: 'talent_pool',
      granted: true,
      scope: 'pool:北辰科技人才库',
      until: isoTime(now + 150 * day),
    }),
    about('consent', 'con-2', at(0.23), { purpose: 'background_check', granted: true, scope: '仅核实最近一份工作' }),
    about('consent', 'con-3', at(0.37), { purpose: 'ai', granted: false }),
    about('consent', 'con-4', at(0.41), {
      purpose: 'talent_pool',
      granted: true,
      scope: 'pool:北辰科技人才库',
      until: isoTime(now + 6 * day),
    }),
    about('request', 'req-1', at(0.15), {
      kind: 'copy',
      requester: 'self',
      received_at: isoTime(now - 4 * day),
      due_at: isoTime(now + 16 * day),
      detail: '请提供贵司保存的我的全部简历信息副本。',
    }),
    about('request', 'req-2', at(0.53), {
      kind: 'correct',
      requester: 'self',
      received_at: isoTime(now - 9 * day),
      due_at: isoTime(now + 11 * day),
      detail: '毕业时间写错了，应为当年 7 月。',
    }),
    about('deletion_notice', 'del-1', at(0.61), { reason: 'candidate_account_cancelled' }),
    about('hold', 'hold-1', at(0.71), {
      until: isoTime(now + 60 * day),
      reason: '劳动仲裁证据保全',
      by: 'acc-hr',
      approver: 'acc-officer',
    }),
    {
      type: 'approval',
      id: 'apr-1',
      data: {
        kind: 'export',
        candidate_id: at(0.19),
        job_id: 'job-01',
        reason: '用人部门面试前集中评审',
        account_id: 'acc-hr',
        status: 'pending',
      },
      internal: { audience: ['admin', 'officer'], account: 'acc-hr' },
    },
    {
      type: 'notice',
      id: 'notice-1',
      data: {
        title: '智联招聘隐私政策 2026 V3 已生效',
        body: '新增求职者查阅、下载告知；企业应在招聘结束后销毁从平台取得的简历。',
        requires_consent: false,
        version: '2026 V3',
      },
    },
    ...bulletinDrafts(now),
  ]
}
