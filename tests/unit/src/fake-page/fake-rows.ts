import type { CandidateDetail, CandidateRow, JobView, LedgerRow, RetentionRow, WhyView } from '@shared/domain/views.ts'
import type { DisplayState } from '@shared/domain/vocabulary.ts'

/** Invented rows for looking at the page without a core. */
export const NOW = Date.parse('2026-11-21T09:43:00+08:00')
const HOUR = 3_600_000
const DAY = 24 * HOUR

const why = (
  field: string,
  state: DisplayState,
  rule: string,
  clause: string,
  lift: string | null = null,
): WhyView => ({
  field,
  state,
  form: 'full',
  rule,
  clause,
  lift,
})
const delivered = [
  why('name', 'reveal', 'REVEAL_LOGGED', 'ZP-21', 'REVEAL'),
  why('phone', 'reveal', 'REVEAL_LOGGED', 'ZP-21', 'REVEAL'),
  why('email', 'reveal', 'REVEAL_LOGGED', 'ZP-21', 'REVEAL'),
]
const searched = [
  why('name', 'alias', 'ALIAS_ONLY', 'ZP-26', 'DELIVERY'),
  why('phone', 'absent', 'NOT_DISCLOSED', 'ZP-26', 'DELIVERY'),
  why('email', 'absent', 'NOT_DISCLOSED', 'ZP-26', 'DELIVERY'),
]
const downloaded = [
  why('name', 'reveal', 'REVEAL_LOGGED', 'ZP-30', 'REVEAL'),
  why('phone', 'VN', 'VIRTUAL_NUMBER', 'ZP-30'),
  why('email', 'absent', 'NOT_DISCLOSED', 'ZP-30', 'DELIVERY'),
]
const noCalls = [
  why('name', 'alias', 'ALIAS_ONLY', 'MM-12', 'DELIVERY'),
  why('phone', 'absent', 'CALLS_NOT_ALLOWED', 'MM-20', 'ALLOW_CALLS'),
  why('email', 'absent', 'NOT_DISCLOSED', 'MM-12', 'DELIVERY'),
]
const surnames = [...'张李王陈刘赵孙周吴郑冯褚卫蒋沈韩杨朱秦尤许何吕施']
const titles = [
  '高级 Java 工程师',
  '后端开发',
  '架构师',
  'Java 开发',
  '技术经理',
  '平台研发负责人（分布式存储与中间件方向，兼团队管理）',
]
const companies = [
  '某互联网公司',
  '某银行科技',
  '某电商',
  '某 SaaS 公司',
  '某出行平台',
  '某跨国企业（中国）信息技术服务有限公司上海第二分公司',
]
const schools = ['北京邮电大学', '中国人民大学', '天津大学', '北京工业大学', '同济大学']
const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

export const jobs: JobView[] = [
  ['j1', '后端开发工程师（Java）', 'open', { new: 42, reviewed: 31, interview: 9, offer: 3, hired: 1 }],
  ['j2', '产品经理', 'open', { new: 20, reviewed: 30, interview: 12, offer: 2, hired: 0 }],
  ['j3', '财务主管', 'paused', { new: 11, reviewed: 18, interview: 2, offer: 0, hired: 0 }],
  [
    'j4',
    '华东区门店运营与供应链协同高级经理（常驻苏州，需频繁出差，汇报至亚太区运营副总裁）',
    'open',
    { new: 3, reviewed: 0, interview: 0, offer: 0, hired: 0 },
  ],
  ['j5', '门店店长', 'closed', { new: 0, reviewed: 4, interview: 1, offer: 0, hired: 0 }],
].map(([id, title, status, stages], index) => ({
  id,
  title,
  status,
  stages,
  platform: index === 3 ? 'maimai' : 'zhaopin',
  department: '技术部',
  city: at(['北京', '上海', '天津'], index),
  headcount: index + 1,
  salary: '25k–40k',
  opened_at: NOW - (index + 3) * 5 * DAY,
  status_at: NOW,
  total: Object.values(stages as Record<string, number>).reduce((a, b) => a + b, 0),
  ...(index < 3 ? { next_due_at: NOW + (index * 4 + 1) * DAY } : {}),
})) as unknown as JobView[]

export const candidates: CandidateRow[] = Array.from({ length: 418 }, (_, i) => {
  const kind = at([delivered, searched, downloaded, noCalls, delivered, delivered], i)
  const alias = kind === searched || kind === noCalls
  const surname = at(surnames, i)
  return {
    id: `rec-${10_000 + i}-${'abcdef'[i % 6]}`,
    platform: kind === noCalls ? 'maimai' : at(['zhaopin', 'zhaopin', 'zhaopin', 'lagou', 'direct'], i),
    life: 'live',
    application: {
      id: `app-${i}`,
      job_id: at(jobs, i).id,
      job_title: at(jobs, i).title,
      channel: alias ? 'searched' : kind === downloaded ? 'downloaded' : 'delivered',
      stage: at(['new', 'new', 'reviewed', 'interview', 'new', 'offer'], i),
      at: NOW - i * 5 * HOUR - 120_000,
    },
    applications: 1,
    name: alias ? `${surname}某` : i % 7 === 6 ? '买买提**·阿卜杜热******' : `${surname}**`,
    ...(kind === delivered
      ? { phone: `13${i % 10}****${String(5678 + i * 7).slice(-4)}`, email: 'zh***@***.com' }
      : {}),
    age_band: at(['30–34', '25–29', '35–39'], i),
    city: at(['北京', '天津', '上海', '石家庄'], i),
    years: 3 + (i % 12),
    degree: at(['bachelor', 'master', 'college'], i),
    school: at(schools, i),
    title: at(titles, i),
    company: at(companies, i),
    ...(alias
      ? { due: { at: NOW + 20 * HOUR, reason: 'card_cache', clause: 'D2', held: false } }
      : i % 3 === 0
        ? { due: { at: NOW + (6 + i * 3) * DAY, reason: 'rejected', clause: 'D4', held: false } }
        : {}),
    why: kind,
  } as unknown as CandidateRow
})

const timeline: LedgerRow[] = [
  { i: 2044, at: NOW - DAY, action: 'search_hit', outcome: 'shown', account: '林晓', role: 'hr' },
  {
    i: 2063,
    at: NOW - 3 * HOUR,
    action: 'download',
    outcome: 'denied',
    account: '周衡',
    role: 'headhunter',
    clause: 'ZP-22',
  },
  { i: 2081, at: NOW, action: 'view', outcome: 'shown', account: '林晓', role: 'hr', fields: ['name'] },
]
export const detailOf = (row: CandidateRow): CandidateDetail => ({
  ...row,
  job: { id: at(jobs, 0).id, title: at(jobs, 0).title, status: 'open' },
  approvals: [],
  others: row.id.endsWith('c')
    ? [
        {
          id: 'app-x',
          job_id: 'j2',
          job_title: '产品经理',
          channel: 'delivered',
          stage: 'reviewed',
          at: NOW - 9 * DAY,
        } as CandidateDetail['others'][number],
      ]
    : [],
  expected_job: '后端开发',
  expected_city: '北京',
  expected_salary: '¥30,000–¥40,000',
  job_state: '在职，看机会',
  summary: ['九年服务端经验，熟悉高并发与领域建模。'],
  work: [
    {
      company: [at(companies, 0)],
      position: ['高级 Java 工程师'],
      from: '2021-03',
      text: [
        '负责订单与结算平台的设计与开发，日均交易 300 万笔；主导拆分为 14 个服务，联系我请加微信 ',
        { masked: 'wechat', text: '**********' },
        '，或致电 ',
        { masked: 'phone', text: '***********' },
        '。',
      ],
    },
    {
      company: [at(companies, 5)],
      position: ['Java 工程师'],
      from: '2017-07',
      to: '2021-02',
      text: ['参与大促链路压测与容量规划，接口 P99 由 480 ms 降至 120 ms。'],
    },
  ],
  education: [
    { school: ['北京邮电大学'], major: ['计算机科学与技术'], degree: '本科', from: '2013-09', to: '2017-06' },
  ],
  skills: [['Java'], ['Spring'], ['MySQL'], ['Kafka']],
  attachment: 'present',
  attachments: [
    {
      id: 'att-1',
      label: 'pdf',
      media_type: 'application/pdf',
      size: 312_000,
    } as CandidateDetail['attachments'][number],
  ],
  notes: [
    { id: 'n1', at: NOW - 2 * HOUR, author: '林晓', own: true, text: ['电话沟通顺畅，期望 12 月到岗。'], mentions: [] },
  ],
  assignments: [],
  activity: [],
  timeline,
  ...(row.id.endsWith('a') ? { insights: { reply_rate: 82, active_days_of_30: 21, fetched_at: NOW - 2 * HOUR } } : {}),
  sealed: ['household', 'political_status', 'current_salary', 'id_number'],
  wishes: row.id.endsWith('d')
    ? ['no_calls', 'do_not_contact', 'ai_refused', 'insights_off', 'hidden_from_headhunters', 'hidden']
    : row.id.endsWith('b')
      ? ['insights_off']
      : [],
  purposes: row.id.endsWith('c')
    ? [{ job_id: at(jobs, 3).id, job_title: at(jobs, 3).title, legal_basis: 'consent', at: NOW - 3 * DAY }]
    : [],
  source: { received_at: NOW - HOUR, age_confirmed: true },
  why: [
    ...row.why,
    why('wechat', row.why === delivered ? 'reveal' : 'absent', 'NOT_DISCLOSED', 'ZP-26', 'DELIVERY'),
    why('birth_date', 'absent', 'FIRST_STAGE_BAND', 'D18', 'LATER_STAGE'),
    why('sex', 'absent', 'FIRST_STAGE', 'D18', 'LATER_STAGE'),
    why('household', 'absent', 'FIRST_STAGE', 'D18', 'LATER_STAGE'),
    why('political_status', 'absent', 'FIRST_STAGE', 'D18', 'LATER_STAGE'),
    why('residence', 'absent', 'UNSTATED', 'D1'),
    why('current_salary', 'reveal', 'REVEAL_LOGGED', 'ZP-13', 'REVEAL'),
    row.id.endsWith('a')
      ? why('insights', 'see', 'SHOWN', 'ZP-62')
      : row.id.endsWith('b')
        ? why('insights', 'absent', 'INSIGHTS_OFF', 'ZP-63', 'CANDIDATE_ALLOWS')
        : row.id.endsWith('e')
          ? why('insights', 'absent', 'INSIGHTS_STALE', 'ZP-62', 'REFRESH')
          : why('insights', 'absent', 'INSIGHTS_NOT_ALLOWED', 'ZP-62', 'ALLOW_INSIGHTS'),
    why('body', 'see', 'SHOWN', 'ZP-21'),
    why('attachment', 'see', 'VIEWER_REDACTED', 'ZP-29'),
  ],
  current_salary: '****',
})
export const retentionRows: RetentionRow[] = [
  ['吴**', 'j1', 'rejected', 'D4', 8 * HOUR, 'due'],
  ['记录 10482', 'j3', 'hired', 'D5', 2 * DAY, 'locked'],
  ['记录 10517', 'j2', 'consent_withdrawn', 'D8', 2 * DAY, 'locked'],
  ['罗**', 'j2', 'job_closed', 'D6', 4 * DAY, 'scheduled'],
  ['买买提**·阿卜杜热******', 'j4', 'job_closed', 'D6', 6 * DAY, 'scheduled'],
  ['梁**', 'j1', 'rejected', 'QY-36', 40 * DAY, 'held'],
].map(([label, job, reason, clause, ahead, state], i) => ({
  key: `app-${i}`,
  clocks: [
    { reason, clause, at: NOW + (ahead as number), from: NOW + (ahead as number) - 30 * DAY, value: 30, unit: 'days' },
    { reason: 'job_idle', clause: 'D6', at: NOW + 97 * DAY, from: NOW, value: 97, unit: 'days' },
  ],
  application_id: `app-${i}`,
  record_id: `rec-${10_000 + i}`,
  label,
  job_title: jobs.find((item) => item.id === job)?.title,
  platform: i === 2 ? 'maimai' : 'zhaopin',
  reason,
  clause,
  due_at: NOW + (ahead as number),
  state,
})) as unknown as RetentionRow[]

export const ledgerRows: LedgerRow[] = Array.from({ length: 40 }, (_, i) => ({
  i: 2081 - i,
  at: NOW - i * 2 * HOUR,
  action: at(['view', 'search_hit', 'reveal', 'open_file', 'stage', 'log_read', 'destroyed'] as const, i),
  outcome: i % 7 === 3 ? 'denied' : 'shown',
  account: at(['林晓', '周衡（恒达猎头服务（上海）有限公司外派顾问）', '周岚'], i),
  role: at(['hr', 'headhunter', 'officer'], i),
  ...(i % 7 === 2 ? { fields: ['phone'], reason: 'interview' } : {}),
  ...(i % 7 === 5
    ? {}
    : {
        subject: 'a81f0c22d9e1',
        job_title: at(jobs, i).title,
        record_id: `rec-${10_000 + i}` as LedgerRow['record_id'],
      }),
  ...(i % 7 === 3 ? { clause: 'ZP-29' } : {}),
}))
