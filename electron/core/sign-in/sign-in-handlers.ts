import { hostname, platform, release } from 'node:os'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { requireVault } from '../accounts/session.ts'
import { defineHandlers } from '../handler.ts'
import { arriveAt, enterHubAccount, requireRealTime } from './enter-hub-account.ts'
import { dropPending, pendingSignIn, requirePending, setPending, takePending } from './pending-sign-in.ts'
import { watchArrival } from './watch-arrival.ts'
import type { Core } from '../context.ts'
import type { SecondStep } from '../sync/hub-problem.ts'

/** As people know them. */
const systems: Readonly<Record<string, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' }
/** How often the passkey's page is asked about; the hub names no interval for it. */
const passkeyInterval = 2000
/** So long the hub keeps an `mfa_token`. */
const stepMs = 300_000

/** @throws IpcError E_CONFLICT */
const requireStep = (
  core: Core,
): { readonly step: SecondStep; readonly pending: ReturnType<typeof requirePending> } => {
  const pending = requirePending(core)
  if (pending.step === undefined) throw new IpcError('E_CONFLICT', 'no sign-in waits for a code; start again')
  return { step: pending.step, pending }
}

const wayOf = ({ name, detail }: ReturnType<typeof requirePending>) => ({
  ...(name === undefined ? {} : { name }),
  ...(detail === undefined ? {} : { detail }),
})

export const signInHandlers = defineHandlers({
  'account.sign_in_code': {
    perform: async ({ core }, { code }) => {
      const { step, pending } = requireStep(core)
      const codes = await pending.arriving.client.signInSecond(step.mfaToken, code)
      if (codes.length > 0) {
        // They are shown before anything else: the account opens once the person has them.
        pending.state = 'confirmed'
        return {
          output: { recovery_codes: [...codes] },
          entries: [{ action: 'policy_change', outcome: 'done', detail: 'second factor added' }],
        }
      }
      takePending(core)
      const { output, entries } = await enterHubAccount(core, pending.arriving, {
        ...wayOf(pending),
        detail: 'second factor',
      })
      return { output: { account: output }, entries }
    },
  },
  'account.sign_in_enrol': {
    perform: async ({ core }) => {
      const { step, pending } = requireStep(core)
      const { secret, uri } = await pending.arriving.client.enrolAtSignIn(step.mfaToken)
      return {
        output: { secret, uri },
        entries: [{ action: 'policy_change', outcome: 'done', detail: 'second factor begun' }],
      }
    },
  },
  'account.sign_in_passkey': {
    bare: ({ core, now }) => {
      const { step, pending } = requireStep(core)
      if (step.page === undefined) throw new IpcError('E_CONFLICT', 'this account has no passkey here')
      const until = now + stepMs
      if (pending.state === 'asked') {
        watchArrival(core, pending, { intervalMs: passkeyInterval, until }, () =>
          pending.arriving.client.signInSecond(step.mfaToken),
        )
      }
      return { uri: step.page, expires_at: until }
    },
  },
  'account.sign_in_qr': {
    bare: async ({ core }, { hub }) => {
      requireVault(core)
      requireRealTime(core, hub)
      const arriving = arriveAt(core, hub)
      const grant = await arriving.client.startDeviceSignIn({
        name: hostname(),
        os: `${systems[platform()] ?? platform()} ${release().split('-')[0]}`,
      })
      const now = core.clock.now()
      const until = now + grant.expires_in * 1000
      const pending = setPending(core, { arriving, detail: 'phone', state: 'waiting' })
      watchArrival(core, pending, { intervalMs: grant.interval * 1000, until }, () =>
        arriving.client.finishDeviceSignIn(grant.device_code),
      )
      return {
        user_code: grant.user_code,
        uri: grant.verification_uri_complete ?? grant.verification_uri,
        expires_at: until,
        now,
      }
    },
  },
  'account.arrival': {
    bare: ({ core }) => {
      const state = pendingSignIn(core)?.state ?? 'none'
      return { state: state === 'asked' ? ('none' as const) : state }
    },
  },
  'account.finish_sign_in': {
    perform: async ({ core }) => {
      const pending = requirePending(core)
      if (pending.state !== 'confirmed') throw new IpcError('E_CONFLICT', 'the hub has let nobody in yet')
      takePending(core)
      return enterHubAccount(core, pending.arriving, wayOf(pending))
    },
  },
  'account.cancel_sign_in': {
    bare: ({ core }) => {
      dropPending(core)
      return {}
    },
  },
})
