import { desktopSettings } from '@shared/domain/desktop.ts'
import type { Input, RouteName } from '@shared/ipc/routes/index.ts'
import type { SystemState } from '../../../../src/stores/session.ts'
import { fakeDesk, fakePosts, fakeTalk, fakeThreads } from './fake-bulletin.ts'
import { notices, profileOf, summaries, updates } from './fake-rules.ts'
import { candidates, detailOf, jobs, ledgerRows, NOW, retentionRows } from './fake-rows.ts'

/**
 * A bridge without a core, for looking at the page (`?phase=…&role=…&lang=…&theme=…&empty=1&fail=route`, `answer=first` or
 * `answer=again` for the question about the rules, `gate=RULE`, `licence=days`). Only for people
 * who work on the window: nothing in `src` knows of it.
 */
const fakeSheet = (number: number) => ({
  width: 595,
  height: 842,
  runs: [
    { x: 54, y: 80, w: 200, size: 14, text: `第 ${number} 页 工作经历` },
    { x: 54, y: 110, w: 120, size: 10, text: '电话：***********', marks: [[3, 14]] },
  ],
  boxes: [{ x: 420, y: 60, w: 90, h: 110, kind: 'picture' }],
})
const params = new URLSearchParams(location.search)
const empty = params.has('empty')
const rows = empty ? [] : candidates
const accounts = ['hr', 'headhunter', 'admin', 'officer'].map((role) => ({
  name: `${role}@sandbox`,
  password: `candor-${role}`,
  role,
}))
const offset = NOW - Date.now()
let running = params.has('running')

const state = {
  phase: params.get('phase') ?? 'signed_in',
  fault: params.get('phase') === 'fault' ? { code: 'E_NEWER', message: 'store 9, known 3' } : undefined,
  account: {
    id: 'acc',
    name: params.has('long') ? '欧阳阿依古丽·买买提明' : '林晓',
    role: params.get('role') ?? 'hr',
    employer: params.has('long') ? '北辰（中国）信息科技股份有限公司华北大区' : '北辰科技',
    local: params.has('local'),
  },
  accounts: params.has('resume')
    ? [{ id: 'acc', name: '林晓', role: 'hr', employer: '北辰科技', hub: 'https://hub.example', local: false }]
    : [],
  language: params.get('lang') === 'en' ? 'en-US' : 'zh-CN',
  theme: params.get('theme') ?? 'light',
  now: NOW,
  screen: {},
  desktop: desktopSettings.parse({}),
  rules_to_answer: params.has('answer'),
  ...(params.has('gate') ? { gate: { rule: params.get('gate'), clause: 'ZP-43', lift: 'RENEW_LICENCE' } } : {}),
  ...(params.has('licence') ? { licence_ends_at: NOW + Number(params.get('licence')) * 86_400_000 } : {}),
  clock_offset_s: 0,
  sandbox: true,
  locked_since: NOW - 7_200_000,
  version: '0.1.0',
} as unknown as { -readonly [K in keyof SystemState]: SystemState[K] }

const listeners = new Map<string, Set<(payload: unknown) => void>>()
const emit = (event: string, payload: unknown): void => listeners.get(event)?.forEach((listener) => listener(payload))
const go = (phase: SystemState['phase']): void => {
  state.phase = phase
  emit('state.changed', { phase })
}
class Refused extends Error {
  readonly shape: { code: string; message: string; data: Record<string, string | number> }
  constructor(code: string, data: Record<string, string | number> = {}) {
    super(code)
    this.shape = { code, message: code, data }
  }
}
const permissions = [
  { name: 'insights', on: true, last_used_at: NOW - 3_600_000, clause: 'ZP-62' },
  { name: 'sealed_fields', on: false, clause: 'ZP-05' },
]
const isOneOf = (asked: string | readonly string[] | undefined, value: string | undefined): boolean =>
  asked === undefined || [asked].flat().includes(value ?? '')
const facet = (pick: (row: (typeof rows)[number]) => string | undefined) => {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(pick(row) ?? '', (counts.get(pick(row) ?? '') ?? 0) + 1)
  return [...counts].filter(([value]) => value !== '').map(([value, count]) => ({ value, count }))
}
const progress = () => ({
  kind: 'sync' as const,
  state: running ? ('running' as const) : ('done' as const),
  phase: 'changes',
  done: 1240,
  total: running ? 5000 : 5000,
  at: NOW,
})

type Handlers = { [N in RouteName]?: (input: Input<N>) => unknown }
const retentionFigures = () => ({
  counts: { within_7_days: empty ? 0 : 16, overdue: 1, locked: 3, held: 1, registered_files: 2, destroyed: 128 },
  week: [1, 0, 4, 0, 2, 0, 9].map((count, i) => ({ day: `2026-11-${21 + i}`, count: empty ? 0 : count })),
  now: NOW,
})

const handlers: Handlers = {
  'system.state': () => ({ ...state, now: Date.now() + offset }),
  'system.paths': () => ({
    paths: [
      { path: '~/.candor/accounts/…/store.db', holds: '候选人与职位', personal: true },
      { path: '~/.candor/settings.json', holds: '语言与外观', personal: false },
    ],
  }),
  'notice.answer': ({ choice }) => go(choice === 'accept' ? 'new' : 'browse'),
  'settings.set': (input) => void Object.assign(state, input),
  'vault.create': () => {
    state.phase = 'open'
    return { recovery_code: 'K7QF-2MWD-9XTC-4HRP-B6VN-8YSE-3JLA-5GUZ' }
  },
  'vault.unlock': ({ passphrase }) => {
    if (passphrase === 'wrong') throw new Refused('E_PASSPHRASE')
    go('open')
    return { overdue: 2 }
  },
  'vault.lock': () => go('locked'),
  'account.sign_in': () => (go('signed_in'), state.account),
  'account.resume': () => (go('signed_in'), state.account),
  'account.start_local': () => (go('signed_in'), state.account),
  'account.sign_out': () => go('open'),
  'sandbox.start': () => ({ url: 'http://127.0.0.1:4870', accounts }),
  'sandbox.state': () => ({ running: params.has('sandbox'), url: 'http://127.0.0.1:4870', accounts }),
  'sandbox.move_clock': () => ({ now: NOW }),
  'job.list': () => ({ items: empty ? [] : jobs }),
  'job.create': () => ({ id: 'j9' }),
  'job.set_status': () => ({ scheduled: 86, first_due_at: NOW + 7 * 86_400_000 }),
  'candidate.list': ({ cursor, limit = 50, query, stage, job_id }) => {
    const found = rows.filter(
      (row) =>
        (!query || `${row.title}${row.company}${row.name}`.includes(query)) &&
        isOneOf(stage, row.application?.stage) &&
        isOneOf(job_id, row.application?.job_id),
    )
    const from = Number(cursor ?? 0)
    const items = found
      .slice(from, from + limit)
      .map((row) =>
        query ? { ...row, snippet: ['…主导', query, ' 平台拆分，微信 ', { masked: 'wechat', text: '********' }] } : row,
      )
    return {
      items,
      total: found.length,
      next_cursor: from + limit < found.length ? String(from + limit) : null,
      unindexed: params.has('running') ? 12 : 0,
    }
  },
  'candidate.facets': () => ({
    job: facet((row) => row.application?.job_id).map((item) => ({
      ...item,
      label: jobs.find((job) => job.id === item.value)?.title,
    })),
    stage: facet((row) => row.application?.stage),
    city: facet((row) => row.city),
    platform: facet((row) => row.platform),
    degree: facet((row) => row.degree),
    years: [],
    school: facet((row) => row.school),
    skill: [],
    salary: [],
    channel: facet((row) => row.application?.channel),
    activity: [],
    score: [],
  }),
  'candidate.list_values': () => ({ items: facet((row) => row.city), more: false }),
  'view.list': () => ({ items: [] }),
  'candidate.get': ({ id }) => {
    const row = rows.find((item) => item.id === id)
    if (!row) throw new Refused('E_NOT_FOUND')
    if (id.startsWith('rec-10004'))
      throw new Refused('E_PURPOSE', { rule: 'OTHER_PURPOSE', clause: 'ZP-08', lift: 'NEW_PURPOSE' })
    if (id.startsWith('rec-10003'))
      throw new Refused('E_MINOR', { rule: 'AGE_UNKNOWN', clause: 'D15', lift: 'CONFIRM_AGE' })
    return detailOf(row)
  },
  'candidate.reveal': ({ field }) => ({
    field,
    value: field === 'phone' ? '13812345678' : 'zhang.san@example.com',
    seconds: 30,
    ledger_index: 2082,
  }),
  'candidate.explain': ({ field }) => ({
    field,
    state: 'absent',
    form: 'full',
    rule: 'FIRST_STAGE',
    clause: 'D18',
    lift: null,
    source: 'default',
    profile: 'zhaopin',
    version: '2026 V3',
  }),
  'application.set_stage': () => ({ previous: 'new' }),
  'policy.list': () => ({ rules_version: '7f3a', items: summaries() }),
  'policy.get': ({ platform, role = 'hr' }) => profileOf(platform, role),
  'policy.updates': () => ({
    rules_version: '7f3a91c2d0e4',
    ...(params.get('answer') === 'first' ? {} : { accepted_version: '61bc', accepted_at: NOW - 5 * 86_400_000 }),
    must_answer: params.has('answer'),
    items: empty ? [] : updates,
    notices: empty ? [] : notices,
  }),
  'policy.answer': ({ choice }) => {
    state.rules_to_answer = false
    if (choice === 'accept') emit('state.changed', {})
  },
  'policy.tighten': ({ document }) => {
    if (!document.includes('loose')) return { revision: 'x', changes: 4 }
    const detail =
      '3: [never-looser] reveal shows more than VN\n6: [never-longer-than-D4] at most 30, the platform’s own text says so'
    throw new Refused('E_INPUT', { line: 3, rule: 'never-looser', detail })
  },
  'permission.list': () => ({ items: permissions }),
  'permission.set': ({ name, on }) => {
    const found = permissions.find((item) => item.name === name)
    if (found) found.on = on
  },
  'job.list_public': () => ({ items: empty ? [] : jobs.filter((job) => job.status === 'open') }),
  'post.list': () => fakePosts(NOW, empty),
  'post.mark': () => ({}),
  'post.recommend': () => ({}),
  'consult.desk': () => fakeDesk(NOW, empty),
  'consult.list': () => fakeThreads(NOW, empty),
  'consult.thread': ({ id }) => fakeTalk(NOW, id),
  'consult.mark_read': () => ({ read: 1 }),
  'purpose.add': () => ({}),
  'leak.report': () => ({}),
  'note.add': () => ({ id: 'n2' }),
  'attachment.open': () => ({
    view: 'view',
    format: 'pdf',
    total: 3,
    truncated: false,
    reveals: true,
    rule: 'VIEWER_REVEAL',
    clause: 'ZP-29',
    mark: '王HR 2026-11-27 10:00 rec-1000',
    page: fakeSheet(1),
  }),
  'attachment.page': ({ number }) => ({ page: fakeSheet(number) }),
  'attachment.close': () => ({}),
  'intake.add': ({ name }) => {
    if (name.includes('scan')) return { result: 'quarantined', quarantine_id: 'q', reason: 'scanned' }
    return { result: 'imported', record_id: 'rec-10000-a', application_id: 'app-0', warnings: ['mislabelled'] }
  },
  'intake.begin': () => ({ run_id: 'run' }),
  'intake.end': () => ({}),
  'intake.asks': () => ({ items: [], total: 0 }),
  'intake.choices': () => ({ items: [] }),
  'intake.runs': () => ({ items: [] }),
  'folder.list': () => ({ items: [], max_days: 7 }),
  'quarantine.list': () => ({
    items: empty
      ? []
      : [{ id: 'q1', at: NOW - 3_600_000, reason: 'encrypted', label: 'pdf', size: 240_000, attempts: 1 }],
  }),
  'quarantine.retry': () => ({ result: 'quarantined', reason: 'encrypted' }),
  'sync.start': () => {
    running = true
    emit('sync.progress', progress())
    return { started: true }
  },
  'sync.cancel': () => {
    running = false
    emit('sync.progress', { ...progress(), state: 'cancelled' })
  },
  'sync.status': () => ({
    progress: params.has('syncfail')
      ? { ...progress(), state: 'failed', error: { code: 'E_HUB_UNREACHABLE', message: 'x' } }
      : progress(),
    last_success_at: NOW - 60_000,
    lease_until: NOW + 72 * 3_600_000,
    outbox: { waiting: 4, rejected: empty ? 0 : 1, unplaced: 0 },
    aside: empty ? 0 : 2,
    unindexed: 12,
    counts: { jobs: 12, candidates: 418, applications: 436, attachments: 210 },
    dropped_keys: empty ? {} : { marital_status: 12, blood_type: 3 },
    local: params.has('local'),
  }),
  'retention.plan': () => ({
    items: empty ? [] : retentionRows,
    next_cursor: null,
    ...retentionFigures(),
  }),
  'retention.summary': retentionFigures,
  'retention.run': () => ({ accepted: 3 }),
  'retention.preview': () => ({
    persons: 2,
    staying: 1,
    counts: { keys: 5, resumes: 2, applications: 3, attachments: 9, notes: 31, messages: 12, files: 1 },
    left: 0,
  }),
  'retention.destroy_now': ({ application_ids }) => ({ accepted: application_ids?.length ?? 0 }),
  'retention.status': () => ({ kind: 'retention', state: 'idle', phase: 'idle', done: 0, total: null, at: NOW }),
  'certificate.list': () => ({
    items: empty
      ? []
      : [
          {
            id: 'CD-2026-1121-0037',
            at: NOW,
            kind: 'single' as const,
            operator: 'hr@example',
            ground: 'purpose_met_or_moot',
            scope: 'person' as const,
            reason: 'job_closed' as const,
            clause: 'D6',
            platform: 'zhaopin',
            due_at: NOW - 86_400_000,
            started_at: NOW,
            finished_at: NOW,
            counts: { records: 12, attachments: 9, notes: 31, files: 1 },
            left: 0,
            ledger_index: 2044,
          },
        ],
    next_cursor: null,
    total: empty ? 0 : 128,
  }),
  'certificate.save': () => ({ saved: true }),
  'certificate.get': () => ({ document: '{"id":"CD-2026-1121-0037"}', verdict: 'valid' }),
  'ledger.list': () => ({ items: empty ? [] : ledgerRows, total: empty ? 0 : 2081, next_cursor: empty ? null : 'x' }),
  'ledger.verify': () => ({
    verdict: 'valid',
    size: 2081,
    root: '9f2c1e7ab0d4c36655e0ff',
    completeness: 'not_provable',
  }),
}
const answer = async (route: string, input: unknown): Promise<string> => {
  await new Promise((resolve) => setTimeout(resolve, Number(params.get('delay') ?? 5)))
  try {
    if (params.get('fail') === route) throw new Refused('E_INTERNAL')
    const handler = Reflect.get(handlers, route) as ((input: unknown) => unknown) | undefined
    return JSON.stringify({ ok: true, data: handler?.(input) ?? {} })
  } catch (thrown) {
    return JSON.stringify({
      ok: false,
      error: thrown instanceof Refused ? thrown.shape : { code: 'E_INTERNAL', message: String(thrown), data: {} },
    })
  }
}
Reflect.set(window, 'candor', {
  call: answer,
  on: (event: string, listener: (payload: unknown) => void) => {
    const set = listeners.get(event) ?? new Set()
    listeners.set(event, set.add(listener))
    return () => set.delete(listener)
  },
})
