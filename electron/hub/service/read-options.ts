import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { syncPlatform } from '../../shared/domain/sync-atoms.ts'
import type { HubOptions } from '../start-hub.ts'

export const usage = `usage: hub [--port N] [--host H] [--database URL] [--seed demo|N [--platform P] | --new-employer NAME]
           [--public-url URL]
           [--tls-cert F --tls-key F] [--trust-proxy] [--log stdout|stderr|off]
           [--metrics-token-file F] [--drain-seconds N] [--limit-factor N]
           [--quotas F]`

export type LogTarget = 'stdout' | 'stderr' | 'off'

/** What the command line says; `log` is missing where it says nothing of it. */
export type GivenOptions = {
  readonly hub: Omit<HubOptions, 'home' | 'log' | 'clockOffset'>
  readonly log: LogTarget | undefined
}

const flags = {
  port: { type: 'string' },
  host: { type: 'string' },
  database: { type: 'string' },
  seed: { type: 'string' },
  platform: { type: 'string' },
  'new-employer': { type: 'string' },
  'public-url': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'trust-proxy': { type: 'boolean' },
  log: { type: 'string' },
  'metrics-token-file': { type: 'string' },
  'drain-seconds': { type: 'string' },
  'limit-factor': { type: 'string' },
  quotas: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** What cannot be used: the command line, not a file that it names. */
class WrongUsage extends Error {}

/**
 * @returns `undefined` for wrong usage
 * @throws when a file that is named cannot be read
 */
export const readOptions = (args: readonly string[]): GivenOptions | undefined => {
  try {
    return parse(args)
  } catch (error) {
    if (error instanceof WrongUsage || (error instanceof TypeError && 'code' in error)) return undefined
    throw error
  }
}

const parse = (args: readonly string[]): GivenOptions => {
  const { values } = parseArgs({ args: [...args], options: flags })
  if (values.help === true) throw new WrongUsage()
  const { seed, log } = values
  const { 'tls-cert': cert, 'tls-key': key } = values
  if ((cert === undefined) !== (key === undefined)) throw new WrongUsage()
  return {
    hub: {
      port: numberOf(values.port ?? '0', (port) => Number.isInteger(port) && port >= 0 && port < 65_536),
      ...(values.host === undefined ? {} : { host: values.host }),
      databaseUrl: values.database,
      seed: seed === undefined || seed === 'demo' ? seed : numberOf(seed, (n) => Number.isInteger(n) && n > 0),
      platform: platformOf(values.platform, seed),
      newEmployer: employerOf(values['new-employer'], seed),
      ...(values['public-url'] === undefined ? {} : { publicUrl: values['public-url'].replace(/\/+$/, '') }),
      ...(cert === undefined || key === undefined ? {} : { tls: { cert: readText(cert), key: readText(key) } }),
      trustProxy: values['trust-proxy'] === true,
      metricsToken: readToken(values['metrics-token-file']),
      drainSeconds: numberOf(values['drain-seconds'] ?? '0', (seconds) => seconds >= 0 && seconds <= 300),
      limitFactor: numberOf(values['limit-factor'] ?? '1', (factor) => factor > 0),
      ...(values.quotas === undefined ? {} : { quotas: values.quotas }),
    },
    log: log === undefined ? undefined : targetOf(log),
  }
}

const numberOf = (text: string, good: (value: number) => boolean): number => {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!good(value)) throw new WrongUsage()
  return value
}

/** A platform is played by a sandbox alone. */
const platformOf = (name: string | undefined, seed: string | undefined): HubOptions['platform'] => {
  if (name === undefined) return undefined
  const { data } = syncPlatform.exclude(['hub']).safeParse(name)
  if (data === undefined || seed === undefined) throw new WrongUsage()
  return data
}

/** A sandbox has an employer of its own. */
const employerOf = (name: string | undefined, seed: string | undefined): string | undefined => {
  if (name === undefined) return undefined
  const given = name.trim()
  if (given === '' || given.length > 100 || seed !== undefined) throw new WrongUsage()
  return given
}

const targetOf = (text: string): LogTarget => {
  if (text === 'stdout' || text === 'stderr' || text === 'off') return text
  throw new WrongUsage()
}

/** @throws in words of our own */
const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Error(`cannot read ${path}`)
  }
}

/** The first line. An empty token would let everybody in. */
const readToken = (path: string | undefined): string | undefined => {
  if (path === undefined) return undefined
  const token = (readText(path).split('\n')[0] ?? '').trim()
  if (token.length < 16) throw new Error('the token of the metrics has fewer than 16 characters')
  return token
}
