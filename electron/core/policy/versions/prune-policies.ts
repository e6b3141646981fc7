import type { Platform } from '../../../shared/domain/vocabulary.ts'
import { platform as platforms } from '../../../shared/domain/vocabulary.ts'
import type { PoliciesValues } from './policies-record.ts'

/** Documents of a platform that are kept, and changes of its rules. */
const most = 100
/** The newest changes of a platform whose documents stay whatever else there is. */
const newest = 24

const newestOf = <T extends { readonly platform: Platform }>(list: readonly T[], platform: Platform, count: number) =>
  list.filter((one) => one.platform === platform).slice(-count)

/**
 * Without what nobody is likely to need: a hub that sends another version every day would let the file grow for ever. A record
 * that came under a revision which is gone here has the strictest of all that are known (`ProfileSet.forRecord`).
 */
export function prunePolicies(values: PoliciesValues): PoliciesValues {
  const inForce = new Set(platforms.options.flatMap((name) => newestOf(values.in_force, name, most)))
  const needed = new Set(
    platforms.options.flatMap((name) =>
      [...newestOf(values.in_force, name, newest), ...newestOf(values.shipped, name, 2)].map((one) => one.revision),
    ),
  )
  const lastUse = new Map(values.in_force.map(({ revision }, index) => [revision, index]))
  const rank = (revision: string): number => (needed.has(revision) ? Infinity : (lastUse.get(revision) ?? -1))
  const revisions = Object.keys(values.documents)
  const kept = new Set(
    platforms.options.flatMap((name) =>
      revisions
        .filter((revision) => values.documents[revision]?.id === name)
        .map((revision) => ({ revision, rank: rank(revision) }))
        .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank))
        .slice(-most)
        .map(({ revision }) => revision),
    ),
  )
  if (inForce.size === values.in_force.length && kept.size === revisions.length) return values
  return {
    ...values,
    in_force: values.in_force.filter((entry) => inForce.has(entry)),
    documents: Object.fromEntries(Object.entries(values.documents).filter(([revision]) => kept.has(revision))),
  }
}
