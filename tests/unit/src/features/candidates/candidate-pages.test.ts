// @vitest-environment happy-dom
import { effectScope, nextTick, ref } from 'vue'
import { afterEach, describe, expect, test } from 'vitest'
import { useCandidatePages } from '../../../../../src/features/candidates/use-candidate-pages.ts'
import type { Filter, Sort } from '../../../../../src/stores/screen.ts'
import { answerWith } from '../../mount-in-page.ts'

const TOTAL = 5_000
/** Core leaves out rows that a rule hides from the list, so pages may be shorter than asked for. */
const shortPage = 3
const list = (input: Record<string, unknown>) => {
  const from = Number(input['cursor'] ?? 0)
  const limit = Number(input['limit'])
  const ids = Array.from({ length: limit }, (_, i) => from + i)
  const kept = from === 100 ? ids.slice(shortPage) : ids
  const next = from + limit < TOTAL ? String(from + limit) : null
  return { items: kept.map((id) => ({ id: `r${id}` })), total: TOTAL, next_cursor: next, unindexed: 0 }
}
const settle = async (): Promise<void> => {
  for (let n = 0; n < 60; n++) await Promise.resolve()
  await nextTick()
}
let scope = effectScope()
afterEach(() => scope.stop())
const start = () => {
  scope = effectScope()
  const calls = answerWith({ 'candidate.list': list })
  const filter = ref<Filter>({})
  const sort = ref<Sort>('newest')
  const pages = scope.run(() => useCandidatePages(() => ({ filter: filter.value, sort: sort.value })))
  if (!pages) throw new Error('no pages')
  return { calls, filter, pages }
}

describe('the rows of the list', () => {
  test('[ZP-32] are asked for only near what is seen: each row that crosses is a row shown', async () => {
    const { calls, pages } = start()
    await settle()
    await pages.look(0, 20)
    expect(calls).toHaveLength(1)
    expect(pages.total.value).toBe(TOTAL)
    expect(pages.count.value).toBe(200)
    await pages.look(30, 60)
    expect(calls.map((call) => call.input['cursor'])).toEqual([undefined, '100'])
  })
  test('follow each other without gaps when a page is shorter', async () => {
    const { pages } = start()
    await settle()
    await pages.look(60, 99)
    await pages.look(150, 190)
    expect(pages.rowAt(99)?.id).toBe('r99')
    expect(pages.rowAt(100)?.id).toBe('r103')
    expect(pages.rowAt(196)?.id).toBe('r199')
    expect(pages.rowAt(197)?.id).toBe('r200')
  })
  test('far pages are dropped and asked for again by their cursor', async () => {
    const { calls, pages } = start()
    await settle()
    for (let at = 0; at < 3_000; at += 50) await pages.look(at, at + 20)
    expect(pages.rowAt(0)).toBeUndefined()
    const before = calls.length
    await pages.look(0, 20)
    expect(pages.rowAt(0)?.id).toBe('r0')
    expect(calls.length).toBe(before + 1)
  })
  test('another filter begins anew', async () => {
    const { calls, filter, pages } = start()
    await settle()
    filter.value = { query: 'Java' }
    await settle()
    expect(calls.at(-1)?.input).toEqual({ query: 'Java', sort: 'newest', limit: 100 })
    expect(pages.rowAt(0)?.id).toBe('r0')
  })
  test('a refusal leaves no rows behind and says its code', async () => {
    const { filter, pages } = start()
    await settle()
    answerWith({})
    filter.value = { city: '北京' }
    await settle()
    expect(pages.error.value?.code).toBe('E_ROUTE')
    expect(pages.count.value).toBe(0)
  })
})
