import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ApplicationId, JobId, RecordId } from '@shared/domain/ids.ts'
import type { CandidateRow } from '@shared/domain/views.ts'

/** A row that is marked in the list: whose, and for which job. No values. */
export type Marked = { readonly id: RecordId; readonly application?: ApplicationId; readonly jobId?: JobId }

/** What one move takes (`application.move`). */
export const MOST_MARKED = 500

export const toMarked = ({ id, application }: CandidateRow): Marked =>
  application ? { id, application: application.id, jobId: application.job_id } : { id }

/** Who is marked in the list, in the order of marking, and which of the screens beside the list is open for whom. */
export const useMarks = defineStore('marks', () => {
  const items = shallowRef<ReadonlyMap<string, Marked>>(new Map())
  /** `filter`: the stack is the list as it is filtered. */
  const review = shallowRef<'filter' | readonly Marked[]>()
  const comparing = shallowRef<readonly Marked[]>()

  const has = (id: string): boolean => items.value.has(id)
  const set = (rows: readonly CandidateRow[], on: boolean): void => {
    const next = new Map(items.value)
    for (const row of rows)
      if (!on) next.delete(row.id)
      else if (next.size < MOST_MARKED) next.set(row.id, toMarked(row))
    items.value = next
  }
  const clear = (): void => {
    items.value = new Map()
  }
  const reset = (): void => {
    clear()
    review.value = undefined
    comparing.value = undefined
  }
  return { items, count: computed(() => items.value.size), review, comparing, has, set, clear, reset }
})
