import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers } from '../handler.ts'
import { arriveAt, enterHubAccount, requireRealTime } from '../sign-in/enter-hub-account.ts'
import { dropPending, setPending } from '../sign-in/pending-sign-in.ts'
import { SecondStep } from '../sync/hub-problem.ts'
import type { RegisteredAccount } from './account-registry.ts'
import { accountView } from './account-view.ts'
import { enter, keptTokens, leave, requireVault } from './session.ts'

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
      requireVault(core)
      requireRealTime(core, input.hub)
      const arriving = arriveAt(core, input.hub)
      try {
        await arriving.client.signIn(input.account, input.password)
      } catch (error) {
        if (error instanceof SecondStep) {
          setPending(core, { arriving, name: input.account, step: error, state: 'asked' })
        }
        throw error
      }
      dropPending(core)
      return enterHubAccount(core, arriving, { name: input.account })
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
