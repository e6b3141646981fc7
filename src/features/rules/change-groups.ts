import type { Channel } from '@shared/domain/vocabulary.ts'
import type { ChangeDirection, PolicyUpdate, ProfileChange } from '@shared/domain/policy-views.ts'

/** One line of a difference: a change, with all channels in which it is the same. */
export type ChangeLine = ProfileChange & { readonly channels: readonly Channel[] }
export type ChangeGroup = {
  readonly direction: ChangeDirection
  readonly lines: readonly ChangeLine[]
  readonly count: number
}

/** What matters most to the person stands first. */
const order: readonly ChangeDirection[] = ['stricter', 'looser', 'other']

/** Cells that change alike in several channels make one line. */
export const foldChanges = (changes: readonly ProfileChange[]): readonly ChangeLine[] => {
  const lines = new Map<string, ChangeLine>()
  for (const change of changes) {
    const { part, field, role, before, after, direction, clause, path, channel } = change
    const key = JSON.stringify([part, part === 'cell' ? field : path, role, before, after, direction, clause])
    const line = lines.get(key)
    const channels = channel === undefined ? [] : [channel]
    lines.set(key, line ? { ...line, channels: [...line.channels, ...channels] } : { ...change, channels })
  }
  return [...lines.values()]
}

/** `count` counts the changes themselves, not the lines. */
export const groupChanges = (changes: readonly ProfileChange[]): readonly ChangeGroup[] =>
  order.flatMap((direction) => {
    const those = changes.filter((change) => change.direction === direction)
    return those.length === 0 ? [] : [{ direction, lines: foldChanges(those), count: those.length }]
  })

export const countChanges = (changes: readonly ProfileChange[], direction: ChangeDirection): number =>
  changes.filter((change) => change.direction === direction).length

/** How many lines a difference makes. */
export const countLines = (changes: readonly ProfileChange[]): number =>
  groupChanges(changes).reduce((sum, group) => sum + group.lines.length, 0)

/** The first lines, so many in all: whole groups first, then a part of one. */
export const firstLines = (groups: readonly ChangeGroup[], most: number): readonly ChangeGroup[] => {
  let left = most
  return groups.flatMap((group) => {
    const lines = group.lines.slice(0, Math.max(0, left))
    left -= lines.length
    return lines.length === 0 ? [] : [{ ...group, lines }]
  })
}

/** Announced ones with the nearest day first. */
export const announcedOf = (updates: readonly PolicyUpdate[]): readonly PolicyUpdate[] =>
  updates.filter((update) => !update.in_force).toSorted((a, b) => a.effective_at - b.effective_at)
