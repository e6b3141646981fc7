import { channel, fieldName } from '../../../shared/domain/vocabulary.ts'
import { compareShown, strictestCell } from './cell-strictness.ts'
import { isStricter, numberAt, profileNumbers, withNumber } from '../profile/profile-numbers.ts'
import type { Cell, Profile } from '../profile/profile-schema.ts'

/** The roles that have cells of their own. */
export const cellRoles = ['hr', 'headhunter'] as const
export type CellRole = (typeof cellRoles)[number]

type Cells = Profile['cells']

/** A missing cell is absent (D1). */
export const unstatedCell = (profile: Profile): Cell => ['absent', 'full', 'd', profile.visibility.clause]

const union = <T>(list: readonly T[], more: readonly T[]): T[] => [...new Set([...list, ...more])]
const both = <T>(list: readonly T[], other: readonly T[]): T[] => list.filter((one) => other.includes(one))
const eitherOnly = <T>(a: readonly T[], b: readonly T[]): T[] =>
  union(a, b).filter((one) => a.includes(one) !== b.includes(one))

function strictestCells(current: Profile, other: Profile): Cells {
  const cells: Cells = structuredClone(current.cells)
  for (const field of fieldName.options) {
    for (const via of channel.options) {
      for (const role of cellRoles) {
        const own = current.cells[field]?.[via]?.[role]
        // Nothing is stricter than nothing.
        if (own === undefined) continue
        const stricter = strictestCell(field, own, other.cells[field]?.[via]?.[role] ?? unstatedCell(other))
        cells[field] = { ...cells[field], [via]: { ...cells[field]?.[via], [role]: stricter } }
      }
    }
  }
  return cells
}

type Cards = Profile['roles']['admin']['cards']

/** The most that a role sees by its card: of each field the lesser, and nothing of a field that only one of both names. */
function strictestCards(own: Cards, others: Cards): Cards {
  return Object.fromEntries(
    fieldName.options.flatMap((field) => {
      const [a, b] = [own[field], others[field]]
      if (a === undefined || b === undefined) return []
      const order = compareShown(field, [...a, 'd', 'D17'], [...b, 'd', 'D17'])
      return order === 'apart' ? [] : [[field, order === 'looser' ? b : a]]
    }),
  )
}

function strictestRoles(current: Profile['roles'], other: Profile['roles']): Profile['roles'] {
  const { interviewer } = current
  return {
    ...current,
    admin: { ...current.admin, cards: strictestCards(current.admin.cards, other.admin.cards) },
    ...(interviewer === undefined
      ? {}
      : {
          interviewer: {
            ...interviewer,
            cards: strictestCards(interviewer.cards, other.interviewer?.cards ?? {}),
          },
        }),
  }
}

/** Where what came with a delivery is for its own job, in either profile. */
function strictestDelivery(current: Profile, other: Profile): Pick<Profile, 'delivery'> {
  if (current.delivery?.scope === 'job' || other.delivery?.scope !== 'job')
    return current.delivery === undefined ? {} : { delivery: current.delivery }
  return { delivery: { ...(current.delivery ?? other.delivery), scope: 'job' } }
}

/**
 * Which channels count as deliveries. Fewer are stricter, except where a delivery is for its own job alone (MM-28): there a
 * channel that only one profile counts is stricter now this way, now that, so its cells show nothing.
 */
function strictestChannels(current: Profile, other: Profile, byJob: boolean, cells: Cells): Partial<Profile> {
  const [own, others] = [current.delivered_channels, other.delivered_channels]
  if (!byJob) return { delivered_channels: both(own, others), cells }
  const emptied = structuredClone(cells)
  for (const via of eitherOnly(own, others)) {
    for (const field of fieldName.options) {
      for (const role of cellRoles) {
        const cell = emptied[field]?.[via]?.[role]
        const clause = other.delivery?.clauses[0] ?? other.visibility.clause
        if (cell !== undefined)
          emptied[field] = {
            ...emptied[field],
            [via]: { ...emptied[field]?.[via], [role]: ['absent', 'full', 'e', clause] },
          }
      }
    }
  }
  return { delivered_channels: own, cells: emptied }
}

function strictestMinors(current: Profile, other: Profile): Profile['minors'] {
  const { exception, ...minors } = current.minors
  return exception !== undefined && other.minors.exception === exception ? { ...minors, exception } : minors
}

/**
 * The stricter of two profiles in every cell, number, list and gate; no decision under it shows more than it would under
 * either (ZP-106). Cells that come from `other` carry the source `e`; numbers bring their own clause. Everything that is
 * neither stricter nor looser (labels, dates, flags, through whose cells an admin looks) is `current`'s. Pure.
 */
export function strictestOf(current: Profile, other: Profile): Profile {
  const delivery = strictestDelivery(current, other)
  const entitlement = current.entitlement ?? other.entitlement
  const denies = other.region.overseas_view === 'deny' && current.region.overseas_view !== 'deny'
  const base: Profile = {
    ...current,
    ...delivery,
    ...(entitlement === undefined ? {} : { entitlement }),
    ...strictestChannels(current, other, delivery.delivery?.scope === 'job', strictestCells(current, other)),
    candidate_type: other.candidate_type.kind === 'none' ? other.candidate_type : current.candidate_type,
    roles: strictestRoles(current.roles, other.roles),
    gates: { ...other.gates, ...current.gates },
    cache: { ...current.cache, card_channels: union(current.cache.card_channels, other.cache.card_channels) },
    sealed: { ...current.sealed, fields: union(current.sealed.fields, other.sealed.fields) },
    first_stage: {
      ...current.first_stage,
      stages: union(current.first_stage.stages, other.first_stage.stages),
      hidden: union(current.first_stage.hidden, other.first_stage.hidden),
      banded: union(current.first_stage.banded, other.first_stage.banded),
    },
    minors: strictestMinors(current, other),
    region: denies ? { ...current.region, overseas_view: 'deny', clause: other.region.clause } : current.region,
  }
  return profileNumbers.reduce((profile, number) => {
    const [own, others] = [numberAt(current, number), numberAt(other, number)]
    return own && others && isStricter(number, others.value, own.value) ? withNumber(profile, number, others) : profile
  }, base)
}
