import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countRows, listFacet, listPage } from '../../electron/core/candidates/list-query.ts'
import { candidateSort, facetName, type CandidateFilter } from '../../electron/shared/ipc/routes/candidate-filter.ts'
import { scoreBand } from '../../electron/shared/domain/list-bands.ts'
import { plantCanaries } from '../helpers/plant-canaries.ts'
import { makeLocalHome, monday, reopen } from '../helpers/retention-home.ts'
import { spyOnStatements, type Plan } from '../helpers/statement-spy.ts'

/** Every way to narrow a list down, alone and together. */
const filters = (job: string): readonly CandidateFilter[] => {
  const alone: readonly CandidateFilter[] = [
    {},
    { job_id: job as never },
    { job_id: [job, 'other'] as never },
    { stage: ['new', 'reviewed'] },
    { channel: 'delivered' },
    { score: scoreBand.options.slice(0, 2) },
    { city: ['上海', '北京'] },
    { degree: 'master' },
    { school: '海州大学' },
    { skill: ['java', 'go'] },
    { platform: 'direct' },
    { query: '支' },
    { query: '支付' },
    { query: '支付系统' },
    { query: 'java 支付' },
    { query: 'zhang' },
    { query: 'zxm' },
  ]
  return [...alone, { job_id: job as never, stage: 'new', city: '上海', degree: 'master', query: '支付' }]
}

let plans: readonly Plan[]
let folder: string
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

beforeAll(async () => {
  const spy = spyOnStatements()
  folder = mkdtempSync(join(tmpdir(), 'candor-plans-'))
  const home = await reopen(await makeLocalHome(monday), { wall: monday, run: 0 })
  const job = await home.newJob()
  const people = []
  for (const [at, name] of ['张小明', '李四', '王芳芳'].entries())
    people.push(await home.intake(job, { name, phone: `1390000000${at}`, summary: '支付系统，熟悉 Java' }))
  await home.core.account?.indexer.settle()
  const [first, second] = people
  if (first === undefined || second === undefined) throw new Error('nobody came in')
  await home.call('job.update', { id: job, requirements: { skills_must: ['java'] } })
  await home.call('note.add', { id: first.record, text: '电话里谈过' })
  await home.call('application.move', { ids: [first.application], stage: 'interview' })
  await home.call('interview.schedule', {
    application_id: first.application,
    starts_at: home.time.wall + 86_400_000,
    minutes: 45,
    kind: 'onsite',
    place: '三号会议室',
    interviewers: [],
  })
  plantCanaries(home, { ...first, other: second.record, job, outside: folder })
  await home.core.account?.indexer.settle()
  await home.core.account?.lists.settle()

  for (const filter of filters(job)) {
    await home.call('candidate.facets', filter)
    for (const sort of candidateSort.options) {
      const page = await home.call('candidate.list', { ...filter, sort, limit: 1 })
      if (page.next_cursor !== null)
        await home.call('candidate.list', { ...filter, sort, limit: 1, cursor: page.next_cursor })
    }
    // What answers while the list is still being read into memory.
    const index = home.core.account?.index.reader
    if (index === undefined) throw new Error('nobody is signed in')
    countRows(index, filter)
    for (const facet of facetName.options) listFacet(index, filter, facet)
    for (const sort of candidateSort.options) {
      const { next } = listPage(index, filter, sort, 1, undefined)
      if (next !== null) listPage(index, filter, sort, 1, next)
    }
  }
  await home.call('candidate.list_values', { facet: 'skill', contains: 'ja' })
  const board = await home.call('board.get', { job_id: job, limit: 1 })
  for (const { step } of board.columns) await home.call('board.column', { job_id: job, step: step.id, limit: 1 })
  for (const { record } of people) {
    await home.call('candidate.get', { id: record })
    await home.call('duplicate.list', { id: record })
    await home.call('background.list', { id: record })
    await home.call('interview.list', { record_id: record })
    await home.call('ledger.list', { record_id: record })
  }
  await home.call('message.thread', { application_id: first.application })
  await home.call('application.move', { ids: people.map(({ application }) => application), stage: 'reviewed' })
  for (const route of [
    'mention.list',
    'mention.counts',
    'message.list',
    'message.counts',
    'interview.list',
    'interview.counts',
    'pool.list',
    'pool.counts',
    'job.list',
    'sync.status',
    'retention.plan',
    'retention.counts',
    'ledger.list',
    'intake.runs',
    'intake.asks',
    'intake.choices',
    'quarantine.list',
  ] as const)
    await home.call(route, {})
  const { id: asked } = await home.call('request.add', { kind: 'delete', via: 'phone', record_id: first.record })
  await home.call('request.note_proof', { id: asked, kind: 'identity' })
  await home.call('request.verify', { id: asked, verdict: 'verified' })
  await home.call('request.search', { id: asked })
  await home.call('request.get', { id: asked })
  for (const state of ['open', 'closed'] as const) await home.call('request.list', { state })
  await home.call('request.counts', {})
  await home.call('request.letter', { id: asked, language: 'zh-CN' })
  // What a destruction takes away, counts and looks for again; its order previewed first.
  const order = { application_ids: [second.application] }
  await home.call('retention.preview', order)
  await home.call('retention.destroy_now', order)
  // What is asked every minute.
  await home.core.account?.retention.runDue()
  await home.core.account?.indexer.settle()
  plans = spy.plans()
  spy.stop()
  await home.stop('quit')
})

/** Tables that stay small however many people come in: what the enterprise writes itself, and what is being done just now. */
const small: ReadonlySet<string> = new Set([
  'job',
  'sync_state',
  'step_template',
  'saved_view',
  'message_template',
  'outbox',
  'pending_entry',
  'destruction_job',
  'stale_row',
  'cosignature',
  'entry_month',
  'registered_file',
  'quarantine',
  'intake_choice',
  'intake_run',
  'watched_folder',
  'background_check',
  'incident',
  'mailbox',
  'mailbox_folder',
])

/** Indexes of a few among many: walking all of one is no walk over everybody. */
const few: ReadonlySet<string> = new Set([
  'candidate_locked',
  'candidate_unindexed',
  'candidate_unscored',
  'message_unread',
  'aside_change_odd',
  'consent_pool',
])

type Named = { readonly sql: RegExp; readonly why: string }

const byScore = /AS key FROM list_row lr .*ORDER BY coalesce\(/

/** Statements that read a whole table, each for a reason. */
const readsAll: readonly Named[] = [
  { sql: /LIMIT 1$/, why: 'asks whether there is anything at all, and stops at the first row' },
  {
    sql: /^SELECT count\(\*\) AS \w+ FROM \w+$/,
    why: 'counts along the narrowest index, with no condition to look for',
  },
  { sql: /^UPDATE candidate SET indexed_version = 0$/, why: 'has everything indexed anew, on purpose' },
  { sql: /^DELETE FROM tombstone WHERE until <= \?$/, why: 'once a start, over hashes of those who were destroyed' },
  { sql: /^SELECT slot FROM subject WHERE slot IS NOT NULL$/, why: 'once a start' },
  { sql: /INDEXED BY list_row_newest/, why: 'reads the list into memory, slice by slice along an index' },
  { sql: /GROUP BY a\.job_id, a\.stage$/, why: 'counts every job along an index that holds all it asks for' },
  { sql: /FROM pool_member/, why: 'the pool itself: those who agreed to be kept, a few among many' },
  { sql: /GROUP BY 1 ORDER BY count DESC, value$/, why: 'counts a facet from the file while memory is being filled' },
  {
    sql: byScore,
    why: 'a score is of an application and a job, so no index of people has it; from the file while memory is being filled',
  },
  { sql: /^SELECT count\(\*\) AS n FROM list_row lr/, why: 'counts a list from the file while memory is being filled' },
]

/** Statements that sort what they found, each for a reason. */
const sorts: readonly Named[] = [
  { sql: byScore, why: 'best score first, from the file while memory is being filled' },
  { sql: /GROUP BY 1 ORDER BY count DESC, value$/, why: 'sorts the values of a facet, not people' },
  { sql: /FROM job ORDER BY/, why: 'sorts the jobs' },
  { sql: /FROM pool_member GROUP BY pool/, why: 'sorts the names of the pools' },
]

/** The table behind a name in a plan. */
const tableOf = (sql: string, name: string): string =>
  new RegExp(String.raw`\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)\s+(?:AS\s+)?${name}\b`).exec(sql)?.[1] ?? name

const isNamed = (list: readonly Named[], sql: string): boolean => list.some((named) => named.sql.test(sql))

/** What a plan does that grows with everybody there is. */
const faultsOf = ({ sql, lines }: Plan): string[] => {
  const scans = lines.flatMap((line) => {
    const [, name, rest = ''] = /^SCAN (\w+)(.*)$/.exec(line) ?? []
    if (name === undefined || rest.includes('VIRTUAL TABLE') || small.has(tableOf(sql, name))) return []
    return few.has(/INDEX (\w+)/.exec(rest)?.[1] ?? '') ? [] : [{ line, rest }]
  })
  const sorting = lines.filter((line) => /TEMP B-TREE FOR (?:ORDER|GROUP) BY/.test(line))
  // A page walks along the index of its order and stops when it is full; where it sorts, something else has narrowed it before.
  const walks = sql.includes('AS key FROM list_row lr') && scans.every(({ rest }) => rest.includes('USING'))
  return [
    ...(walks || isNamed(readsAll, sql) ? [] : scans.map(({ line }) => line)),
    ...(scans.length === 0 || isNamed(sorts, sql) ? [] : sorting),
    ...lines.filter((line) => line.includes('AUTOMATIC')),
  ]
}

describe('the statements behind lists, boards, counts, conversations and histories', () => {
  it('neither read nor sort a table that grows, but for those named with a reason', () => {
    expect(plans.length).toBeGreaterThan(400)
    expect(
      plans.map((plan) => ({ ...plan, faults: faultsOf(plan) })).filter(({ faults }) => faults.length > 0),
    ).toEqual([])
  })

  it('that are named are all there', () => {
    for (const named of [...readsAll, ...sorts]) {
      expect([named.why, plans.some(({ sql }) => named.sql.test(sql))]).toEqual([named.why, true])
    }
  })

  it('would be caught', () => {
    const sql =
      "SELECT * FROM application a JOIN candidate c ON c.record_id = a.record_id WHERE c.life = 'live' ORDER BY a.at"
    const lines = ['SCAN c', 'SEARCH a USING AUTOMATIC COVERING INDEX (record_id=?)', 'USE TEMP B-TREE FOR ORDER BY']
    expect(faultsOf({ sql, lines })).toEqual([lines[0], lines[2], lines[1]])
    expect(faultsOf({ sql: 'SELECT lr.id AS key FROM list_row lr', lines: ['SCAN lr'] })).toEqual(['SCAN lr'])
  })
})
