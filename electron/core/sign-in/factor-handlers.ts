import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core } from '../context.ts'
import { defineHandlers } from '../handler.ts'
import type { HubClient } from '../sync/hub-client.ts'

/** @throws IpcError E_SESSION, E_CONFLICT */
const requireHub = ({ account }: Core): HubClient => {
  if (account === null) throw new IpcError('E_SESSION', 'sign in first')
  if (account.hub === null) throw new IpcError('E_CONFLICT', 'a workspace without a hub has no second factor')
  return account.hub
}

const entry = (detail: string) => [{ action: 'policy_change', outcome: 'done', detail }] as const

/** One's own second factors. Nothing of them is kept here: the hub has them, and a secret passes through once. */
export const factorHandlers = defineHandlers({
  'factor.list': { bare: ({ core }) => requireHub(core).listFactors() },
  'factor.begin': {
    perform: async ({ core }, input) => ({
      output: await requireHub(core).beginTotp(input),
      entries: entry('second factor begun'),
    }),
  },
  'factor.confirm': {
    perform: async ({ core }, { id, code }) => ({
      output: { recovery_codes: [...(await requireHub(core).confirmTotp(id, code))] },
      entries: entry('second factor added'),
    }),
  },
  'factor.add_passkey': {
    perform: async ({ core }, input) => ({
      output: await requireHub(core).addPasskey(input),
      entries: entry('passkey begun'),
    }),
  },
  'factor.remove': {
    perform: async ({ core }, { id }) => {
      await requireHub(core).removeFactor(id)
      return { output: {}, entries: entry('second factor removed') }
    },
  },
  'factor.renew_codes': {
    perform: async ({ core }) => ({
      output: { recovery_codes: [...(await requireHub(core).renewRecoveryCodes())] },
      entries: entry('recovery codes renewed'),
    }),
  },
  'factor.proof': { bare: ({ core }) => requireHub(core).stepUpState() },
  'factor.prove': {
    perform: async ({ core }, { code }) => {
      await requireHub(core).stepUp(code)
      return { output: {}, entries: [{ action: 'sign_in', outcome: 'done', detail: 'second factor' }] }
    },
  },
  'factor.prove_passkey': { bare: ({ core }) => requireHub(core).stepUpByPasskey() },
  'admin.reset_factors': {
    perform: async ({ core }, { id }) => {
      await requireHub(core).resetFactors(id)
      return { output: {}, entries: entry(`second factors reset of ${id}`) }
    },
  },
})
