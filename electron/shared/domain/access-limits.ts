import { z } from 'zod'

/** What stops somebody who looks at more than work explains, or tells of it (ZP-94). Both the workstation and the hub look. */
export const alarmKind = z.enum([
  'reveals_per_hour',
  'reveals_per_day',
  'views_per_minute',
  'views_per_hour',
  'views_per_day',
  'night_reveals',
])
export type AlarmKind = z.infer<typeof alarmKind>

export const accessLimits = z.record(z.enum([...alarmKind.options, 'stop_minutes']), z.int().positive())
export type AccessLimits = Readonly<z.infer<typeof accessLimits>>

/** One thing looked at. `subject` tells apart whom, and nothing else. */
export type Look = { readonly at: number; readonly what: 'reveal' | 'view'; readonly subject: string }

export type Alarm = {
  readonly kind: AlarmKind
  /** How many there would have been, or were. */
  readonly counted: number
  /** Which looking stops; undefined where somebody is only told. */
  readonly stops: 'reveals' | 'views' | undefined
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** China has no daylight saving. */
const chinaOffset = 8 * hour
const nightEnds = 6 * hour

const isNight = (at: number): boolean => (at + chinaOffset) % day < nightEnds

/** Opening somebody again is no new person. */
const countPeople = (looks: readonly Look[], after: number): number =>
  new Set(looks.filter(({ what, at }) => what === 'view' && at > after).map(({ subject }) => subject)).size
const countReveals = (looks: readonly Look[], after: number): number =>
  looks.filter(({ what, at }) => what === 'reveal' && at > after).length

/**
 * The first limit that these looks are above at this moment. The last one of them may be what somebody is about to do. Pure.
 * @param looks of one account, on as many devices as are known, of the last 24 hours
 */
export const findAlarm = (looks: readonly Look[], limits: AccessLimits, now: number): Alarm | undefined => {
  const checks: ReadonlyArray<readonly [AlarmKind, number, Alarm['stops']]> = [
    ['reveals_per_hour', countReveals(looks, now - hour), 'reveals'],
    ['reveals_per_day', countReveals(looks, now - day), 'reveals'],
    ['views_per_minute', countPeople(looks, now - minute), 'views'],
    ['views_per_hour', countPeople(looks, now - hour), 'views'],
    ['views_per_day', countPeople(looks, now - day), 'views'],
  ]
  for (const [kind, counted, stops] of checks) if (counted > limits[kind]) return { kind, counted, stops }
  const atNight = looks.filter(({ what, at }) => what === 'reveal' && at > now - hour && isNight(at)).length
  return atNight >= limits.night_reveals ? { kind: 'night_reveals', counted: atNight, stops: undefined } : undefined
}

/** How a line of the view log says it: codes and numbers, which every device and the hub read back. */
export const alarmDetail = ({ kind, counted, stops }: Alarm, until: number | undefined): string =>
  `alarm ${kind} counted=${counted}${stops === undefined || until === undefined ? '' : ` stops=${stops} until=${until}`}`

export type StatedAlarm = Alarm & { readonly until: number | undefined }

/** Undefined for what is no alarm. */
export const readAlarm = (detail: string | undefined): StatedAlarm | undefined => {
  const found = /^alarm (\w+) counted=(\d+)(?: stops=(reveals|views) until=(\d+))?$/.exec(detail ?? '')
  const kind = alarmKind.safeParse(found?.[1])
  if (found === null || !kind.success) return undefined
  return {
    kind: kind.data,
    counted: Number(found[2]),
    stops: found[3] as Alarm['stops'],
    until: found[4] === undefined ? undefined : Number(found[4]),
  }
}
