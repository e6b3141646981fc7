import { afterAll, describe, expect, it } from 'vitest'
import { createListReader } from '../../../../electron/core/candidates/list-reader.ts'
import { countRows } from '../../../../electron/core/candidates/list-query.ts'
import { normalise } from '../../../../electron/core/search/bigrams.ts'
import { makeCandidate } from '../../../../electron/hub/sandbox/make-candidate.ts'
import { someQueries } from '../../../bench/search-bench.ts'
import { sweepCounts } from '../../../helpers/sweep-counts.ts'
import { memoryIndex, putIndexRow } from '../../../helpers/index-rows.ts'

const index = memoryIndex()
const texts = Array.from({ length: 300 }, (_, i) => JSON.stringify(makeCandidate(i, 1_790_000_000_000)))
for (const [i, text] of texts.entries()) {
  putIndexRow(index, `r${i}`, {
    platform: 'zhaopin',
    newest_at: i,
    years: 1,
    degree: null,
    city: null,
    school: null,
    salary: -1,
    activity: -1,
    due_at: 1,
    skills: [],
    applications: [{ job_id: 'j', stage: 'new', channel: 'delivered', score: -1 }],
    text,
  })
}
afterAll(() => {
  index.close()
})

describe('search against looking at every text', () => {
  it('finds all and nothing else, with exact totals, from memory and from the file', async () => {
    const lists = createListReader(index)
    await lists.settle()
    const folded = texts.map(normalise)
    for (const query of someQueries(texts, sweepCounts.searchQueries)) {
      const wanted = folded.flatMap((text, i) => (text.includes(normalise(query)) ? [`r${i}`] : []))
      const { rows, total } = lists.page({ query }, 'oldest', 300, undefined)
      expect([query, total, countRows(index.reader, { query })]).toEqual([query, wanted.length, wanted.length])
      expect(rows.map((row) => row.record_id)).toEqual(wanted)
    }
    lists.close()
  })
})
