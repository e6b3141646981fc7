import { createHash } from 'node:crypto'
import {
  change as changeSchema,
  changeData,
  isChangeType,
  isOutboxKind,
  type Change,
  type ChangeDataOf,
  type ChangeType,
} from '../../shared/domain/sync-records.ts'
import { isTooDeep } from './is-too-deep.ts'
import { pastTime } from './past-time.ts'
import { countDroppedKeys, type DroppedKeys } from './resume-keys.ts'

/** The head that every change has, whatever its data. `at` in milliseconds since 1970 UTC. */
export type ChangeHead = {
  readonly type: string
  readonly id: string
  readonly rev: number
  readonly op: 'upsert' | 'delete'
  readonly at: number
}

export type Upsert<T extends ChangeType = ChangeType> = {
  readonly [K in T]: { readonly head: ChangeHead; readonly type: K; readonly data: ChangeDataOf<K> }
}[T]

export type ReadChange =
  | { readonly kind: 'upsert'; readonly head: ChangeHead; readonly upsert: Upsert; readonly dropped: DroppedKeys }
  | { readonly kind: 'delete'; readonly head: ChangeHead }
  /** What we sent (calls, incidents …) and the hub keeps for others. */
  | { readonly kind: 'echo'; readonly head: ChangeHead }
  /** `problem` holds paths and codes, never values. */
  | {
      readonly kind: 'unknown' | 'invalid'
      readonly head: ChangeHead
      readonly problem: string
      readonly data: unknown
    }

const headOf = (change: Change, now: number): ChangeHead => ({
  type: change.type,
  id: change.id,
  rev: change.rev,
  op: change.op,
  at: pastTime(change.at, now),
})

/** A record without a usable head still gets a name, so that it is kept once and not once a page. */
const namelessHead = (raw: unknown, now: number): ChangeHead => ({
  type: '?',
  id: createHash('sha256')
    .update(JSON.stringify(raw) ?? 'undefined')
    .digest('hex'),
  rev: 0,
  op: 'upsert',
  at: now,
})

const problemOf = (
  issues: ReadonlyArray<{ readonly path: ReadonlyArray<PropertyKey>; readonly code: string }>,
): string =>
  issues
    .map(({ path, code }) => `${path.map((key) => (typeof key === 'number' ? '[]' : String(key))).join('.')}: ${code}`)
    .join('; ')
    .slice(0, 300)

/** Reads one record of a page. Never throws: what cannot be read is named and kept aside by the caller. */
export const readChange = (raw: unknown, now: number): ReadChange => {
  const parsed = changeSchema.safeParse(raw)
  if (!parsed.success) {
    const data = isTooDeep(raw) ? null : raw
    return { kind: 'invalid', head: namelessHead(data, now), problem: problemOf(parsed.error.issues), data }
  }
  const change = parsed.data
  const head = headOf(change, now)
  if (isTooDeep(change.data)) return { kind: 'invalid', head, problem: 'data: too deep', data: null }
  if (!isChangeType(change.type) && isOutboxKind(change.type)) return { kind: 'echo', head }
  if (!isChangeType(change.type)) return { kind: 'unknown', head, problem: 'type', data: change.data }
  if (change.op === 'delete') return { kind: 'delete', head }
  const data = changeData[change.type].safeParse(change.data)
  if (!data.success) {
    const issues = data.error.issues
    // A new word in a known place is a newer platform, not a broken one.
    const kind = issues.every((issue) => issue.code === 'invalid_value') ? 'unknown' : 'invalid'
    return { kind, head, problem: problemOf(issues), data: change.data }
  }
  const dropped: DroppedKeys = {}
  if (change.type === 'candidate') {
    const sent = (change.data as { readonly resume?: unknown }).resume
    countDroppedKeys(sent, (data.data as ChangeDataOf<'candidate'>).resume, dropped)
  }
  return { kind: 'upsert', head, upsert: { head, type: change.type, data: data.data } as Upsert, dropped }
}

/**
 * One change an id: the highest `rev`, and at the same one the deletion (`docs/sync-protocol.md`, "Pull"). Order and
 * repetition within a page then mean nothing.
 */
export const newestOnly = (changes: readonly ReadChange[]): ReadChange[] => {
  const newest = new Map<string, ReadChange>()
  for (const one of changes) {
    const key = `${one.head.type}\0${one.head.id}`
    const other = newest.get(key)
    const wins =
      other === undefined ||
      one.head.rev > other.head.rev ||
      (one.head.rev === other.head.rev && one.head.op === 'delete')
    if (wins) newest.set(key, one)
  }
  return [...newest.values()]
}
