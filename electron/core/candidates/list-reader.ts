import {
  facetName,
  type CandidateFilter,
  type CandidateSort,
  type FacetName,
} from '../../shared/ipc/routes/candidate-filter.ts'
import { countFacets, valuesOf } from '../search/columns/column-facets.ts'
import { pageOf, type Hits } from '../search/columns/column-page.ts'
import { createListColumns } from '../search/columns/list-columns.ts'
import { createHits } from '../search/columns/query-hits.ts'
import type { OpenDatabase } from '../store/open-store.ts'
import { chosenOf } from './list-filter.ts'
import {
  countRows,
  decodeCursor,
  encodeCursor,
  listFacet,
  listPage,
  readRows,
  type FacetCount,
  type ListedPage,
} from './list-query.ts'

/** Lists, totals and counts of one account's index. */
export type ListReader = {
  page(
    filter: CandidateFilter,
    sort: CandidateSort,
    limit: number,
    cursor: string | undefined,
  ): ListedPage & { readonly total: number }
  /** Values with their counts, most frequent first, each under all the filters but those of its own facet. */
  facets<F extends FacetName>(filter: CandidateFilter, names: readonly F[]): Readonly<Record<F, readonly FacetCount[]>>
  /** Resolves when counts come from memory; pages need not wait for it. */
  settle(): Promise<void>
  close(): void
}

/** The whole list: an index of the file has its order, and memory how many there are. */
const isWhole = (filter: CandidateFilter, sort: CandidateSort): boolean =>
  sort !== 'score' &&
  (filter.query ?? '').trim() === '' &&
  facetName.options.every((facet) => chosenOf(filter, facet) === undefined)

/** Answers from memory, and from the file itself while memory is not as new. Both say the same. */
export const createListReader = (index: OpenDatabase): ListReader => {
  const columns = createListColumns(index)
  const hitsOf = createHits(index.reader)

  const hitsFor = (query: string | undefined, top: number): Hits | undefined =>
    query === undefined || query.trim() === '' ? undefined : hitsOf(query, top, columns.version)

  return {
    page: (filter, sort, limit, cursor) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, sort)
      const view = columns.current()
      if (view === undefined) {
        return { ...listPage(index.reader, filter, sort, limit, cursor), total: countRows(index.reader, filter) }
      }
      if (isWhole(filter, sort)) return { ...listPage(index.reader, {}, sort, limit, cursor), total: view.count }
      const { places, total } = pageOf(view, filter, sort, limit, after, hitsFor(filter.query, view.top))
      const page = places.slice(0, limit)
      const last = page.at(-1)
      const more = places.length > limit && last !== undefined
      return { rows: readRows(index.reader, page), next: more ? encodeCursor(sort, last.key, last.id) : null, total }
    },
    facets: <F extends FacetName>(filter: CandidateFilter, names: readonly F[]) => {
      const view = columns.current()
      if (view === undefined) {
        return Object.fromEntries(names.map((name) => [name, listFacet(index.reader, filter, name)])) as Record<
          F,
          FacetCount[]
        >
      }
      const counts = countFacets(view, filter, hitsFor(filter.query, view.top))
      return Object.fromEntries(names.map((name) => [name, valuesOf(view, name, counts[name])])) as Record<
        F,
        FacetCount[]
      >
    },
    settle: () => columns.settle(),
    close: () => {
      columns.close()
    },
  }
}
