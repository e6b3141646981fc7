// @vitest-environment happy-dom
import { defineComponent, h } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Marked } from '../../../src/stores/marks.ts'
import { useReviewStack } from '../../../src/features/candidates/use-review-stack.ts'
import { useScreen } from '../../../src/stores/screen.ts'
import { useUndo } from '../../../src/stores/undo.ts'
import { answerWith, mountInPage, type Mounted } from './mount-in-page.ts'

let mounted: Mounted | undefined
afterEach(() => mounted?.unmount())

type Setting = { readonly at?: number; readonly total?: number; readonly stage?: 'new' }

/** A list of `total`, of which `rows` come: the others are hidden by a rule. */
const begin = async (source: 'filter' | readonly Marked[], rows = 250, { at, total = rows, stage }: Setting = {}) => {
  answerWith({
    'candidate.list': ({ cursor = '0' }) => {
      const from = Number(cursor)
      const to = Math.min(from + 100, rows)
      return {
        items: Array.from({ length: to - from }, (_, i) => ({ id: `r${from + i}` })),
        total,
        next_cursor: to < rows ? String(to) : null,
        unindexed: 0,
      }
    },
  })
  let made: { stack: ReturnType<typeof useReviewStack>; screen: ReturnType<typeof useScreen> } | undefined
  mounted = await mountInPage(
    defineComponent(() => {
      const screen = useScreen()
      if (stage) screen.filter = { stage }
      if (at !== undefined) screen.reviewPlace = { ...(stage ? { stage } : {}), sort: 'newest', at }
      made = { stack: useReviewStack(source), screen }
      return () => h('div')
    }),
  )
  if (!made) throw new Error('not mounted')
  const { stack } = made
  await vi.waitFor(() => expect(stack.started.value).toBe(true))
  return { ...made, undo: useUndo() }
}
const marked = ['a', 'b', 'c'].map((id) => ({ id })) as unknown as readonly Marked[]

describe('a stack under review', () => {
  it('goes through those who were marked, to its end and no further', async () => {
    const { stack } = await begin(marked)
    await stack.go(2)
    expect([stack.current.value?.id, stack.ended.value]).toEqual(['c', false])
    await stack.go(9)
    expect([stack.at.value, stack.ended.value, stack.current.value]).toEqual([3, true, undefined])
    await stack.go(-4)
    expect(stack.current.value?.id).toBe('a')
  })
  it('reads on before the place is reached', async () => {
    const { stack } = await begin('filter')
    for (let at = 1; at <= 120; at += 1) {
      await stack.go(at)
      expect(stack.current.value?.id).toBe(`r${at}`)
    }
  })
  it('ends where the rows end, when some are counted and hidden', async () => {
    const { stack } = await begin('filter', 3, { total: 5 })
    await stack.go(3)
    expect([stack.current.value, stack.at.value]).toEqual([undefined, 3])
  })
  it('resumes where it was left, further down than one page', async () => {
    const { stack } = await begin('filter', 250, { at: 205 })
    await vi.waitFor(() => expect(stack.current.value?.id).toBe('r205'))
  })
  it('begins at its top under another filter', async () => {
    const { stack, screen } = await begin('filter', 250, { at: 3, stage: 'new' })
    await vi.waitFor(() => expect(stack.current.value?.id).toBe('r3'))
    mounted?.unmount()
    const other = await begin('filter', 250)
    expect(other.stack.at.value).toBe(0)
    expect(screen.filter).toEqual({ stage: 'new' })
  })
  it('keeps the place, less those who left the stage under review', async () => {
    const { stack, screen, undo } = await begin('filter', 250, { stage: 'new' })
    await stack.go(4)
    undo.push({ label: '推进', undo: async () => undefined })
    stack.decided('reviewed')
    await vi.waitFor(() => expect(stack.at.value).toBe(5))
    expect(screen.reviewPlace).toEqual({ stage: 'new', sort: 'newest', at: 4 })
    expect(stack.outcomeOf(4)).toBe('reviewed')
  })
  it('comes back to whoever a decision is taken back about', async () => {
    const { stack, undo } = await begin(marked)
    undo.push({ label: '不合适', undo: async () => undefined })
    stack.decided('rejected')
    await vi.waitFor(() => expect(stack.current.value?.id).toBe('b'))
    await stack.go(2)
    undo.undoLast()
    await vi.waitFor(() => expect(stack.current.value?.id).toBe('a'))
    expect([stack.outcomeOf(0), stack.outcomes.value]).toEqual([undefined, []])
  })
})
