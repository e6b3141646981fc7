import type { AiEndpoint, AiFailure, AiStatus } from '../../shared/domain/ai.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core, OpenAccount, OpenVault } from '../context.ts'
import { aiSettingsOf, type AiEnterprise, type AiSettings } from './ai-file.ts'
import { countCalls } from './ai-calls.ts'

type SignedIn = { readonly core: Core; readonly vault: OpenVault; readonly account: OpenAccount }

export const modelError = (reason: AiFailure, message: string, more: { readonly retry_after_s?: number } = {}) =>
  new IpcError('E_MODEL', message, { reason, ...more })

/** Whom a switch of the enterprise counts for: everybody of one employer at one hub, or the local workspace. */
export const enterpriseOf = ({ vault, account }: Pick<SignedIn, 'vault' | 'account'>): string => {
  if (account.view.local) return 'local'
  const registered = vault.accounts.get(account.view.id)
  return `${registered?.hub ?? ''} ${account.me()?.employer.id ?? account.view.employer}`
}

export const settingsFor = ({ core, vault }: Pick<SignedIn, 'core' | 'vault'>): AiSettings =>
  aiSettingsOf(vault, core.home.home)

/** @throws IpcError E_MODEL `rejected` for anything but https, or loopback */
export const originOf = (address: string): string => {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw new IpcError('E_INPUT', 'the address of the model is no web address', { fields: 'address', rule: 'address' })
  }
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    throw new IpcError('E_INPUT', 'a model outside this machine is reached by https only', {
      fields: 'address',
      rule: 'https_only',
    })
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new IpcError('E_INPUT', 'the address of the model holds more than an address', {
      fields: 'address',
      rule: 'address',
    })
  return url.origin
}

const mayMoveEnterprise = ({ account }: Pick<SignedIn, 'account'>): boolean =>
  account.role === 'admin' || (account.view.local && account.role === 'hr')

/** @throws IpcError E_ROLE */
export const requireEnterpriseSwitch = (signedIn: SignedIn): void => {
  if (mayMoveEnterprise(signedIn)) return
  throw new IpcError('E_ROLE', 'an administrator switches the model on for the enterprise', {
    rule: 'role',
    clause: 'ZP-16',
  })
}

const isUserOn = (signedIn: SignedIn, { endpoint }: AiEnterprise): boolean => {
  const own = settingsFor(signedIn).user(signedIn.account.view.id)
  return own?.on === true && endpoint !== undefined && own.origin === originOf(endpoint.address)
}

export const statusOf = (signedIn: SignedIn): AiStatus => {
  const settings = settingsFor(signedIn)
  const enterprise = settings.enterprise(enterpriseOf(signedIn))
  const own = settings.user(signedIn.account.view.id)
  const on = isUserOn(signedIn, enterprise)
  const { endpoint, key } = enterprise
  return {
    active: enterprise.switch?.on === true && on,
    enterprise: enterprise.switch ?? { on: false },
    user: own === undefined ? { on: false } : { ...own, on },
    ...(endpoint === undefined ? {} : { endpoint: { ...endpoint, has_key: key !== undefined } }),
    may: { enterprise: mayMoveEnterprise(signedIn), user: signedIn.account.role === 'hr' },
    running: countCalls(signedIn.core, signedIn.account.view.id),
  }
}

export type OpenModel = { readonly endpoint: AiEndpoint; readonly key: string | undefined }

/** Endpoint and key, only while both switches are on (D22). @throws IpcError E_MODEL `off` */
export const requireModel = (signedIn: SignedIn): OpenModel => {
  const enterprise = settingsFor(signedIn).enterprise(enterpriseOf(signedIn))
  const { endpoint, key } = enterprise
  if (enterprise.switch?.on !== true || endpoint === undefined || !isUserOn(signedIn, enterprise))
    throw modelError('off', 'the model is off until the administrator and the user have both switched it on')
  return { endpoint, key }
}
