import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core } from '../context.ts'
import { environment } from '../environment.ts'
import { Refusal } from '../handler.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'

const chinaHosts = z.object({ domains: z.array(z.string().min(1)) })

let domains: readonly string[] | undefined
/** The China list: hosts of the platforms' own services in mainland China. */
const listed = (): readonly string[] =>
  (domains ??= chinaHosts.parse(
    JSON.parse(readFileSync(join(environment.resources, 'china-hosts.json'), 'utf8')),
  ).domains)

/** Whether a hub runs on this very machine: the sandbox's. */
export const isLoopback = (hub: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(hub).hostname)

/** Whether a host stands on the China list by itself; a name that merely ends alike does not. */
export const isOnChinaList = (host: string): boolean =>
  listed().some((domain) => host === domain || host.endsWith(`.${domain}`))

/**
 * Lets a workstation speak to hosts in mainland China alone (ZP-102, MM-32): this machine, the China list, what somebody
 * registered with its place, and hubs that this home has an account of already.
 *
 * @throws Refusal E_REGION
 */
export const requireHubInChina = (core: Core, hub: string): void => {
  const { hostname, origin } = new URL(hub)
  const known = core.settings.get().hub_hosts.some(({ host }) => host === hostname)
  const used = core.vault?.accounts.list().some((account) => !account.local && account.hub === origin) === true
  if (isLoopback(hub) || isOnChinaList(hostname) || known || used) return
  const rule = 'HUB_ABROAD'
  const clause = requireProfile(core.profiles, 'direct').clauseOf(rule)
  throw new Refusal('E_REGION', 'this host is not on the list of mainland China', {
    rule,
    clause,
    lift: 'REGISTER_HUB',
  })
}

/** @throws IpcError E_INPUT for what is no host, and for one that needs no entry */
export const requireHost = (hub: string): string => {
  const { hostname } = new URL(hub)
  if (isLoopback(hub) || isOnChinaList(hostname))
    throw new IpcError('E_INPUT', 'this host needs no entry', { field: 'hub' })
  return hostname
}
