import { z } from 'zod'
import { channel, fieldName, sealableField, stage } from '../../../shared/domain/vocabulary.ts'
import { numberAt, profileNumbers, valueAt, withNumber } from '../profile/profile-numbers.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { cell, clauseId, gateName } from '../profile/profile-schema.ts'
import { isFields } from '../profile/profile-source.ts'
import { isWithinBounds } from './number-bounds.ts'
import { cellRoles } from './strictest-of.ts'

const deadline = z.tuple([z.int().nonnegative(), z.string()])
const gate = z.object({ by: z.array(z.string().max(100)).max(20), clause: clauseId })
/** Every version that was in force is kept whole, so what may be added to one ends somewhere. */
const mostGates = 40

/** What a document asks for, and how many of its parts could not be read. */
export type Wish = { readonly profile: Profile; readonly unread: number }

/**
 * A profile as a document would have it: its cells and numbers in place of the shipped ones, its fields, stages and gates
 * beside them. Numbers keep the clause that they rest on; one beyond what a rule from outside may ask for is left aside, and
 * so is whatever else the document holds. It may well be looser; `strictestOf` and `diffProfiles` tell. Pure.
 */
export function wishOf(base: Profile, document: unknown): Wish {
  let unread = 0
  const read = <T>(schema: z.ZodType<T>, path: readonly string[]): T | undefined => {
    const value = valueAt(document, path)
    if (value === undefined) return undefined
    const parsed = schema.safeParse(value)
    if (!parsed.success) unread += 1
    return parsed.data
  }
  const added = <T>(schema: z.ZodType<T>, path: readonly string[], list: readonly T[]): T[] => [
    ...new Set([...list, ...(read(z.array(schema), path) ?? [])]),
  ]
  /** Each by itself: one that cannot be read takes no other with it. */
  const readGates = (): Profile['gates'] => {
    const found = valueAt(document, ['gates'])
    if (!isFields(found)) {
      if (found !== undefined) unread += 1
      return {}
    }
    const entries = Object.entries(found).flatMap(([name, value]) => {
      const parsed = gate.safeParse(value)
      return parsed.success && gateName.safeParse(name).success ? [[name, parsed.data] as const] : []
    })
    const taken = entries.slice(0, mostGates)
    unread += Object.keys(found).length - taken.length
    return Object.fromEntries(taken)
  }

  const cells: Profile['cells'] = structuredClone(base.cells)
  for (const field of fieldName.options) {
    for (const via of channel.options) {
      for (const role of cellRoles) {
        const wanted = read(cell, ['cells', field, via, role])
        if (wanted) cells[field] = { ...cells[field], [via]: { ...cells[field]?.[via], [role]: wanted } }
      }
    }
  }
  const denies = read(z.string(), ['region', 'overseas_view']) === 'deny'
  const laid: Profile = {
    ...base,
    cells,
    gates: { ...readGates(), ...base.gates },
    first_stage: {
      ...base.first_stage,
      stages: added(stage, ['first_stage', 'stages'], base.first_stage.stages),
      hidden: added(fieldName, ['first_stage', 'hidden'], base.first_stage.hidden),
    },
    sealed: { ...base.sealed, fields: added(sealableField, ['sealed', 'fields'], base.sealed.fields) },
    region: denies ? { ...base.region, overseas_view: 'deny' } : base.region,
  }
  const profile = profileNumbers.reduce((one, number) => {
    const wanted = read(deadline, number.path)
    const current = numberAt(base, number)
    if (wanted === undefined || current === undefined) return one
    if (isWithinBounds(number, wanted[0])) return withNumber(one, number, { value: wanted[0], clause: current.clause })
    unread += 1
    return one
  }, laid)
  return { profile, unread }
}
