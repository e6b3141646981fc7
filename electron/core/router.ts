import { z } from 'zod'
import { routes, type CoreRouteName } from '../shared/ipc/routes/index.ts'
import type { Caller, RouteDefinition } from '../shared/ipc/define-route.ts'
import { IpcError, type Answer, refusalCodes } from '../shared/ipc/ipc-error.ts'
import type { EntryDraft } from '../shared/domain/ledger-entry.ts'
import type { Core, OpenAccount } from './context.ts'
import {
  Refusal,
  type Call,
  type Disclosure,
  type Handlers,
  type ReaderCall,
  type WriterCall,
  type Written,
} from './handler.ts'
import { applyRules } from './accounts/take-up-rules.ts'
import { requireHuman } from './ai/model-actor.ts'
import { accountGate } from './policy/account-gate.ts'
import { requireProfile } from './policy/profile/require-profile.ts'
import type { OutboxItem } from '../shared/domain/sync-records.ts'
import type { HubClient } from './sync/hub-client.ts'
import { lastSeq, listWaiting } from './sync/outbox.ts'
import { readerCall, runAfter, runWrite, toIpcError } from './run-write.ts'
import type { Actor } from './ledger/ledger.ts'

type PrepareHandler = (call: ReaderCall, input: unknown) => Promise<(call: WriterCall) => Written<unknown>>

/** A handler as the router sees it once the types have done their work. */
type AnyHandler = {
  readonly bare?: (call: Call, input: unknown) => unknown
  readonly read?: (call: ReaderCall, input: unknown) => unknown
  readonly disclose?: (call: ReaderCall, input: unknown) => Disclosure<unknown> | Promise<Disclosure<unknown>>
  readonly write?: (call: WriterCall, input: unknown) => Written<unknown>
  readonly prepare?: PrepareHandler
  readonly perform?: (call: Call, input: unknown) => Promise<Written<unknown>>
  readonly intend?: (call: WriterCall, input: unknown) => Written<unknown>
}

/** What keeps the signed-in account from every candidate, if anything does. */
const closedGateOf = (core: Core) => {
  const { account, clock, policies } = core
  if (account === null) return null
  const now = clock.now()
  // What was announced for today holds from its hour, whoever is looking just then (ZP-01).
  if (policies.refresh(now)) applyRules(core)
  return accountGate(account.gates(), account.role, now)
}

/** An account before whose gate something lies is nobody's recruiter: it browses, or it is not verified yet. */
const callerOf = (core: Core): Caller => {
  const { account, vault } = core
  if (account === null) return vault === null ? 'public' : 'vault'
  const gate = closedGateOf(core)
  return gate === null ? account.role : gate.code === 'E_UNVERIFIED' ? 'unverified' : 'visitor'
}

/** @throws IpcError E_SESSION; Refusal E_UNVERIFIED, E_CONSENT, E_ROLE */
const requireCaller = (core: Core, route: RouteDefinition): Caller => {
  const caller = callerOf(core)
  if (route.roles.includes(caller)) return caller
  if (caller === 'public' || caller === 'vault') throw new IpcError('E_SESSION', 'sign in first')
  const gate = closedGateOf(core)
  const { account } = core
  const duties = gate?.rule === 'ACCOUNT_RESTRICTED' ? account?.me()?.role : undefined
  if (route.evenRestricted === true && duties !== undefined && route.roles.includes(duties)) return caller
  if (gate !== null && account !== null && (account.role === 'unverified' || route.roles.includes(account.role))) {
    const { code, rule, lift } = gate
    const clause = requireProfile(core.profiles, 'direct').clauseOf(rule)
    throw new Refusal(code, 'the account may not meet candidates now', {
      rule,
      clause,
      ...(lift === null ? {} : { lift }),
    })
  }
  const code = caller === 'unverified' ? 'E_UNVERIFIED' : 'E_ROLE'
  throw new Refusal(code, 'the role may not do this', {
    rule: 'role',
    clause: caller === 'unverified' ? 'ZP-42' : 'ZP-02',
  })
}

const actorWithout = (core: Core) => ({
  account: '-',
  role: callerOf(core),
  employer: '-',
  device: core.vault?.ledger.deviceId ?? '-',
})

/**
 * Appends straight to the ledger; used where no account's store takes part.
 * @param before who was signed in before the work was done: whoever signs out has done that
 */
const append = (core: Core, drafts: readonly EntryDraft[], before?: Actor): readonly number[] => {
  if (core.vault === null || drafts.length === 0) return []
  return core.vault.ledger.append(core.account?.actor ?? before ?? actorWithout(core), drafts).map((entry) => entry.i)
}

/** Enters a disclosure. Whatever keeps it out of the log keeps the data inside. @throws IpcError E_LEDGER */
const enter = (call: ReaderCall, { entries, hits }: Disclosure<unknown>): readonly number[] => {
  try {
    if (hits && hits.subjects.length > 0) call.vault.ledger.searchHits(call.account.actor, hits.subjects, hits.job)
    return append(call.core, entries)
  } catch (error) {
    const { code } = toIpcError(error)
    throw new IpcError('E_LEDGER', 'the view log cannot be written, so nothing is shown', { cause: code })
  }
}

/** Ends a transaction that was only to be tried. */
class Tried extends Error {}

type Tries = { readonly items: OutboxItem[]; readonly written: Written<unknown> | undefined }

/** What a write would send to the hub and enter: it is done and undone, in memory and in one go. */
const tryWrite = (call: ReaderCall, work: (call: WriterCall) => Written<unknown>): Tries => {
  const { store, keystore } = call.account
  const place = { store: store.db, keystore, asideKey: call.vault.keys.asideKey() }
  const before = lastSeq(store.db)
  let items: OutboxItem[] = []
  let written: Written<unknown> | undefined
  try {
    store.db.transaction(() => {
      written = work({ ...call, store: store.db })
      items = listWaiting(place, 500, before)
      throw new Tried()
    })
  } catch (error) {
    if (!(error instanceof Tried)) throw error
  }
  return { items, written }
}

/** Items that went out and were not answered: a second try sends the same ones, so that the hub knows them. */
const unanswered = new WeakMap<OpenAccount, Map<string, OutboxItem[]>>()

/**
 * A write of somebody who keeps nothing: the hub has to have it before it counts (ZP-22). Without the hub it has not happened.
 * @throws IpcError E_HUB_UNREACHABLE, E_ROLE, E_CONFLICT
 */
const runThrough = async (
  core: Core,
  now: number,
  hub: HubClient,
  asked: string,
  work: (call: WriterCall) => Written<unknown>,
) => {
  const call = readerCall(core, now)
  const waiting = unanswered.get(call.account) ?? new Map<string, OutboxItem[]>()
  unanswered.set(call.account, waiting)
  const tried = tryWrite(call, work)
  const items = waiting.get(asked) ?? tried.items.map(({ id, kind, at, body }) => ({ id, kind, at, body }))
  if (items.length > 0) {
    waiting.set(asked, items)
    const results = new Map((await hub.pushOutbox(items)).map((result) => [result.id, result]))
    waiting.delete(asked)
    for (const { id } of items) {
      const result = results.get(id)
      if (result === undefined) throw new IpcError('E_HUB_ANSWER', 'the hub said nothing of it, so it has not happened')
      if (result.status !== 'rejected') continue
      const code = result.code === 'role' || result.code === 'forbidden' ? 'E_ROLE' : 'E_CONFLICT'
      throw new IpcError(code, 'the hub did not take it, so it has not happened')
    }
  }
  try {
    if (core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended while the hub took it')
    return runWrite(core, now, (writer) => {
      const before = lastSeq(writer.store)
      const written = work(writer)
      // The hub has them already.
      writer.store.run('DELETE FROM outbox WHERE seq > ?', before)
      return written
    })
  } catch (error) {
    if (items.length === 0 || tried.written === undefined || core.vault === null) throw error
    // It has happened, at the hub, whatever has changed here since: so it is entered, and nobody is told otherwise.
    core.vault.ledger.append(call.account.actor, tried.written.entries)
    return tried.written.output
  }
}

/** Network and files first, then the transaction, unless the session that asked has ended meanwhile. */
const runPrepared = async (core: Core, now: number, prepare: PrepareHandler, input: unknown): Promise<unknown> => {
  const call = readerCall(core, now)
  const commit = await prepare(call, input)
  if (core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended before the work was done')
  return runWrite(core, now, commit)
}

const dispatch = async (core: Core, name: string, handler: AnyHandler, input: unknown): Promise<unknown> => {
  const now = core.clock.now()
  if (handler.bare) return handler.bare({ core, now }, input)
  if (handler.read) return handler.read(readerCall(core, now), input)
  if (handler.disclose) {
    const call = readerCall(core, now)
    const made = handler.disclose(call, input)
    const disclosure = made instanceof Promise ? await made : made
    if (core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended before the answer was there')
    return disclosure.answer(enter(call, disclosure))
  }
  if (handler.perform) {
    const before = core.account?.actor
    const written = await handler.perform({ core, now }, input)
    append(core, written.entries, before)
    runAfter(core, written.after)
    return written.output
  }
  if (handler.intend) {
    const intend = handler.intend
    return runWrite(core, now, (call) => intend(call, input))
  }
  if (handler.write) {
    const write = handler.write
    const { account } = core
    const work = (call: WriterCall): Written<unknown> => write(call, input)
    return account !== null && !account.keeps && account.hub !== null
      ? runThrough(core, now, account.hub, `${name} ${JSON.stringify(input)}`, work)
      : runWrite(core, now, work)
  }
  if (handler.prepare) return runPrepared(core, now, handler.prepare, input)
  throw new IpcError('E_ROUTE', 'the route has no handler')
}

export type Router = {
  /** Never throws: every outcome is an answer. */
  call(name: string, input: unknown): Promise<Answer<unknown>>
}

/**
 * The one door. Order: known route → input parsed → session and role → dispatch; the ledger is written here and nowhere in
 * the handlers, so that no disclosure can forget it. (The frame was checked by main before.)
 */
export const createRouter = (core: Core, handlers: Handlers): Router => {
  // Keys and sessions change one at a time: two unlocks at once would open the home's files twice.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<unknown>): Promise<unknown> => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }

  const call = async (name: string, input: unknown): Promise<Answer<unknown>> => {
    const started = performance.now()
    const route: RouteDefinition | undefined = Object.hasOwn(routes, name)
      ? (routes as Readonly<Record<string, RouteDefinition>>)[name]
      : undefined
    try {
      if (route === undefined || route.host !== 'core') throw new IpcError('E_ROUTE', 'no such route')
      const parsed = route.input.safeParse(input ?? {})
      if (!parsed.success) {
        const where = parsed.error.issues.map((issue) => issue.path.join('.') || '(input)').join(', ')
        throw new IpcError('E_INPUT', 'the input does not fit the route', { fields: where.slice(0, 200) })
      }
      requireHuman()
      const caller = requireCaller(core, route)
      const handler = handlers[name as CoreRouteName] as unknown as AnyHandler
      const run = (): Promise<unknown> => dispatch(core, name, handler, parsed.data)
      // Whoever waited for a turn may have been signed out or locked out meanwhile.
      const runLater = async (): Promise<unknown> => {
        if (caller !== 'public') requireCaller(core, route)
        return run()
      }
      const output = await (handler.perform ? inTurn(runLater) : run())
      core.log('route', { route: name, ms: Math.round(performance.now() - started), ok: true })
      return { ok: true, data: output }
    } catch (thrown) {
      const error = toIpcError(thrown)
      core.log('route', {
        route: route === undefined ? 'unknown' : name,
        ms: Math.round(performance.now() - started),
        ok: false,
        code: error.code,
        // A class name tells where to look and holds nobody's data; the message of a foreign error might.
        ...(error.code === 'E_INTERNAL' && thrown instanceof Error ? { kind: thrown.name } : {}),
      })
      if (route !== undefined && route.access !== 'read' && refusalCodes.has(error.code)) {
        const draft = error instanceof Refusal ? error.draft : {}
        try {
          append(core, [{ ...draft, action: route.action, outcome: 'denied' }])
        } catch {
          return { ok: false, error: new IpcError('E_LEDGER', 'the refusal could not be written down').toShape() }
        }
      }
      return { ok: false, error: error.toShape() }
    }
  }
  return { call }
}

/** The contract as data, for `system.routes`. */
export const describeRoutes = () => ({
  routes: Object.entries(routes as Readonly<Record<string, RouteDefinition>>).map(([name, route]) => ({
    name,
    host: route.host,
    access: route.access,
    ...(route.action === undefined ? {} : { action: route.action }),
    roles: [...route.roles],
    input: z.toJSONSchema(route.input, { unrepresentable: 'any', io: 'input' }),
    output: z.toJSONSchema(route.output, { unrepresentable: 'any', io: 'output' }),
  })),
})
