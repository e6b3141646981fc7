import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createListReader, type ListReader } from '../../../../../electron/core/candidates/list-reader.ts'
import { countRows, listFacet, listPage } from '../../../../../electron/core/candidates/list-query.ts'
import { eraseIndexRows } from '../../../../../electron/core/retention/destruction-rows.ts'
import type { OpenDatabase } from '../../../../../electron/core/store/open-store.ts'
import {
  candidateFilter,
  candidateSort,
  facetName,
  type CandidateFilter,
} from '../../../../../electron/shared/ipc/routes/candidate-filter.ts'
import { memoryIndex, putIndexRow, type IndexedRow } from '../../../../helpers/index-rows.ts'

const cities = ['上海', '北京', '杭州'] as const
const stages = ['new', 'interview', 'rejected'] as const
const channels = ['delivered', 'searched'] as const
const jobs = ['j1', 'j2', 'j3'] as const
const skills = ['java', 'go', 'c++', '焊接'] as const
const words = ['工程师', 'java', '张江', 'C++', 'wang'] as const

const row: fc.Arbitrary<IndexedRow> = fc.record({
  platform: fc.constantFrom('zhaopin', 'lagou'),
  newest_at: fc.integer({ min: 1, max: 6 }),
  years: fc.integer({ min: -1, max: 12 }),
  degree: fc.constantFrom(null, 'master', 'bachelor'),
  city: fc.constantFrom(null, ...cities),
  school: fc.constantFrom(null, '清华大学', '同济大学'),
  salary: fc.constantFrom(-1, 4000, 5000, 12_000, 30_000, 90_000),
  activity: fc.integer({ min: -1, max: 30 }),
  due_at: fc.constantFrom(5, 9, Number.MAX_SAFE_INTEGER),
  skills: fc.subarray([...skills]),
  applications: fc.array(
    fc.record({
      job_id: fc.constantFrom(...jobs),
      stage: fc.constantFrom(...stages),
      channel: fc.constantFrom(...channels),
      score: fc.integer({ min: -1, max: 100 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  text: fc.subarray([...words]).map((parts) => parts.join(' ')),
  name: fc.constantFrom('王伟', '单雄信', '万国', ''),
})

const some = <T extends string>(...values: T[]) =>
  fc.option(fc.oneof(fc.constantFrom(...values), fc.subarray(values, { minLength: 1 })), { nil: undefined })

const filter = fc
  .record({
    query: fc.option(fc.constantFrom('工', 'java', 'wa', 'shan', '张江 c', '…', '程师'), { nil: undefined }),
    job_id: some(...jobs),
    stage: some(...stages),
    city: some(...cities, '没有人'),
    degree: some('master', 'bachelor'),
    years: some('0', '1-2', '10+'),
    school: some('清华大学', '同济大学'),
    skill: some(...skills),
    salary: some('0-5', '5-10', '50+'),
    platform: some('zhaopin', 'lagou'),
    channel: some(...channels),
    activity: some('0', '20+'),
    score: some('0-39', '80+'),
  })
  // Most filters ask for little; with all of these at once nobody would be left.
  .chain((whole) =>
    fc
      .subarray(Object.keys(whole) as Array<keyof typeof whole>, { maxLength: 4 })
      .map((keys) => [whole, keys] as const),
  )
  .map(([whole, keys]) =>
    candidateFilter.parse(
      Object.fromEntries(keys.flatMap((key) => (whole[key] === undefined ? [] : [[key, whole[key]]]))),
    ),
  )

type Change = { readonly id: number; readonly row: IndexedRow | null | 'stale' | 'fresh' }
const change: fc.Arbitrary<Change> = fc.record({
  id: fc.integer({ min: 0, max: 14 }),
  row: fc.oneof({ weight: 6, arbitrary: row }, fc.constantFrom(null, 'stale' as const, 'fresh' as const)),
})

const apply = (index: OpenDatabase, { id, row: next }: Change): void => {
  const record = `r${id}`
  if (next === null) eraseIndexRows(index.db, record)
  else if (next === 'stale') {
    index.db.run('INSERT OR IGNORE INTO stale_row (row_id) SELECT id FROM list_row WHERE record_id = ?', record)
  } else if (next === 'fresh') {
    index.db.run('DELETE FROM stale_row WHERE row_id IN (SELECT id FROM list_row WHERE record_id = ?)', record)
  } else putIndexRow(index, record, next)
}

const compare = (index: OpenDatabase, lists: ListReader, asked: CandidateFilter): void => {
  for (const sort of candidateSort.options) {
    let cursor: string | undefined
    do {
      const mine = lists.page(asked, sort, 3, cursor)
      const whole = { ...listPage(index.reader, asked, sort, 3, cursor), total: countRows(index.reader, asked) }
      expect(mine).toEqual(whole)
      cursor = mine.next ?? undefined
    } while (cursor !== undefined)
  }
  const facets = lists.facets(asked, facetName.options)
  for (const facet of facetName.options)
    expect([facet, facets[facet]]).toEqual([facet, listFacet(index.reader, asked, facet)])
}

describe('lists from memory', () => {
  it('say what the file says, whatever is asked and however it has changed meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 30 }),
        fc.array(fc.tuple(fc.array(change, { maxLength: 4 }), filter), { minLength: 1, maxLength: 4 }),
        async (before, rounds) => {
          const index = memoryIndex()
          for (const one of before) apply(index, one)
          const lists = createListReader(index)
          await lists.settle()
          for (const [changes, asked] of rounds) {
            for (const one of changes) apply(index, one)
            compare(index, lists, asked)
          }
          lists.close()
          index.close()
        },
      ),
      { numRuns: 150 },
    )
  })

  it('answer from the file until they are read, and forget what a transaction took back', async () => {
    const index = memoryIndex()
    const [first] = fc.sample(row, { numRuns: 1, seed: 7 })
    if (first === undefined) throw new Error('no row')
    putIndexRow(index, 'r1', first)
    const lists = createListReader(index)
    expect(lists.page({}, 'newest', 10, undefined).total).toBe(1)
    await lists.settle()
    expect(() => {
      index.db.transaction(() => {
        eraseIndexRows(index.db, 'r1')
        throw new Error('no room')
      })
    }).toThrow('no room')
    expect(lists.page({}, 'newest', 10, undefined).total).toBe(1)
    lists.close()
    index.close()
  })

  it('have left a destroyed person before the next answer, words and all', async () => {
    const index = memoryIndex()
    const [one] = fc.sample(row, { numRuns: 1, seed: 3 })
    if (one === undefined) throw new Error('no row')
    putIndexRow(index, 'r1', { ...one, school: '只有他上过的学校', skills: ['只有他会的手艺'] })
    putIndexRow(index, 'r2', { ...one, school: '清华大学', skills: ['java'] })
    const lists = createListReader(index)
    await lists.settle()
    expect(JSON.stringify(lists.facets({}, facetName.options))).toContain('只有他')
    eraseIndexRows(index.db, 'r1')
    expect(JSON.stringify(lists.facets({}, facetName.options))).not.toContain('只有他')
    expect(lists.page({ school: '只有他上过的学校' }, 'newest', 10, undefined)).toMatchObject({ rows: [], total: 0 })
    lists.close()
    index.close()
  })
})
