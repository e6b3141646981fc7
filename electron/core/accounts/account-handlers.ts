import { createHash } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core } from '../context.ts'
import { defineHandlers } from '../handler.ts'
import type { HubTokens } from '../sync/hub-client.ts'
import type { RegisteredAccount } from './account-registry.ts'
import { accountView } from './account-view.ts'
import { isLoopback } from './hub-hosts.ts'
import { requireOwnVault } from '../closing/require-own-vault.ts'
import { effectiveRole, hubClientFor, requireOfficer } from './open-account.ts'
import { enter, keptTokens, leave, requireVault } from './session.ts'

/** One account of one hub has one id in this home; nothing can be read back from it. */
const accountIdOf = (hub: string, account: string): string =>
  createHash('sha256')
    .update(`${new URL(hub).origin}\0${account}`)
    .digest('hex')
    .slice(0, 32)

/** A home whose clock was moved on would end what a real hub sends before its time. @throws IpcError E_CONFLICT */
const requireRealTime = (core: Core, hub: string): void => {
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

export const accountHandlers = defineHandlers({
  'account.start_local': {
    perform: async ({ core }, input) => {
      const vault = requireVault(core)
      const account: RegisteredAccount = {
        id: 'local',
        name: input.name,
        role: 'hr',
        employer: input.employer,
        hub: '',
        local: true,
        officer: input.officer,
      }
      if (vault.accounts.get('local') !== undefined) {
        throw new IpcError('E_CONFLICT', 'this home has its local workspace already; open it')
      }
      vault.accounts.put(account)
      await enter(core, account, null)
      return { output: accountView(account), entries: [{ action: 'sign_in', outcome: 'done', detail: 'local' }] }
    },
  },
  'account.name_officer': {
    perform: ({ core }, { officer }) => {
      const vault = requireVault(core)
      const local = vault.accounts.get(core.account?.view.id ?? '')
      if (local?.local !== true) throw new IpcError('E_CONFLICT', 'the hub names the officer', { reason: 'hub' })
      vault.accounts.put({ ...local, officer })
      const entries = [{ action: 'policy_change', outcome: 'done', detail: 'officer named' }] as const
      return Promise.resolve({ output: {}, entries })
    },
  },
  'account.sign_in': {
    perform: async ({ core }, input) => {
      const vault = requireVault(core)
      requireRealTime(core, input.hub)
      let tokens: HubTokens | null = null
      const client = hubClientFor(core, input.hub, null, (next) => {
        tokens = next
      })
      await client.signIn(input.account, input.password)
      const me = await client.me()
      let role
      try {
        requireOfficer(me)
        requireOwnVault(core, vault, input.hub, me)
        role = effectiveRole(me)
      } catch (error) {
        // The hub let somebody in whom this home does not: that session is nobody's.
        await client.signOut()
        throw error
      }
      const latest = tokens as HubTokens | null
      const id = accountIdOf(input.hub, me.id)
      const account: RegisteredAccount = {
        // What this person accepted and allowed here outlives a session.
        ...keptChoices(vault.accounts.get(id)),
        id,
        name: input.account,
        role,
        employer: me.employer.name,
        hub: new URL(input.hub).origin,
        local: false,
        me,
        ...(me.agency === undefined ? {} : { agency: me.agency.name }),
        ...(latest?.refresh === undefined ? {} : { refresh_token: latest.refresh }),
      }
      vault.accounts.put(account)
      await enter(core, account, latest)
      return { output: accountView(account), entries: [{ action: 'sign_in', outcome: 'done', detail: account.role }] }
    },
  },
  'account.resume': {
    perform: async ({ core }, { id }) => {
      const account = requireVault(core).accounts.get(id)
      if (account === undefined) throw new IpcError('E_NOT_FOUND', 'this home has no such account')
      if (account.closing?.kind === 'account')
        throw new IpcError('E_REVOKED', 'this account has been cancelled', { reason: 'cancelled' })
      if (!account.local && account.refresh_token === undefined) {
        throw new IpcError('E_SIGN_IN', 'the session has ended; sign in with the password')
      }
      await enter(core, account, keptTokens(account))
      return { output: accountView(account), entries: [{ action: 'sign_in', outcome: 'done', detail: 'resumed' }] }
    },
  },
  'account.sign_out': {
    perform: async ({ core }) => {
      const open = core.account
      if (open === null) throw new IpcError('E_SESSION', 'nobody is signed in')
      await open.hub?.signOut()
      await leave(core)
      requireVault(core).accounts.setCurrent(null)
      core.emit('state.changed', { phase: 'open' })
      return { output: {}, entries: [{ action: 'sign_in', outcome: 'done', detail: 'signed out' }] }
    },
  },
})
