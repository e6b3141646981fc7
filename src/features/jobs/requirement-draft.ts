import { jobRequirements, isProtectedWish, type JobRequirements } from '@shared/domain/job-requirements.ts'

/** Requirements while somebody types them. */
export type RequirementDraft = {
  readonly must: string
  readonly nice: string
  readonly yearsMin: string
  readonly yearsMax: string
  readonly degree: NonNullable<JobRequirements['degree']> | ''
  readonly cities: string
  readonly salaryMin: string
  readonly salaryMax: string
}

const words = (list: readonly string[] | undefined): string => (list ?? []).join('，')
const figure = (n: number | undefined): string => (n === undefined ? '' : String(n))

export const toDraft = (asked: JobRequirements | null): RequirementDraft => ({
  must: words(asked?.skills_must),
  nice: words(asked?.skills_nice),
  yearsMin: figure(asked?.years?.min),
  yearsMax: figure(asked?.years?.max),
  degree: asked?.degree ?? '',
  cities: words(asked?.cities),
  salaryMin: figure(asked?.salary?.min),
  salaryMax: figure(asked?.salary?.max),
})

const listOf = (text: string): string[] => [
  ...new Map(
    text
      .split(/[,，、;；\n]+/)
      .map((word) => word.trim())
      .filter((word) => word !== '')
      .map((word) => [word.toLowerCase(), word]),
  ).values(),
]

const rangeOf = (min: string, max: string): { min?: number; max?: number } | undefined => {
  const range = {
    ...(min.trim() === '' ? {} : { min: Number(min) }),
    ...(max.trim() === '' ? {} : { max: Number(max) }),
  }
  return Object.keys(range).length === 0 ? undefined : range
}

export type RequirementFault = 'protected' | 'years' | 'salary' | 'words'

/** What the draft asks for, or what is wrong with it; `words` are the wishes that the law protects. */
export const toRequirements = (
  draft: RequirementDraft,
):
  | { readonly requirements: JobRequirements }
  | { readonly fault: RequirementFault; readonly words: readonly string[] } => {
  const [must, nice] = [listOf(draft.must), listOf(draft.nice)]
  const refused = [...must, ...nice].filter(isProtectedWish)
  if (refused.length > 0) return { fault: 'protected', words: refused }
  const [years, salary] = [rangeOf(draft.yearsMin, draft.yearsMax), rangeOf(draft.salaryMin, draft.salaryMax)]
  const cities = listOf(draft.cities)
  const parsed = jobRequirements.safeParse({
    ...(must.length === 0 ? {} : { skills_must: must }),
    ...(nice.length === 0 ? {} : { skills_nice: nice }),
    ...(years === undefined ? {} : { years }),
    ...(draft.degree === '' ? {} : { degree: draft.degree }),
    ...(cities.length === 0 ? {} : { cities }),
    ...(salary === undefined ? {} : { salary }),
  })
  if (parsed.success) return { requirements: parsed.data }
  const at = parsed.error.issues[0]?.path[0]
  return { fault: at === 'years' || at === 'salary' ? at : 'words', words: [] }
}
