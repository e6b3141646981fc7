import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { CandidateRow } from '@shared/domain/views.ts'
import { call, toApiError, type ApiError } from '../../ipc/api.ts'
import { SKELETON_AFTER_MS } from '../../ipc/use-query.ts'
import { useDataChanged } from '../../ipc/use-event.ts'
import type { Filter, Sort } from '../../stores/screen.ts'

type Page = {
  readonly start: number
  readonly cursor: string | undefined
  readonly length: number
  rows?: readonly CandidateRow[]
}

const PAGE = 100
/** Rows below the last visible one at which the next page is asked for. */
const AHEAD = PAGE / 2
/** Pages that stay in memory around the visible one. */
const KEEP = 12

/**
 * The list's rows, page by page. Pages follow each other by cursor and are only asked for when the person comes near
 * them: each row that crosses is a row shown, and the log says so. Far pages are dropped and asked for again by cursor.
 */
export const useCandidatePages = (
  wanted: () => { readonly filter: Filter; readonly sort: Sort },
  /** False: the rows stay as they were read, so that nobody's place moves while a stack is worked through. */
  live = true,
) => {
  const pages = shallowRef<readonly Page[]>([])
  const next = shallowRef<string | null>(null)
  const total = ref(0)
  const unindexed = ref(0)
  const error = shallowRef<ApiError>()
  const started = ref(false)
  const slow = ref(false)
  let turn = 0
  let busy = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const loaded = computed(() => {
    const last = pages.value.at(-1)
    return last ? last.start + last.length : 0
  })
  const count = computed(() =>
    next.value === null ? loaded.value : Math.max(loaded.value, Math.min(total.value, loaded.value + PAGE)),
  )
  const pageOf = (index: number): Page | undefined => {
    // Pages are nearly all of one length, so the guess is right or next to it.
    let at = Math.min(pages.value.length - 1, Math.floor(index / PAGE))
    while (at >= 0 && (pages.value[at]?.start ?? 0) > index) at--
    while (at + 1 < pages.value.length && (pages.value[at + 1]?.start ?? Infinity) <= index) at++
    return pages.value[at]
  }
  const rowAt = (index: number): CandidateRow | undefined => {
    const page = pageOf(index)
    return page?.rows?.[index - page.start]
  }
  const ask = (cursor: string | undefined) => {
    const { filter, sort } = wanted()
    return call('candidate.list', { ...filter, sort, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
  }
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    const mine = turn
    busy = true
    try {
      await work()
    } catch (thrown) {
      if (mine === turn) error.value = toApiError(thrown)
    }
    if (mine === turn) busy = false
  }
  const readMore = (): Promise<void> =>
    guarded(async () => {
      const mine = turn
      const cursor = next.value ?? undefined
      const answer = await ask(cursor)
      if (mine !== turn) return
      pages.value = [
        ...pages.value,
        { start: loaded.value, cursor, length: answer.items.length, rows: Object.freeze(answer.items) },
      ]
      next.value = answer.next_cursor
      total.value = answer.total
      unindexed.value = answer.unindexed
    })
  const readAgain = (page: Page): Promise<void> =>
    guarded(async () => {
      const mine = turn
      const answer = await ask(page.cursor)
      if (mine !== turn) return
      page.rows = Object.freeze(answer.items)
      pages.value = [...pages.value]
    })

  let seen = { first: 0, last: 0 }
  const look = async (first: number, last: number): Promise<void> => {
    seen = { first, last }
    if (busy || error.value) return
    const dropped = [pageOf(first), pageOf(last)].find((page) => page && !page.rows)
    if (dropped) await readAgain(dropped)
    else if (next.value !== null && last + AHEAD >= loaded.value) await readMore()
    else return
    const here = Math.floor(seen.first / PAGE)
    for (const [at, page] of pages.value.entries()) if (Math.abs(at - here) > KEEP) delete page.rows
    await look(seen.first, seen.last)
  }
  const reload = async (quiet = false): Promise<void> => {
    const mine = ++turn
    busy = false
    clearTimeout(timer)
    error.value = undefined
    if (!quiet) timer = setTimeout(() => (slow.value = true), SKELETON_AFTER_MS)
    const before = pages.value
    try {
      const answer = await ask(undefined)
      if (mine !== turn) return
      pages.value = [{ start: 0, cursor: undefined, length: answer.items.length, rows: Object.freeze(answer.items) }]
      next.value = answer.next_cursor
      total.value = answer.total
      unindexed.value = answer.unindexed
    } catch (thrown) {
      if (mine !== turn) return
      error.value = toApiError(thrown)
      pages.value = []
      total.value = 0
      next.value = null
    }
    clearTimeout(timer)
    slow.value = false
    started.value = true
    // The person was further down: read on until that place is there again.
    if (quiet && before.length > 1) await look(seen.first, seen.last)
  }
  watch(
    () => JSON.stringify(wanted()),
    () => {
      seen = { first: 0, last: 0 }
      void reload()
    },
    { immediate: true },
  )
  if (live) useDataChanged(['candidates'], () => void reload(true))
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
  })
  return { count, total, unindexed, error, started, slow, rowAt, look, reload }
}
