import { parse } from 'yaml'
import type {
  CellView,
  HubNotice,
  MatrixRole,
  NumberView,
  PolicyUpdate,
  ProfileChange,
  ProfileSummary,
  ProfileView,
  RuleSource,
} from '@shared/domain/policy-views.ts'
import { channel, fieldName, platform, type Channel, type FieldName, type Platform } from '@shared/domain/vocabulary.ts'
import { NOW } from './fake-rows.ts'

/** The shipped profiles, read roughly as core would show them: enough to look at, no source of truth. */
type Raw = Record<string, never> & { readonly cells: Record<string, Record<string, Record<string, unknown[]>>> }
const texts = import.meta.glob<string>('../../../../resources/profiles/*.yaml', {
  eager: true,
  query: '?raw',
  import: 'default',
})
const clauseFiles = import.meta.glob<ReadonlyArray<{ id: string; clause: string; behaviour: string }>>(
  '../../../../resources/clauses.json',
  { eager: true, import: 'default' },
)
const clauses = Object.fromEntries(
  Object.values(clauseFiles)
    .flat()
    .map(({ id, clause, behaviour }) => [id, { place: clause, behaviour }]),
)
const raw = (name: string): Raw => {
  const entry = Object.entries(texts).find(([path]) => path.endsWith(`/${name}.yaml`))
  return parse(entry?.[1] ?? '{}') as Raw
}
const sources: Readonly<Record<string, RuleSource>> = { t: 'text', d: 'default', e: 'enterprise' }
const cellOf = ([state, form, source, clause, more]: unknown[]): CellView => {
  const condition = more as { if: string; else: unknown[] } | undefined
  return {
    state: state as CellView['state'],
    form: form as CellView['form'],
    source: sources[String(source)] ?? 'default',
    clause: String(clause),
    // Core names the real ones.
    rule: state === 'absent' ? 'NOT_DISCLOSED' : 'SHOWN',
    lift: null,
    ...(condition ? { condition: condition.if, otherwise: cellOf(condition.else) } : {}),
  }
}
const units: ReadonlyArray<readonly [string, NumberView['unit']]> = [
  ['workdays', 'workdays'],
  ['days', 'days'],
  ['hours', 'hours'],
  ['minutes', 'minutes'],
  ['months', 'months'],
  ['years', 'years'],
  ['min_age', 'years'],
  ['guardian_until', 'years'],
]
const numbersOf = (value: unknown, path = ''): NumberView[] => {
  if (Array.isArray(value)) {
    const [number, clause] = value as unknown[]
    if (typeof number !== 'number' || typeof clause !== 'string') return []
    const unit = units.find(([end]) => path.endsWith(end))?.[1] ?? 'count'
    return [{ path, value: number, unit, clause, source: /^[DK]/.test(clause) ? 'default' : 'text' }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, path === '' ? key : `${path}.${key}`))
}
const base = raw('strict-base') as Record<string, unknown>

export const summaries = (): ProfileSummary[] =>
  platform.options.map((name) => {
    const { policy, cells } = raw(name) as { policy?: Record<string, string>; cells: object }
    return {
      platform: name,
      version: policy?.['version'] ?? '1',
      revision: 'a1b2c3d4e5f6',
      ...(policy?.['updated'] ? { updated: policy['updated'] } : {}),
      ...(policy?.['effective'] ? { effective: policy['effective'] } : {}),
      candidates: Object.keys(cells).length > 0,
      tightened: name === 'maimai' ? 2 : 0,
    }
  })

export const profileOf = (name: Platform, role: MatrixRole): ProfileView => {
  const own = raw(name)
  const summary = summaries().find((item) => item.platform === name) as ProfileSummary
  const named = new Set(Object.values(own.cells).flatMap((row) => Object.keys(row)))
  const channels = channel.options.filter((one) => named.has(one))
  const as = role === 'headhunter' ? 'headhunter' : 'hr'
  const rows = fieldName.options.map((field: FieldName) => ({
    field,
    cells: Object.fromEntries(
      channels.flatMap((one: Channel) => {
        const cell = role === 'officer' ? undefined : own.cells[field]?.[one]?.[as]
        return cell ? [[one, cellOf(cell)]] : []
      }),
    ) as Partial<Record<Channel, CellView>>,
  }))
  const phone = rows.find((row) => row.field === 'phone')
  if (name === 'maimai' && phone)
    phone.cells.delivered = {
      state: 'masked',
      form: 'full',
      clause: 'D1',
      source: 'enterprise',
      rule: 'ENTERPRISE_RULE',
      lift: 'ENTERPRISE_LIFTS',
    }
  const gates = { ...(base['gates'] as object), ...((own as Record<string, unknown>)['gates'] as object) }
  const first = base['first_stage'] as { hidden: FieldName[]; banded: FieldName[]; clause: string }
  return {
    ...summary,
    role,
    channels,
    rows: summary.candidates ? rows : [],
    numbers: numbersOf({ ...base, cells: {} }),
    gates: Object.entries(gates as Record<string, { by: string[]; clause: string }>).map(([gate, { by, clause }]) => ({
      name: gate,
      by,
      clause,
      source: by.includes('required') ? ('default' as const) : ('text' as const),
    })),
    first_stage: first,
    sealed: base['sealed'] as ProfileView['sealed'],
    silent: ((own as Record<string, { silent?: string[] }>)['policy']?.silent ?? []) as string[],
    flags: ((own as Record<string, unknown>)['candidate_flags'] ?? []) as string[],
    complaint: {
      ...(base['requests'] as { complaint: ProfileView['complaint'] }),
      ...(own as { requests?: { complaint?: ProfileView['complaint'] } }).requests,
    }.complaint as ProfileView['complaint'],
    clauses,
  }
}

const cellChange = (
  field: FieldName,
  via: Channel,
  before: string,
  after: string,
  direction: ProfileChange['direction'],
): ProfileChange => ({
  part: 'cell',
  path: `cells.${field}.${via}.hr`,
  field,
  channel: via,
  role: 'hr',
  before,
  after,
  direction,
  clause: 'ZP-21',
})
const changes: ProfileChange[] = [
  ...(['delivered', 'emailed', 'direct', 'exchanged'] as const).map((via) =>
    cellChange('phone', via, 'reveal', 'VN', 'stricter'),
  ),
  ...(['recommended', 'searched', 'greeted'] as const).map((via) =>
    cellChange('residence', via, 'see:city', 'absent', 'stricter'),
  ),
  ...(['photo', 'sex', 'household', 'political_status', 'current_salary'] as const).map((field) =>
    cellChange(field, 'delivered', 'reveal', 'masked', 'stricter'),
  ),
  ...(['expected_salary', 'insights', 'body'] as const).map((field) =>
    cellChange(field, 'emailed', 'absent', 'see', 'looser'),
  ),
  {
    part: 'number',
    path: 'retention.rejected_days',
    before: '30',
    after: '14',
    direction: 'stricter',
    clause: 'D4',
  },
  { part: 'gate', path: 'gates.recheck', before: null, after: 'periodic', direction: 'stricter', clause: 'MM-15' },
  {
    part: 'list',
    path: 'sealed.fields',
    before: 'household,political_status',
    after: 'household,political_status,id_number',
    direction: 'other',
    clause: 'ZP-05',
  },
]
export const updates: PolicyUpdate[] = [
  {
    id: 'zhaopin/next',
    platform: 'zhaopin',
    source: 'hub',
    version: '2026 V4',
    from_version: '2026 V3',
    received_at: NOW - 3_600_000,
    effective_at: Date.parse('2026-12-01T00:00:00+08:00'),
    in_force: false,
    changes,
  },
  {
    id: 'maimai/now',
    platform: 'maimai',
    source: 'enterprise',
    version: '2026-03',
    from_version: '2026-03',
    received_at: NOW - 86_400_000,
    effective_at: NOW - 86_400_000,
    in_force: true,
    changes: changes.slice(0, 9),
  },
  {
    id: 'zhaopin/now',
    platform: 'zhaopin',
    source: 'program',
    version: '2026 V3',
    from_version: '2026 V2',
    received_at: NOW - 2 * 86_400_000,
    effective_at: NOW - 2 * 86_400_000,
    in_force: true,
    changes: changes.slice(6),
  },
]
export const notices: HubNotice[] = [
  {
    id: 'n1',
    key: 'n1:5c41d0a97b3e',
    at: NOW - 7_200_000,
    title: '虚拟号码服务调整',
    body: '自 12 月 1 日起，虚拟号码的有效期由 7 天改为 3 天。',
    version: '2026-11',
    requires_consent: true,
    answered: false,
  },
]
