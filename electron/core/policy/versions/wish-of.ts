import { z } from 'zod'
import { channel, fieldName, sealableField, stage } from '../../../shared/domain/vocabulary.ts'
import { numberAt, profileNumbers, valueAt, withNumber } from '../profile/profile-numbers.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { cell, clauseId } from '../profile/profile-schema.ts'
import { cellRoles } from './strictest-of.ts'

const deadline = z.tuple([z.int().nonnegative(), z.string()])
const gate = z.object({ by: z.array(z.string()), clause: clauseId })

/** What a document asks for, and how many of its parts could not be read. */
export type Wish = { readonly profile: Profile; readonly unread: number }

/**
 * A profile as a document would have it: its cells and numbers in place of the shipped ones, its fields, stages and gates
 * beside them. Numbers keep the clause that they rest on; whatever else the document holds is not looked at. It may well be
 * looser; `strictestOf` and `diffProfiles` tell. Pure.
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

  const cells: Profile['cells'] = structuredClone(base.cells)
  for (const field of fieldName.options) {
    for (const via of channel.options) {
      for (const role of cellRoles) {
        const wanted = read(cell, ['cells', field, via, role])
        if (wanted) cells[field] = { ...cells[field], [via]: { ...cells[field]?.[via], [role]: wanted } }
      }
    }
  }
  const gates = read(z.record(z.string(), gate), ['gates']) ?? {}
  const denies = read(z.string(), ['region', 'overseas_view']) === 'deny'
  const laid: Profile = {
    ...base,
    cells,
    gates: { ...gates, ...base.gates },
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
    return wanted && current ? withNumber(one, number, { value: wanted[0], clause: current.clause }) : one
  }, laid)
  return { profile, unread }
}
