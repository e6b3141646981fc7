import { computed, ref, shallowRef, watch } from 'vue'
import type { JobId } from '@shared/domain/ids.ts'
import type { CandidateRow } from '@shared/domain/views.ts'
import type { Stage } from '@shared/domain/vocabulary.ts'
import { toMarked, type Marked } from '../../stores/marks.ts'
import { useScreen } from '../../stores/screen.ts'
import { useUndo, type Undoable } from '../../stores/undo.ts'
import { useCandidatePages } from './use-candidate-pages.ts'

export type Outcome = { readonly at: number; readonly stage: Stage; readonly by: Undoable | undefined }

/**
 * A stack of resumes in an order that stands still: the list as it was filtered when it began, or those who were marked. Rows of
 * the list are read as it goes on, a person only when it is their turn, because each showing is a logged view (ZP-32).
 */
export const useReviewStack = (source: 'filter' | readonly Marked[]) => {
  const screen = useScreen()
  const undo = useUndo()
  const frozen = { filter: { ...screen.filter }, sort: screen.sort }
  const pages = source === 'filter' ? useCandidatePages(() => frozen, false) : undefined
  const at = ref(0)
  const decisions = shallowRef<readonly Outcome[]>([])

  const total = computed(() => (source === 'filter' ? (pages?.total.value ?? 0) : source.length))
  const rowAt = (index: number): CandidateRow | undefined => pages?.rowAt(index)
  const itemAt = (index: number): Marked | undefined => {
    if (source !== 'filter') return source[index]
    const row = rowAt(index)
    return row && toMarked(row)
  }
  const current = computed(() => itemAt(at.value))
  const outcomes = computed(() => decisions.value.filter(({ by }) => by === undefined || !undo.taken.has(by)))
  const outcomeOf = (index: number): Stage | undefined => outcomes.value.findLast((one) => one.at === index)?.stage
  const started = computed(() => pages?.started.value ?? true)
  const ended = computed(() => started.value && at.value >= total.value)

  /** Rows that a rule hides are counted and never come: the stack ends where the list does. */
  const lastKnown = computed(() => (pages && pages.count.value < total.value ? pages.count.value : total.value))
  const go = async (to: number): Promise<void> => {
    const wanted = Math.max(0, Math.min(to, total.value))
    await pages?.look(Math.max(0, wanted - 1), wanted)
    at.value = wanted < total.value && itemAt(wanted) === undefined ? lastKnown.value : wanted
  }
  const decided = (stage: Stage): void => {
    decisions.value = [...decisions.value, { at: at.value, stage, by: stage === 'hired' ? undefined : undo.newest }]
    void go(at.value + 1)
  }
  // Who was decided about and is taken back is the one to look at.
  watch(
    () => undo.taken,
    (taken, before) => {
      const back = decisions.value.findLast(({ by }) => by !== undefined && taken.has(by) && !before.has(by))
      if (back) void go(back.at)
    },
  )

  /** A place is kept for a list that is one job's or everybody's, by count; another filter begins at its top. */
  const place = (): { job_id?: JobId; stage?: Stage } | undefined => {
    if (source !== 'filter') return undefined
    const { job_id: jobs, stage: stages, ...rest } = frozen.filter
    if (Object.values(rest).some((value) => value !== undefined && value !== '')) return undefined
    const [job, ...otherJobs] = [jobs ?? []].flat()
    const [stage, ...otherStages] = [stages ?? []].flat()
    if (otherJobs.length > 0 || otherStages.length > 0) return undefined
    return { ...(job === undefined ? {} : { job_id: job as JobId }), ...(stage === undefined ? {} : { stage }) }
  }
  watch(at, (now) => {
    const where = place()
    if (where === undefined) return
    // Those who left the stage are not there when the list is read anew.
    const gone = where.stage === undefined ? 0 : new Set(outcomes.value.map((one) => one.at)).size
    screen.reviewPlace = { ...where, sort: frozen.sort, at: ended.value ? 0 : Math.max(0, now - gone) }
  })
  const resume = async (): Promise<void> => {
    const [where, left] = [place(), screen.reviewPlace]
    const same =
      where !== undefined && left?.job_id === where.job_id && left?.stage === where.stage && left?.sort === frozen.sort
    if (!same || !left) return
    for (let seen = 0; seen < left.at && seen < total.value; seen += 100) await pages?.look(seen, seen)
    await go(Math.min(left.at, Math.max(0, total.value - 1)))
  }
  watch(started, (now) => now && void resume(), { immediate: true })
  return { pages, at, total, current, started, ended, outcomes, rowAt, outcomeOf, go, decided, filter: frozen.filter }
}
