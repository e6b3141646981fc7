import { alarmDetail, findAlarm, readAlarm, type Look, type StatedAlarm } from '../../shared/domain/access-limits.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ListedEntry } from '../ledger/read-entries.ts'
import { Refusal, type ReaderCall } from '../handler.ts'
import { announce } from '../notices/announce.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { limitsFor } from './limits-for.ts'

const minute = 60_000
const day = 24 * 60 * minute
const actions = ['reveal', 'view', 'incident'] as const
/** One that only tells is told once in so long. */
const toldEvery = 6 * 60 * minute

/** What is known of a log, so that the next look reads on from there. The log is what counts: this is gone with the process. */
const known = new WeakMap<Ledger, { entries: ListedEntry[]; next: number }>()

/** The last 24 hours of looking in this home, by whomever, from the log alone: no restart forgets it. */
const recentEntries = (ledger: Ledger, now: number): readonly ListedEntry[] => {
  const before = known.get(ledger)
  const { items, next } = ledger.listByAction(actions, before === undefined ? { at: now - day } : { next: before.next })
  const entries = [...(before?.entries ?? []), ...items].filter(({ entry }) => entry.at > now - day)
  known.set(ledger, { entries, next })
  return entries
}

type Stop = { readonly stops: 'reveals' | 'views'; readonly until: number }

/** A stop that runs: of this workstation's own alarm, unless it was lifted since, or of the hub's over all devices. */
const stopOf = (call: ReaderCall, alarms: ReadonlyArray<StatedAlarm & { readonly at: number }>, lifted: number) => {
  const access = call.account.me()?.access
  const own = alarms.flatMap(({ stops, until, at }): Stop[] =>
    stops !== undefined && until !== undefined && at > lifted ? [{ stops, until }] : [],
  )
  const until = Date.parse(access?.stopped_until ?? '')
  const hub = access?.stopped !== undefined && Number.isFinite(until) ? [{ stops: access.stopped, until }] : []
  return [...own, ...hub].filter((stop) => stop.until > call.now)
}

export type AccessState = {
  readonly stops: readonly Stop[]
  readonly looks: readonly Look[]
  readonly alarms: ReadonlyArray<StatedAlarm & { readonly at: number }>
}

/** Where the signed-in account stands: what it has looked at since it was last let go on, and what stops it now. */
export const accessState = (call: ReaderCall): AccessState => {
  const own = recentEntries(call.vault.ledger, call.now).filter(
    ({ entry }) => entry.actor.account === call.account.actor.account,
  )
  const lifted = Date.parse(call.account.me()?.access?.lifted_at ?? '') || 0
  const looks = own.flatMap(({ entry, i }): Look[] =>
    (entry.action === 'reveal' || entry.action === 'view') && entry.outcome === 'shown' && entry.at > lifted
      ? [{ at: entry.at, what: entry.action, subject: entry.subject?.candidate ?? String(i) }]
      : [],
  )
  const alarms = own.flatMap(({ entry }) => {
    const alarm = entry.action === 'incident' ? readAlarm(entry.detail) : undefined
    return alarm === undefined ? [] : [{ ...alarm, at: entry.at }]
  })
  return { stops: stopOf(call, alarms, lifted), looks, alarms }
}

/** A stop of views keeps whoever was open already; a reveal stops under either. */
const stopsThis = ({ stops, looks }: AccessState, wanted: Look): Stop | undefined =>
  wanted.what === 'reveal'
    ? stops[0]
    : stops.find((stop) => stop.stops === 'views' && !looks.some(({ subject }) => subject === wanted.subject))

/**
 * Before somebody is opened or a value revealed: whether so much looking is explained by work (ZP-94). What is above a limit leaves
 * an alarm in the log, and stops for a while.
 * @throws Refusal E_APPROVAL with the rule, when the stop ends, and what lifts it
 */
export const requireUsualAccess = (
  call: ReaderCall,
  what: Look['what'],
  subject: { readonly platform: string; readonly id: string },
): void => {
  if (!call.core.watchAccess) return
  const { ledger } = call.vault
  const state = accessState(call)
  const wanted: Look = { at: call.now, what, subject: ledger.subjectHash(subject.platform, subject.id) }
  const running = stopsThis(state, wanted)
  if (running !== undefined) throw refusal(call, running, subject)
  const limits = limitsFor(call)
  const alarm = findAlarm([...state.looks, wanted], limits, call.now)
  if (alarm === undefined) return
  if (alarm.stops === undefined) {
    const told = state.alarms.some(({ kind, at }) => kind === alarm.kind && at > call.now - toldEvery)
    if (!told) enter(call, alarmDetail(alarm, undefined))
    return
  }
  // Whoever reads on among those opened before is not stopped by the count of them.
  if (alarm.stops === 'views' && (what === 'reveal' || state.looks.some((look) => look.subject === wanted.subject)))
    return
  const until = call.now + limits.stop_minutes * minute
  enter(call, alarmDetail(alarm, until))
  announce(call.core, { kind: 'access_stopped', ends_at: until })
  call.core.emit('data.changed', { what: ['access'] })
  throw refusal(call, { stops: alarm.stops, until }, subject)
}

const enter = (call: ReaderCall, detail: string): void => {
  call.vault.ledger.append(call.account.actor, [{ action: 'incident', outcome: 'done', detail }])
  // Whoever can lift it learns of it now, not in five minutes.
  call.account.sync.start()
}

const refusal = (
  call: ReaderCall,
  { stops, until }: Stop,
  subject: { readonly platform: string; readonly id: string },
): Refusal => {
  const rule = stops === 'reveals' ? 'REVEALS_STOPPED' : 'VIEWS_STOPPED'
  const clause = requireProfile(call.core.profiles, 'direct').clauseOf(rule)
  return new Refusal(
    'E_APPROVAL',
    'so much looking in so short a time is stopped for a while',
    { rule, clause, lift: 'STOP_ENDS', until },
    { subject },
  )
}
