import { isIPv6 } from 'node:net'
import type { Operation } from '../operation.ts'
import { HubProblem } from '../hub-problem.ts'
import { rateLimit, type RateLimit } from '../rate-limit.ts'

/**
 * Requests a minute. A workstation makes some ten a sync, and one that fetches files one after the other stays below an
 * account's; a whole office may stand behind one address.
 */
export const requestsPerMinute = { address: 12_000, stranger: 600, account: 3000 } as const

/** The brakes of every route, beside those that single routes have of their own. */
export type RouteLimits = {
  /** Every request, whatever it asks for. @throws HubProblem 429 `rate_limited` */
  takeAddress(address: string): void
  /** What nobody signed in asks for. @throws HubProblem 429 `rate_limited` */
  takeStranger(address: string): void
  /** What an account asks for, and apart from it what a route with a limit of its own allows it. @throws HubProblem 429 */
  takeAccount(employerId: string, accountId: string, entry: Operation): void
}

/** @param factor how many times the usual numbers; `Infinity` for none */
export const routeLimits = (now: () => number, factor: number): RouteLimits => {
  const perMinute = (limit: number): RateLimit => rateLimit({ limit: limit * factor, windowSeconds: 60, now })
  const address = perMinute(requestsPerMinute.address)
  const stranger = perMinute(requestsPerMinute.stranger)
  const account = perMinute(requestsPerMinute.account)
  const routes = new Map<string, RateLimit>()
  return {
    takeAddress: (from) => take(address, addressKey(from)),
    takeStranger: (from) => take(stranger, addressKey(from)),
    takeAccount: (employerId, accountId, entry) => {
      const key = `${employerId}|${accountId}`
      take(account, key)
      if (entry.perMinute === undefined) return
      const own = routes.get(entry.id) ?? perMinute(entry.perMinute)
      routes.set(entry.id, own)
      take(own, key)
    },
  }
}

const take = (limit: RateLimit, key: string): void => {
  const wait = limit.take(key)
  if (wait > 0) throw new HubProblem(429, 'rate_limited', 'too many requests', { 'retry-after': String(wait) })
}

/** One line of IPv6 is a whole /64: whoever has one has 2^64 addresses. */
export const addressKey = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
