import { needPhase, unlock } from '../accounts/system-handlers.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core, OpenAccount, OpenVault } from '../context.ts'
import { defineHandlers } from '../handler.ts'
import type { RegisteredBackup } from './backup-register.ts'
import { backupViews } from './backup-views.ts'
import type { Restored } from './finish-restore.ts'
import { removeBackup } from './remove-backup.ts'
import { restoreBackup, restoreIntoNewHome } from './restore-backup.ts'

const keeperOf = ({ account, vault }: Core): { readonly account: OpenAccount; readonly vault: OpenVault } => {
  if (account === null || vault === null) throw new IpcError('E_SESSION', 'sign in first')
  return { account, vault }
}

/** A backup of the signed-in account; another's is nobody's here. @throws IpcError E_NOT_FOUND */
const requireBackup = (core: Core, id: string): RegisteredBackup => {
  const { account, vault } = keeperOf(core)
  const found = vault.backups.get(id)
  if (found === undefined || found.account !== account.view.id || found.state === 'writing') {
    throw new IpcError('E_NOT_FOUND', 'there is no such backup in the list')
  }
  return found
}

const shown = ({ sequence, at, people, dropped, hub }: Restored) => ({ sequence, at, people, dropped, hub })

const changed = (core: Core): void => core.emit('data.changed', { what: ['backups'] })

export const backupHandlers = defineHandlers({
  'backup.status': {
    read: ({ account, vault }) => {
      const { every, keep, folder, problem } = vault.backups.schedule(account.view.id)
      return {
        progress: account.backups.status(),
        every,
        keep,
        folder,
        problem,
        next_at: account.backups.nextAt(),
        items: backupViews(vault.backups.list(account.view.id)),
      }
    },
  },
  'backup.choose_folder': {
    perform: async ({ core }) => {
      const { account, vault } = keeperOf(core)
      const folder = await core.askPlace('folder', '')
      if (folder === null) return { output: { folder: null }, entries: [] }
      vault.backups.setSchedule(account.view.id, { folder, problem: null })
      return {
        output: { folder },
        entries: [{ action: 'policy_change', outcome: 'done', detail: 'backup folder' }],
        after: () => changed(core),
      }
    },
  },
  'backup.set_schedule': {
    perform: ({ core }, { every, keep }) => {
      const { account, vault } = keeperOf(core)
      const before = vault.backups.schedule(account.view.id)
      if (every !== undefined && every !== 'off' && before.folder === null) {
        throw new IpcError('E_CONFLICT', 'choose a folder for backups first', { reason: 'folder' })
      }
      const next = { every: every ?? before.every, keep: keep ?? before.keep }
      vault.backups.setSchedule(account.view.id, { ...next, problem: null })
      return Promise.resolve({
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail: `backup ${next.every} keep ${next.keep}` }],
        after: () => {
          changed(core)
          account.backups.tick()
        },
      })
    },
  },
  'backup.start': {
    // The entry comes with the backup itself: what was only asked for has not left the home.
    perform: ({ core }) =>
      Promise.resolve({ output: { started: keeperOf(core).account.backups.start() }, entries: [] }),
  },
  'backup.cancel': {
    read: ({ account }) => {
      account.backups.cancel()
      return {}
    },
  },
  'backup.remove': {
    perform: ({ core }, { id }) => {
      const backup = requireBackup(core, id)
      const result = removeBackup(keeperOf(core).vault.backups, backup)
      return Promise.resolve({
        output: { result },
        entries: [{ action: 'policy_change', outcome: 'done', detail: `backup ${backup.sequence} ${result}` }],
        after: () => changed(core),
      })
    },
  },
  'backup.forget': {
    perform: ({ core }, { id }) => {
      const backup = requireBackup(core, id)
      const [view] = backupViews([backup])
      if (view === undefined || view.place === 'here' || view.place === 'read_only') {
        throw new IpcError('E_CONFLICT', 'this backup is there; remove it instead', { reason: 'here' })
      }
      keeperOf(core).vault.backups.remove(id)
      return Promise.resolve({
        output: {},
        entries: [
          {
            action: 'policy_change',
            outcome: 'done',
            detail: `backup ${backup.sequence} said to be gone ${view.place}`,
          },
        ],
        after: () => changed(core),
      })
    },
  },
  'backup.restore': {
    perform: async ({ core }, { id }) => {
      const path = id === undefined ? await core.askPlace('open', '') : requireBackup(core, id).path
      if (path === null) return { output: { restored: null }, entries: [] }
      const restored = await restoreBackup(core, path, { replace: true })
      return {
        output: { restored: shown(restored) },
        entries: [],
        after: () => core.emit('data.changed', { what: ['jobs', 'candidates', 'retention', 'ledger', 'backups'] }),
      }
    },
  },
  'vault.restore': {
    perform: async ({ core }, { recovery_code: recoveryCode, passphrase }) => {
      needPhase(core, 'new')
      const path = await core.askPlace('open', '')
      if (path === null) return { output: { restored: null }, entries: [] }
      const { kek, homeId } = await restoreIntoNewHome(core, { path, recoveryCode, passphrase })
      const [restored] = (await unlock(core, kek, homeId)).restored
      if (restored === undefined) throw new IpcError('E_INTERNAL', 'the restore was not finished')
      return {
        output: { restored: shown(restored) },
        entries: [{ action: 'key_rotated', outcome: 'done', detail: 'vault restored' }],
        after: () => core.emit('state.changed', { phase: 'open' }),
      }
    },
  },
})
