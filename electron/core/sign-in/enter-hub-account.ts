import { createHash } from 'node:crypto'
import type { AccountView } from '../../shared/domain/views.ts'
import type { Me } from '../../shared/domain/sync-records.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { accountView } from '../accounts/account-view.ts'
import type { RegisteredAccount } from '../accounts/account-registry.ts'
import { isLoopback } from '../accounts/hub-hosts.ts'
import { effectiveRole, hubClientFor, requireOfficer } from '../accounts/open-account.ts'
import { enter, requireVault } from '../accounts/session.ts'
import { requireOwnVault } from '../closing/require-own-vault.ts'
import type { Core } from '../context.ts'
import type { Written } from '../handler.ts'
import type { HubClient, HubTokens } from '../sync/hub-client.ts'

/** One account of one hub has one id in this home; nothing can be read back from it. */
const accountIdOf = (hub: string, account: string): string =>
  createHash('sha256')
    .update(`${new URL(hub).origin}\0${account}`)
    .digest('hex')
    .slice(0, 32)

/** A home whose clock was moved on would end what a real hub sends before its time. @throws IpcError E_CONFLICT */
export const requireRealTime = (core: Core, hub: string): void => {
  if (core.settings.get().clock_offset_s === 0 || isLoopback(hub)) return
  throw new IpcError('E_CONFLICT', 'the clock of this home was moved on for the sandbox; use another home')
}

const keptChoices = (known: RegisteredAccount | undefined): Partial<RegisteredAccount> => {
  if (known === undefined) return {}
  const { accepted, answered_notices, permissions, permission_used, scores } = known
  return Object.fromEntries(
    Object.entries({ accepted, answered_notices, permissions, permission_used, scores }).filter(
      ([, value]) => value !== undefined,
    ),
  )
}

/** A client that nobody is signed in with yet, and the tokens that it gets. */
export type Arriving = { readonly hub: string; readonly client: HubClient; readonly tokens: () => HubTokens | null }

export const arriveAt = (core: Core, hub: string): Arriving => {
  let tokens: HubTokens | null = null
  const client = hubClientFor(core, hub, null, (next) => {
    tokens = next
  })
  return { hub, client, tokens: () => tokens }
}

const rightsOf = (core: Core, hub: string, me: Me) => {
  requireOfficer(me)
  requireOwnVault(core, requireVault(core), hub, me)
  return effectiveRole(me)
}

/**
 * Opens the account that the hub has let in. `name`: as the person typed it; of a sign-in by phone it is the hub's.
 * @throws IpcError E_CONSENT, E_ROLE, and those of the hub
 */
export const enterHubAccount = async (
  core: Core,
  { hub, client, tokens }: Arriving,
  way: { readonly name?: string; readonly detail?: string } = {},
): Promise<Written<AccountView>> => {
  const vault = requireVault(core)
  const me = await client.me()
  let role
  try {
    role = rightsOf(core, hub, me)
  } catch (error) {
    // The hub let somebody in whom this home does not: that session is nobody's.
    await client.signOut()
    throw error
  }
  const latest = tokens()
  const id = accountIdOf(hub, me.id)
  const known = vault.accounts.get(id)
  const account: RegisteredAccount = {
    // What this person accepted and allowed here outlives a session.
    ...keptChoices(known),
    id,
    name: way.name ?? known?.name ?? me.name,
    role,
    employer: me.employer.name,
    hub: new URL(hub).origin,
    local: false,
    me,
    ...(me.agency === undefined ? {} : { agency: me.agency.name }),
    ...(latest?.refresh === undefined ? {} : { refresh_token: latest.refresh }),
  }
  vault.accounts.put(account)
  await enter(core, account, latest)
  const detail = [account.role, ...(way.detail === undefined ? [] : [way.detail])].join(' ')
  return { output: accountView(account), entries: [{ action: 'sign_in', outcome: 'done', detail }] }
}
