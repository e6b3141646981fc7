import { existsSync } from 'node:fs'
import { askBeforeLooking } from '../backup/lock-ended.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core, OpenAccount, OpenVault } from '../context.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import { recomputeDueOfRecord } from '../retention/due.ts'
import { lockRecord } from '../retention/lock-record.ts'
import type { HubTokens } from '../sync/hub-client.ts'
import { openKeptFiles } from './account-files.ts'
import type { RegisteredAccount } from './account-registry.ts'
import { actorOf } from './retention-target.ts'
import { hubClientFor, openAccount } from './open-account.ts'

/** @throws IpcError E_SESSION */
export const requireVault = (core: Core): OpenVault => {
  if (core.vault === null) throw new IpcError('E_SESSION', 'unlock the vault first')
  return core.vault
}

/** What a remembered session goes on with: the access token is renewed by the first call, so this needs no network. */
export const keptTokens = ({ refresh_token: refresh }: RegisteredAccount): HubTokens | null =>
  refresh === undefined ? null : { access: '', refresh, expires_at: 0 }

const forgetToken = (vault: OpenVault, id: string): void => {
  const kept = vault.accounts.get(id)
  if (kept === undefined) return
  const { refresh_token: _ended, ...rest } = kept
  vault.accounts.put(rest)
}

/** An account that may not keep any more: what it kept is locked here and goes with its clock (ZP-22, D7). */
const lockKept = (core: Core, vault: OpenVault, { view, actor, keeps }: OpenAccount): void => {
  if (keeps || !existsSync(core.home.account(view.id).store)) return
  const files = openKeptFiles(core.home, vault.keys, vault.keystore, view.id)
  const { db, reader } = files.store
  try {
    const live = reader.all<{ record_id: string }>("SELECT record_id FROM candidate WHERE life = 'live'")
    db.transaction(() => {
      for (const { record_id: id } of live) {
        const entries = lockRecord(db, core.profiles, id, 'entitlement_ended', core.clock.now())
        putPendingEntries(db, vault.ledger, actor, entries)
        recomputeDueOfRecord(db, core.profiles, id)
      }
    })
    movePendingEntries(db, vault.ledger)
  } finally {
    files.close()
  }
}

/**
 * Whoever agreed on the first page agreed to the rules as they were then, and to confidentiality (ZP-03, WZ-31): the first
 * entry of an account takes that over, word for word the same rules only. Every other version is asked for by itself (K10).
 */
const acceptAsAgreed = (core: Core, vault: OpenVault, id: string): void => {
  const account = vault.accounts.get(id)
  const { notice, notice_rules: rules } = core.settings.get()
  if (account === undefined || account.accepted !== undefined) return
  if (notice !== 'accept' || rules === null || rules !== core.policies.rulesVersion()) return
  vault.ledger.append(actorOf(account, vault), [
    { action: 'consent', outcome: 'done', detail: `rules ${rules} agreed at the start` },
  ])
  vault.accounts.put({ ...account, accepted: { rules, at: core.clock.now() } })
}

const endedElsewhere = { action: 'sign_in', outcome: 'denied', detail: 'ended at the hub' } as const

/** Ends the session that is open, then opens this one. Works without a network. */
export const enter = async (core: Core, account: RegisteredAccount, tokens: HubTokens | null): Promise<void> => {
  const vault = requireVault(core)
  await leave(core)
  const hub = account.local
    ? null
    : hubClientFor(core, account.hub, tokens, (next, end) => {
        const kept = vault.accounts.get(account.id)
        // Ended elsewhere: on the phone, by a colleague who may, or because the account's factors changed (QY-08).
        if (end === 'refused') vault.ledger.append(actorOf(account, vault), [endedElsewhere])
        if (next?.refresh === undefined) forgetToken(vault, account.id)
        else if (kept !== undefined) vault.accounts.put({ ...kept, refresh_token: next.refresh })
      })
  await askBeforeLooking(core, vault, account, hub)
  vault.accounts.setCurrent(account.id)
  acceptAsAgreed(core, vault, account.id)
  const open = openAccount(core, vault, account, hub, {
    // A revoked account shows nothing from this moment on; what it held waits for its clocks.
    onRevoked: () => {
      forgetToken(vault, account.id)
      vault.accounts.setCurrent(null)
      vault.ledger.append(open.actor, [{ action: 'sign_in', outcome: 'denied', detail: 'revoked' }])
      if (core.account !== open) return
      core.account = null
      core.changing = open.close().then(() => core.emit('state.changed', { phase: 'open' }))
    },
    // Nothing is answered with the old rights while the run that heard of the new ones comes to its end.
    onRole: () => {
      if (core.account !== open) return
      core.account = null
      core.changing = open.close().then(() => reopen(core, vault, account.id))
    },
  })
  lockKept(core, vault, open)
  core.account = open
  open.mailboxes.follow()
  core.emit('state.changed', { phase: 'signed_in' })
}

const reopen = async (core: Core, vault: OpenVault, id: string): Promise<void> => {
  const account = vault.accounts.get(id)
  // The vault was locked, or somebody else signed in, meanwhile.
  if (account === undefined || core.vault !== vault || core.account !== null) return
  await enter(core, account, keptTokens(account))
  const open = core.account as OpenAccount | null
  if (open === null) return
  vault.ledger.append(open.actor, [{ action: 'policy_change', outcome: 'done', detail: `role ${open.role}` }])
}

export const leave = async (core: Core): Promise<void> => {
  const open = core.account
  core.account = null
  await open?.close()
}

/**
 * One whole sync, with what it brings about: a new role opens the account anew, and the records that go with it are fetched.
 *
 * @throws IpcError E_SESSION, and those of the runner
 */
export const syncOnce = async (core: Core): Promise<void> => {
  const { account } = core
  if (account === null) throw new IpcError('E_SESSION', 'sign in first')
  try {
    await account.sync.once()
  } catch (error) {
    await core.changing
    const changed = core.account !== null && core.account !== account
    if (!changed) throw error
    await (core.account as OpenAccount | null)?.sync.once()
  }
}
