import { z } from 'zod'
import { channel, fieldName } from '../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from './compile-profile.ts'
import { compileProfile } from './compile-profile.ts'
import { permissiveness } from './permissiveness.ts'
import type { Cell, Cited } from './profile-schema.ts'
import { cell } from './profile-schema.ts'

const roles = z.enum(['hr', 'headhunter'])
const deadline = z.tuple([z.int().nonnegative(), z.string()])

/** The parts of a profile from a hub that can tighten; whatever else it holds is not looked at. */
const tightening = z.object({
  cells: z.partialRecord(fieldName, z.partialRecord(channel, z.partialRecord(roles, cell))).default({}),
  retention: z.record(z.string(), z.unknown()).default({}),
  cache: z.object({ card_hours: deadline.optional() }).default({}),
  lease: z.object({ offline_hours: deadline.optional() }).default({}),
  minors: z.object({ min_age: deadline.optional() }).default({}),
})

/** What a cell shows when none of its conditions hold. */
const least = (of: Cell): number => (of[4] ? least(of[4].else) : permissiveness(of[0], of[1]))

const shorter = (shipped: Cited, offered: z.infer<typeof deadline> | undefined): Cited =>
  offered && offered[0] < shipped.value ? { value: offered[0], clause: shipped.clause } : shipped

const deadlines = [
  'rejected_days',
  'hired_days',
  'job_closed_days',
  'idle_job_days',
  'entitlement_end_days',
  'account_cancelled_workdays',
  'withdrawn_hours',
  'chat_days',
] as const

/**
 * Lays a profile from a hub over the shipped one: what is stricter counts at once, what is looser is left aside, because
 * looser rules come with a program update only (ZP-106). `ignored` counts what was left aside.
 * @throws ZodError when the document is no profile.
 */
export function tightenProfile(
  shipped: CompiledProfile,
  document: unknown,
): { readonly profile: CompiledProfile; readonly ignored: number } {
  const offered = tightening.parse(document)
  const base = shipped.document
  const cells = structuredClone(base.cells)
  let ignored = 0
  for (const field of fieldName.options) {
    for (const via of channel.options) {
      for (const role of roles.options) {
        const stricter = offered.cells[field]?.[via]?.[role]
        if (!stricter) continue
        const current = base.cells[field]?.[via]?.[role]
        if (!current || permissiveness(stricter[0], stricter[1]) > least(current)) ignored += 1
        else cells[field] = { ...cells[field], [via]: { ...cells[field]?.[via], [role]: stricter } }
      }
    }
  }
  const retention = { ...base.retention }
  for (const name of deadlines) {
    const value = deadline.safeParse(offered.retention[name])
    if (!value.success) continue
    if (value.data[0] > retention[name].value) ignored += 1
    retention[name] = shorter(retention[name], value.data)
  }
  const minAge = offered.minors.min_age
  const profile = compileProfile({
    ...base,
    cells,
    retention,
    cache: { ...base.cache, card_hours: shorter(base.cache.card_hours, offered.cache.card_hours) },
    lease: { offline_hours: shorter(base.lease.offline_hours, offered.lease.offline_hours) },
    minors: {
      ...base.minors,
      min_age:
        minAge && minAge[0] > base.minors.min_age.value
          ? { value: minAge[0], clause: base.minors.min_age.clause }
          : base.minors.min_age,
    },
  })
  return { profile, ignored }
}
