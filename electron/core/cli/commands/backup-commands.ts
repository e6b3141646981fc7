import { resolve } from 'node:path'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { backupViews } from '../../backup/backup-views.ts'
import type { Core, OpenAccount, OpenVault } from '../../context.ts'
import type { Command } from '../command.ts'
import { formatTable, formatTime } from '../format-lines.ts'

/** @throws IpcError E_SESSION, E_ROLE (an account that keeps nothing has nothing to back up) */
const keeperOf = ({ account, vault }: Core): { readonly account: OpenAccount; readonly vault: OpenVault } => {
  if (account === null || vault === null) throw new IpcError('E_SESSION', 'sign in first')
  if (!account.keeps) throw new IpcError('E_ROLE', 'this account keeps nothing, so there is nothing to back up')
  return { account, vault }
}

export const backupCommands: readonly Command[] = [
  {
    name: 'store backup',
    usage: 'FILE',
    needs: 'account',
    run: async ({ core, word }) => {
      const { account } = keeperOf(core)
      const { id, path, sequence, size, sha256, candidates, at } = await account.backups.once(resolve(word(0, 'FILE')))
      return {
        document: { id, path, keys: `${path}.keys`, sequence, at, size, sha256, candidates },
        lines: [path, `${path}.keys`],
      }
    },
  },
  {
    name: 'store backups',
    usage: '',
    needs: 'account',
    run: ({ core }) => {
      const { account, vault } = keeperOf(core)
      const items = backupViews(vault.backups.list(account.view.id))
      return Promise.resolve({
        document: { items, next_at: account.backups.nextAt() },
        lines: formatTable(
          items.map((item) => [
            `${item.sequence}`,
            formatTime(item.at),
            item.place,
            item.owes ? 'owes' : '',
            `${item.candidates}`,
            item.path,
          ]),
        ),
      })
    },
  },
]
