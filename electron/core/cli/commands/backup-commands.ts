import { resolve } from 'node:path'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { backupViews } from '../../backup/backup-views.ts'
import type { Core, OpenAccount, OpenVault } from '../../context.ts'
import { unlock } from '../../accounts/system-handlers.ts'
import type { Restored } from '../../backup/finish-restore.ts'
import { restoreBackup, restoreIntoNewHome } from '../../backup/restore-backup.ts'
import { homeState } from '../../keys/kek-format.ts'
import type { Command, CommandContext } from '../command.ts'
import { readSecret } from './home-commands.ts'
import { formatTable, formatTime } from '../format-lines.ts'

/** @throws IpcError E_SESSION, E_ROLE (an account that keeps nothing has nothing to back up) */
const keeperOf = ({ account, vault }: Core): { readonly account: OpenAccount; readonly vault: OpenVault } => {
  if (account === null || vault === null) throw new IpcError('E_SESSION', 'sign in first')
  if (!account.keeps) throw new IpcError('E_ROLE', 'this account keeps nothing, so there is nothing to back up')
  return { account, vault }
}

const isNew = (core: Core): boolean => homeState(core.home.home) === 'new'

/** What was asked before anybody could look, and what cannot be excluded. */
const hubLines: Readonly<Record<Restored['hub'], readonly [zh: string, en: string]>> = {
  asked: ['恢复前已向服务器核对此后被删除的人', 'the hub was asked first whom it has ended since'],
  silent: [
    '未能向服务器核对：备份之后在别处删除的人不能排除；下次同步成功前内容保持遮盖',
    'the hub could not be asked: people deleted elsewhere since the backup cannot be excluded; contents stay masked until the next sync',
  ],
  none: [
    '本地工作区没有服务器：只能依据本目录的销毁记录；在别处销毁的人不能排除',
    'a local workspace has no hub: only this home knows of destructions; those made elsewhere cannot be excluded',
  ],
}

const restoreHere = async (
  core: Core,
  call: CommandContext['call'],
  path: string,
  flags: CommandContext['flags'],
): Promise<Restored> => {
  const [passphrase, recovery] = [flags['passphrase-file'], flags['recovery-file']]
  await call('vault.unlock', {
    ...(typeof passphrase === 'string' ? { passphrase: readSecret(passphrase) } : {}),
    ...(typeof recovery === 'string' ? { recovery_code: readSecret(recovery) } : {}),
  })
  return restoreBackup(core, path, { replace: flags.replace === true })
}

const restoreNew = async (
  core: Core,
  call: CommandContext['call'],
  path: string,
  recoveryCode: string,
  passphrase: string,
): Promise<Restored> => {
  await call('notice.answer', { choice: 'accept' })
  const { kek, homeId } = await restoreIntoNewHome(core, { path, recoveryCode, passphrase })
  const { restored } = await unlock(core, kek, homeId)
  const [first] = restored
  if (first === undefined) throw new IpcError('E_INTERNAL', 'the restore was not finished')
  return first
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
  {
    name: 'store restore',
    usage: 'FILE [--replace] [--recovery-file F --new-passphrase-file G]',
    needs: 'home',
    run: async ({ core, call, flags, need, word, language }) => {
      const path = resolve(word(0, 'FILE'))
      const restored = isNew(core)
        ? await restoreNew(core, call, path, readSecret(need('recovery-file')), readSecret(need('new-passphrase-file')))
        : await restoreHere(core, call, path, flags)
      const zh = language === 'zh-CN'
      return {
        document: restored,
        lines: [
          zh
            ? `已恢复第 ${restored.sequence} 份备份（${formatTime(restored.at)}）：${restored.people} 人；已销毁而不再恢复 ${restored.dropped} 项`
            : `restored backup ${restored.sequence} of ${formatTime(restored.at)}: ${restored.people} people; destroyed since and left out: ${restored.dropped}`,
          hubLines[restored.hub][zh ? 0 : 1],
        ],
      }
    },
  },
]
