import { passphraseWeakness } from '../../shared/domain/passphrase.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { SystemState } from '../../shared/ipc/routes/system.ts'
import type { Core } from '../context.ts'
import { defineHandlers } from '../handler.ts'
import { changePassphrase, createKek, openKek, renewRecoveryCode } from '../keys/kek-file.ts'
import { homeState, readKekFile } from '../keys/kek-format.ts'
import type { KeychainPort } from '../keys/keychain-port.ts'
import { programVersion } from '../program-version.ts'
import { describeRoutes } from '../router.ts'
import { accountView } from './account-view.ts'
import { isTrial } from './open-account.ts'
import { anchorClock } from './clock-watch.ts'
import { listPaths } from './home-files.ts'
import { finishRestores, type Restored } from '../backup/finish-restore.ts'
import { runOverdue } from './overdue.ts'
import { closeVault, openVault } from './vault.ts'
import { accountGate } from '../policy/account-gate.ts'
import { keepPolicies } from '../policy/versions/policies-record.ts'
import type { NoteAside } from '../policy/versions/rules-at.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { hasOpenNotice } from '../policy/policy-handlers.ts'

const day = 86_400

const phaseOf = (core: Core): Pick<SystemState, 'phase' | 'fault'> => {
  if (core.account !== null) return { phase: 'signed_in' }
  if (core.vault !== null) return { phase: 'open' }
  const state = homeState(core.home.home)
  if (state === 'keys_missing') {
    return {
      phase: 'fault',
      fault: { code: 'E_KEYS_MISSING', message: 'the key files are missing beside their store' },
    }
  }
  const { notice } = core.settings.get()
  // Whoever declined browses, with the vault locked (ZP-107).
  if (state === 'ready') return { phase: notice === 'browse' ? 'browse' : 'locked' }
  if (notice === null) return { phase: 'notice' }
  return { phase: notice === 'browse' ? 'browse' : 'new' }
}

type Unlocked = { readonly overdue: number; readonly restored: readonly Restored[] }

/** Opens the home with its key, then does what is overdue before anything can be shown. */
export const unlock = async (core: Core, kek: Uint8Array, homeId: string): Promise<Unlocked> => {
  const vault = openVault(core.home, kek, homeId, core.clock)
  try {
    anchorClock(core.clock, vault)
    // Deadlines count by the rules in force, so these come first.
    const keeping = keepPolicies(vault.ledgerDb)
    const note: NoteAside = (code, count) => core.log('policies', { ok: false, code, count })
    core.policies.open({ ...keeping, note }, core.clock.now())
    const restored = finishRestores(core, vault)
    const overdue = await runOverdue(core, vault)
    // Only now may any route reach the stores.
    core.vault = vault
    return { overdue, restored }
  } catch (error) {
    // Nobody holds this vault: its keys would stay in memory, and the next unlock would find its files in use.
    closeVault(vault)
    throw error
  }
}

const monthBefore = 30 * day * 1000

/** What keeps the account from candidates, what will soon, and whether the rules wait for an answer. */
const gateView = (core: Core, now: number): Pick<SystemState, 'gate' | 'licence_ends_at' | 'rules_to_answer'> => {
  const { account } = core
  if (account === null) return { rules_to_answer: false }
  const gates = account.gates()
  const gate = accountGate(gates, account.role, now)
  const profile = requireProfile(core.profiles, 'direct')
  const ends = account.role === 'headhunter' && gates.licenceUntil !== null && gates.licenceUntil - now < monthBefore
  return {
    ...(gate === null ? {} : { gate: { rule: gate.rule, clause: profile.clauseOf(gate.rule), lift: gate.lift } }),
    ...(ends && gates.licenceUntil !== null ? { licence_ends_at: gates.licenceUntil } : {}),
    rules_to_answer: !gates.rulesAccepted || !gates.confidentiality || hasOpenNotice(core),
  }
}

export const needPhase = (core: Core, wanted: 'new' | 'locked'): void => {
  const { phase, fault } = phaseOf(core)
  if (fault !== undefined) throw new IpcError('E_KEYS_MISSING', fault.message)
  const closed = homeState(core.home.home) === 'ready'
  const fits =
    phase === wanted ||
    (phase === 'browse' && (wanted === 'locked') === closed) ||
    (phase === 'notice' && wanted === 'new')
  if (!fits) {
    throw new IpcError(
      'E_CONFLICT',
      wanted === 'new'
        ? 'this home has a vault already'
        : phase === 'open' || phase === 'signed_in'
          ? 'the vault is open already'
          : 'set this home up first (init)',
    )
  }
}

/** The key store for a home whose passphrase opens only together with one; others do not ask the system for it. */
const keychainOf = async (core: Core): Promise<{ readonly keychain?: KeychainPort }> => {
  if (homeState(core.home.home) !== 'ready') return {}
  if (!readKekFile(core.home.home).wraps.some(({ kind }) => kind === 'passphrase+keychain')) return {}
  const keychain = await core.keychain()
  return keychain === null ? {} : { keychain }
}

const requireKeychain = async (core: Core): Promise<KeychainPort> => {
  const keychain = await core.keychain()
  if (keychain === null) throw new IpcError('E_RUNTIME', 'this system has no key store that protects a key')
  return keychain
}

const secretOf = (input: { readonly passphrase?: string | undefined; readonly recovery_code?: string | undefined }) => {
  if (input.recovery_code !== undefined) return { recoveryCode: input.recovery_code }
  if (input.passphrase !== undefined) return { passphrase: input.passphrase }
  throw new IpcError('E_INPUT', 'a passphrase or a recovery code is needed', { fields: 'passphrase' })
}

export const systemHandlers = defineHandlers({
  'system.routes': { bare: () => describeRoutes() },
  'system.state': {
    bare: ({ core, now }) => {
      const settings = core.settings.get()
      return {
        ...phaseOf(core),
        ...(core.account === null ? {} : { account: core.account.view }),
        accounts: core.vault === null ? [] : core.vault.accounts.list().map(accountView),
        language: settings.language,
        theme: settings.theme,
        screen: settings.screen,
        desktop: settings.desktop,
        now,
        clock_offset_s: core.clock.offsetSeconds(),
        sandbox: core.account?.sandbox ?? false,
        ...gateView(core, now),
        ...(settings.locked_since === null ? {} : { locked_since: settings.locked_since }),
        version: programVersion,
      }
    },
  },
  'system.paths': { bare: ({ core }) => ({ paths: listPaths(core.home) }) },
  'notice.answer': {
    perform: async ({ core, now }, { choice }) => {
      const rules = choice === 'accept' ? core.policies.rulesVersion() : null
      core.settings.set({ notice: choice, notice_at: now, notice_rules: rules })
      core.emit('state.changed', { phase: phaseOf(core).phase })
      return Promise.resolve({
        output: {},
        entries: [{ action: 'consent', outcome: 'done', detail: `notice ${choice}` }],
      })
    },
  },
  'settings.set': {
    perform: async ({ core }, input) => {
      core.settings.set({
        ...(input.language === undefined ? {} : { language: input.language }),
        ...(input.theme === undefined ? {} : { theme: input.theme }),
      })
      core.emit('state.changed', { phase: phaseOf(core).phase })
      return Promise.resolve({
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail: Object.keys(input).sort().join(' ') }],
      })
    },
  },
  'desktop.set': {
    perform: async ({ core }, { notices = {}, ...input }) => {
      const { desktop } = core.settings.get()
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
      core.settings.set({ desktop: { ...desktop, ...given, notices: { ...desktop.notices, ...notices } } })
      core.emit('state.changed', { phase: phaseOf(core).phase })
      const changed = [...Object.keys(given), ...Object.keys(notices)].sort().join(' ')
      return Promise.resolve({
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail: `desktop ${changed}` }],
      })
    },
  },
  'screen.set': {
    read: ({ core }, input) => {
      core.settings.set({ screen: { ...core.settings.get().screen, ...input } })
      return {}
    },
  },
  'vault.create': {
    perform: async ({ core }, { passphrase, keychain: wanted = false }) => {
      needPhase(core, 'new')
      const weakness = passphraseWeakness(passphrase)
      if (weakness !== null) throw new IpcError('E_INPUT', 'the passphrase is too weak', { weakness })
      const keychain = wanted ? await requireKeychain(core) : undefined
      const { kek, homeId, recoveryCode } = await createKek({
        dir: core.home.home,
        passphrase,
        ...(keychain === undefined ? {} : { keychain }),
      })
      await unlock(core, kek, homeId)
      const { notice, notice_at: noticeAt } = core.settings.get()
      return {
        output: { recovery_code: recoveryCode },
        entries: [
          // The answer was given before there was a log to hold it (ZP-03).
          ...(notice === null
            ? []
            : ([
                {
                  action: 'consent',
                  outcome: 'done',
                  detail: `notice ${notice} ${new Date(noticeAt ?? 0).toISOString()}`,
                },
              ] as const)),
          { action: 'key_rotated', outcome: 'done', detail: wanted ? 'vault created keychain' : 'vault created' },
        ],
        after: () => core.emit('state.changed', { phase: phaseOf(core).phase }),
      }
    },
  },
  'vault.unlock': {
    perform: async ({ core }, input) => {
      needPhase(core, 'locked')
      const { kek, homeId } = await openKek({
        dir: core.home.home,
        secret: secretOf(input),
        ...(await keychainOf(core)),
      })
      const { overdue } = await unlock(core, kek, homeId)
      return {
        output: { overdue },
        entries: [{ action: 'sign_in', outcome: 'done', detail: 'unlocked' }],
        after: () => core.emit('state.changed', { phase: phaseOf(core).phase }),
      }
    },
  },
  'vault.change_passphrase': {
    perform: async ({ core }, { passphrase, next }) => {
      await changePassphrase({
        dir: core.home.home,
        secret: { passphrase },
        passphrase: next,
        ...(await keychainOf(core)),
      })
      return { output: {}, entries: [{ action: 'key_rotated', outcome: 'done', detail: 'passphrase' }] }
    },
  },
  'vault.new_recovery_code': {
    perform: async ({ core }, { passphrase }) => {
      const { recoveryCode } = await renewRecoveryCode({
        dir: core.home.home,
        secret: { passphrase },
        ...(await keychainOf(core)),
      })
      return {
        output: { recovery_code: recoveryCode },
        entries: [{ action: 'key_rotated', outcome: 'done', detail: 'recovery code' }],
      }
    },
  },
  'sandbox.move_clock': {
    perform: async ({ core }, { days }) => {
      // One clock a home: it would end the records of every account in it, whoever is signed in.
      if (core.vault?.accounts.list().some((account) => !isTrial(account, core.clock.offsetSeconds()))) {
        throw new IpcError('E_CONFLICT', 'the clock is moved only in a home that holds nothing but the sandbox')
      }
      const offset = core.clock.offsetSeconds() + days * day
      core.clock.setOffset(offset)
      core.settings.set({ clock_offset_s: offset })
      const now = core.clock.now()
      core.vault?.ledger.raiseClockMark(now)
      core.emit('clock.moved', { offset_s: offset })
      return Promise.resolve({
        output: { now },
        entries: [{ action: 'clock', outcome: 'done', detail: `sandbox +${days} days` }],
        // What the new date makes due goes at once, as it would have on that day.
        after: () => core.account?.retention.kick(),
      })
    },
  },
})
