import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CandidateRow } from '../../../electron/shared/domain/views.ts'
import { MOST_MARKED, toMarked, useMarks } from '../../../src/stores/marks.ts'

const row = (id: string): CandidateRow =>
  ({
    id,
    name: '王某',
    phone: '138****0000',
    application: { id: `a-${id}`, job_id: 'j' },
  }) as unknown as CandidateRow

describe('marks', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('hold ids alone, in the order of marking', () => {
    const marks = useMarks()
    marks.set([row('b'), row('a')], true)
    marks.set([row('b')], true)
    expect([...marks.items.values()]).toEqual([
      { id: 'b', application: 'a-b', jobId: 'j' },
      { id: 'a', application: 'a-a', jobId: 'j' },
    ])
    marks.set([row('b')], false)
    expect([marks.has('b'), marks.count]).toEqual([false, 1])
    expect(JSON.stringify(toMarked(row('x')))).not.toMatch(/王|138/)
  })
  it('are no more than one move takes', () => {
    const marks = useMarks()
    marks.set(
      Array.from({ length: MOST_MARKED + 5 }, (_, at) => row(String(at))),
      true,
    )
    expect(marks.count).toBe(MOST_MARKED)
  })
  it('go with the account', () => {
    const marks = useMarks()
    marks.set([row('a')], true)
    marks.review = 'filter'
    marks.comparing = [toMarked(row('a'))]
    marks.reset()
    expect([marks.count, marks.review, marks.comparing]).toEqual([0, undefined, undefined])
  })
})
