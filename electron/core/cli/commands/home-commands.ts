import { readFileSync } from 'node:fs'
import { crashPoints } from '../../crash-points.ts'
import { environment } from '../../environment.ts'
import { listPaths } from '../../accounts/home-files.ts'
import { checkStore } from '../check-store.ts'
import { listClauses } from '../clauses.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { Command } from '../command.ts'
import { exitCodes, UsageError } from '../exit-codes.ts'
import { formatTable } from '../format-lines.ts'
import { anchorOfFile, verifyLedgerFile } from '../../ledger/verify-command.ts'

/** A secret from a file: its first line, so that an editor's last line break does not matter. */
export const readSecret = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/)[0] ?? ''
  } catch {
    throw new UsageError(['含有口令或恢复码的文件无法读取', 'the file with the secret cannot be read'])
  }
}

export const homeCommands: readonly Command[] = [
  {
    name: 'init',
    usage: '[--local [--name NAME] [--employer NAME] [--officer NAME]]',
    needs: 'home',
    run: async ({ call, flags, need }) => {
      const passphrase = readSecret(need('passphrase-file'))
      await call('notice.answer', { choice: 'accept' })
      const { recovery_code: code } = await call('vault.create', { passphrase })
      const text = (name: string, otherwise: string): string =>
        typeof flags[name] === 'string' ? flags[name] : otherwise
      if (flags.local === true) {
        await call('account.start_local', {
          name: text('name', 'hr'),
          employer: text('employer', 'local'),
          officer: text('officer', text('name', 'hr')),
        })
      }
      return { document: { recovery_code: code }, lines: [code] }
    },
  },
  {
    name: 'passphrase change',
    usage: '--new-passphrase-file F',
    needs: 'vault',
    run: async ({ call, need }) => {
      await call('vault.change_passphrase', {
        passphrase: readSecret(need('passphrase-file')),
        next: readSecret(need('new-passphrase-file')),
      })
      return { document: {}, lines: [] }
    },
  },
  {
    name: 'recovery new',
    usage: '',
    needs: 'vault',
    run: async ({ call, need }) => {
      const { recovery_code: code } = await call('vault.new_recovery_code', {
        passphrase: readSecret(need('passphrase-file')),
      })
      return { document: { recovery_code: code }, lines: [code] }
    },
  },
  {
    name: 'sign-in',
    usage: '--hub URL --account A --password-file F [--code-file F]',
    needs: 'vault',
    run: async ({ call, need, flags }) => {
      const account = await call('account.sign_in', {
        hub: need('hub'),
        account: need('account'),
        password: readSecret(need('password-file')),
      }).catch(async (error: unknown) => {
        const asked = error instanceof IpcError && error.code === 'E_SECOND_FACTOR' && error.data['reason'] === 'code'
        if (!asked || flags['code-file'] === undefined) throw error
        return (await call('account.sign_in_code', { code: readSecret(need('code-file')) })).account
      })
      if (account === undefined) throw new IpcError('E_HUB_ANSWER', 'the hub let nobody in')
      return { document: account, lines: [`${account.name}  ${account.role}  ${account.employer}`] }
    },
  },
  {
    name: 'sign-out',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      await call('account.sign_out', {})
      return { document: {}, lines: [] }
    },
  },
  {
    name: 'whoami',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const { account } = await call('system.state', {})
      return { document: account, lines: account === undefined ? [] : [`${account.name}  ${account.role}`] }
    },
  },
  {
    name: 'paths',
    usage: '',
    needs: 'home',
    run: ({ core }) => {
      const paths = listPaths(core.home)
      return Promise.resolve({ document: { paths }, lines: paths.map(({ path, holds }) => `${path}\t${holds}`) })
    },
  },
  {
    name: 'store check',
    usage: '[--deep] [--crash-points]',
    needs: 'vault',
    run: async ({ core, flags }) => {
      if (flags['crash-points'] === true) {
        return { document: { crash_points: crashPoints }, lines: [...crashPoints] }
      }
      const report = await checkStore(core, flags.deep === true)
      return {
        document: report,
        lines: report.checks.map(
          (check) => `${check.ok ? 'ok ' : 'BAD'}  ${check.what}${check.found ? `  ${check.found}` : ''}`,
        ),
        exitCode: report.ok ? exitCodes.done : exitCodes.unverified,
      }
    },
  },
  {
    name: 'clauses',
    usage: '',
    needs: 'nothing',
    run: () => {
      const report = listClauses({ resourcesDir: environment.resources })
      return Promise.resolve({
        document: report,
        lines: formatTable(
          [...report.clauses, ...report.readings].map((row) => [
            row.pass ? 'pass' : row.pending === undefined ? '-' : 'pending',
            row.id,
            row.importance,
            `${row.tests.length}`,
            row.pending ?? '',
          ]),
        ),
      })
    },
  },
  {
    name: 'ledger verify',
    usage: 'FILE [--checkpoint OLDER] [--require-anchor]',
    needs: 'nothing',
    run: ({ word, flags }) => {
      const { exitCode, ...report } = verifyLedgerFile(word(0, 'FILE'), {
        ...(typeof flags.checkpoint === 'string' ? { olderCheckpoint: flags.checkpoint } : {}),
        ...(flags['require-anchor'] === true ? { requireAnchor: true } : {}),
      })
      return Promise.resolve({
        document: report,
        lines: [`${report.verdict}  ${report.completeness}${report.where === undefined ? '' : `  ${report.where}`}`],
        exitCode,
      })
    },
  },
  {
    name: 'ledger anchor',
    usage: 'FILE   (one line to mail or print, for a later `ledger verify --checkpoint`)',
    needs: 'nothing',
    run: ({ word }) => {
      const { exitCode, ...report } = anchorOfFile(word(0, 'FILE'))
      return Promise.resolve({
        document: report,
        lines: [report.line ?? `${report.verdict}  ${report.where ?? ''}`],
        exitCode,
      })
    },
  },
]
