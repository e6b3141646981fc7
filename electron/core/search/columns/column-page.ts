import type { CandidateFilter, CandidateSort } from '../../../shared/ipc/routes/candidate-filter.ts'
import { createMatcher, hasApplication, none } from './column-match.ts'
import { applicationWidth, type ColumnsView } from './row-columns.ts'

/** Rows of a query, by number: 1 at each. */
export type Hits = Uint8Array

export type Place = { readonly key: number; readonly id: number }

/** What rows are ordered by, by their number. */
const keysOf = (view: ColumnsView, filter: CandidateFilter, sort: CandidateSort): Float64Array => {
  if (sort !== 'score') return view.keys[sort === 'oldest' ? 'newest' : sort]
  const matcher = createMatcher(view, filter)
  const { lists, applications, top } = view
  const best = new Float64Array(top + 1).fill(-1)
  for (let id = 1; id <= top; id += 1) {
    const from = lists.applicationAt[id] ?? 0
    const end = from + (lists.applications[id] ?? 0) * applicationWidth
    for (let place = from; place < end; place += applicationWidth) {
      const score = applications[place + 3] ?? -1
      if (score > (best[id] ?? -1) && (!matcher.asksApplications || matcher.applicationMiss(place) === 0))
        best[id] = score
    }
  }
  return best
}

/** The first so many of what is put in, in order, by a heap whose root is the last of them. */
const createFirsts = (limit: number, comesBefore: (a: Place, b: Place) => boolean) => {
  const heap: Place[] = []
  const swap = (a: number, b: number): void => {
    const kept = heap[a]
    heap[a] = heap[b] as Place
    heap[b] = kept as Place
  }
  const isLater = (a: number, b: number): boolean => comesBefore(heap[b] as Place, heap[a] as Place)
  const rise = (): void => {
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1
      if (!isLater(at, parent)) return
      swap(at, parent)
      at = parent
    }
  }
  const sink = (): void => {
    for (let at = 0; ;) {
      const left = at * 2 + 1
      const child = left + 1 < heap.length && isLater(left + 1, left) ? left + 1 : left
      if (child >= heap.length || !isLater(child, at)) return
      swap(at, child)
      at = child
    }
  }
  return {
    /** The last of them once there are enough; what comes behind it needs no place of its own. */
    last: (): Place | undefined => (heap.length < limit ? undefined : heap[0]),
    put: (place: Place): void => {
      if (heap.length < limit) {
        heap.push(place)
        rise()
        return
      }
      const last = heap[0]
      if (last === undefined || !comesBefore(place, last)) return
      heap[0] = place
      sink()
    },
    inOrder: (): Place[] => [...heap].sort((a, b) => (comesBefore(a, b) ? -1 : 1)),
  }
}

/** The places of a page and of the row behind it, and how many rows there are in all. */
export const pageOf = (
  view: ColumnsView,
  filter: CandidateFilter,
  sort: CandidateSort,
  limit: number,
  after: Place | undefined,
  hits: Hits | undefined,
): { readonly places: readonly Place[]; readonly total: number } => {
  const matcher = createMatcher(view, filter)
  const keys = keysOf(view, filter, sort)
  const falling = sort !== 'oldest' && sort !== 'due'
  const comesBefore = (a: Place, b: Place): boolean =>
    falling ? a.key > b.key || (a.key === b.key && a.id > b.id) : a.key < b.key || (a.key === b.key && a.id < b.id)
  const firsts = createFirsts(limit + 1, comesBefore)
  const { alive, top } = view
  let total = 0
  // Everybody is looked at for the total, so the most are to be turned away by two numbers and without a place being made for them.
  const [sign, from, fromId] = falling
    ? ([1, after?.key ?? Infinity, after?.id ?? Infinity] as const)
    : ([-1, -(after?.key ?? -Infinity), -(after?.id ?? -Infinity)] as const)
  let least = -Infinity
  // From the end that the first rows are likely to lie at, so that few of the others get into the heap.
  for (let i = 1; i <= top; i += 1) {
    const id = falling ? top + 1 - i : i
    if (alive[id] !== 1 || (hits !== undefined && hits[id] !== 1)) continue
    if (matcher.asksRows && matcher.missOf(id) !== none) continue
    if (matcher.asksApplications && !hasApplication(view, matcher, id)) continue
    total += 1
    const own = keys[id] ?? 0
    const signed = own * sign
    if (signed < least || signed > from || (signed === from && id * sign >= fromId)) continue
    firsts.put({ key: own, id })
    const last = firsts.last()
    if (last !== undefined) least = last.key * sign
  }
  return { places: firsts.inOrder(), total }
}
