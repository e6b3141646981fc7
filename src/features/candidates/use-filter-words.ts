import { computed } from 'vue'
import { facetKeys, type FacetName } from '@shared/ipc/routes/candidate-filter.ts'
import { useText } from '../../i18n/use-text.ts'
import { useQuery } from '../../ipc/use-query.ts'
import type { Filter } from '../../stores/screen.ts'

/** Facets in the order in which they stand; the first ones are what most people narrow by. */
export const facetNames = Object.keys(facetKeys) as readonly FacetName[]

const coded = { stage: 'stage', degree: 'degree', platform: 'platform', channel: 'channel' } as const
const banded: ReadonlySet<FacetName> = new Set(['years', 'salary', 'activity', 'score'])

/** What is chosen in a facet. */
export const chosenIn = (filter: Filter, facet: FacetName): readonly string[] => {
  const value = filter[facetKeys[facet]]
  return value === undefined ? [] : ([value].flat() as readonly string[])
}

/** The filter with these values in a facet; without the key when there are none. */
export const withChosen = (filter: Filter, facet: FacetName, values: readonly string[]): Filter => {
  const { [facetKeys[facet]]: _old, ...rest } = filter
  return (values.length === 0 ? rest : { ...rest, [facetKeys[facet]]: [...values] }) as Filter
}

/** Words for the values of facets: titles of jobs, codes of vocabularies, bands, and what stands for itself. */
export const useFilterWords = () => {
  const { t, te, code } = useText()
  const jobs = useQuery('job.list', () => ({}), ['jobs'])
  const titles = computed(() => new Map((jobs.data.value?.items ?? []).map((job) => [job.id as string, job.title])))

  const wordFor = (facet: FacetName, value: string, label?: string): string => {
    if (facet === 'job') return label ?? titles.value.get(value) ?? t('filters.facet.job')
    if (facet in coded) return code(coded[facet as keyof typeof coded], value)
    if (banded.has(facet)) return te(`filters.${facet}.${value}`) ? t(`filters.${facet}.${value}`) : value
    return label ?? value
  }
  return { wordFor, facetWord: (facet: FacetName): string => t(`filters.facet.${facet}`) }
}
