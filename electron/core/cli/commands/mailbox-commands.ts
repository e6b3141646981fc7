import { readFileSync } from 'node:fs'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { MailboxRun } from '../../../shared/domain/mailbox.ts'
import { platform as platformSchema } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { UsageError } from '../exit-codes.ts'
import type { Command, Flags } from '../command.ts'
import { formatTable, formatTime } from '../format-lines.ts'
import { readSecret } from './home-commands.ts'

const listOf = (value: string | boolean | undefined): string[] =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : []

const told = (run: MailboxRun | undefined): readonly (string | number)[] =>
  run === undefined
    ? []
    : [
        formatTime(run.started_at),
        run.state + (run.reason === undefined ? '' : ` ${run.reason}`),
        ...Object.entries(run.counts).map(([kind, n]) => `${kind} ${n}`),
      ]

/** @throws IpcError E_FILE */
const readAuthority = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new IpcError('E_FILE', 'the file with the certificate cannot be read')
  }
}

/** TLS from the first byte, unless the port or a flag says otherwise; `--plain` is the word that allows an open line. */
const securityOf = (flags: Flags, port: number) => {
  if (flags.plain === true && flags.tls === true)
    throw new UsageError(['--tls 与 --plain 只能选一个', 'choose one of --tls and --plain'])
  if (flags.plain === true) return { security: 'plain', plain_ok: true } as const
  return { security: flags.tls !== true && port === 143 ? 'starttls' : 'tls' } as const
}

const platformOf = (flags: Flags) => {
  if (typeof flags.platform !== 'string') return {}
  const found = platformSchema.safeParse(flags.platform)
  if (!found.success) throw new UsageError(['没有这个平台', 'there is no such platform'])
  return { platform: found.data }
}

export const mailboxCommands: readonly Command[] = [
  {
    name: 'mailbox add',
    usage:
      '--host H --port N --user U --password-file F [--tls|--plain] [--folder INBOX] [--ca-file F] [--sender A,B] [--authority NAME] [--platform P] [--job ID]',
    needs: 'account',
    run: async ({ call, need, flags }) => {
      const port = Number(need('port'))
      const folders = listOf(flags.folder)
      const job = typeof flags.job === 'string' ? { job_id: flags.job as JobId } : {}
      const { id } = await call('mailbox.add', {
        settings: {
          host: need('host'),
          port,
          ...securityOf(flags, port),
          user: need('user'),
          folders: folders.length === 0 ? ['INBOX'] : folders,
          senders: listOf(flags.sender).map((match) => ({ match, ...platformOf(flags) })),
          ...(typeof flags['ca-file'] === 'string' ? { ca: readAuthority(flags['ca-file']) } : {}),
          ...(typeof flags.authority === 'string' ? { authority: flags.authority } : {}),
          ...job,
        },
        secret: { password: readSecret(need('password-file')) },
      })
      return { document: { id }, lines: [id] }
    },
  },
  {
    name: 'mailbox list',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const { items } = await call('mailbox.list', {})
      return {
        document: { items },
        lines: formatTable(
          items.map(({ id, on, settings, last_run: run }) => [
            id,
            on ? 'on' : 'off',
            settings.user,
            `${settings.host}:${settings.port}`,
            ...told(run),
          ]),
        ),
      }
    },
  },
  {
    name: 'mailbox sync',
    usage: '[ID]',
    needs: 'account',
    run: async ({ call, core, words }) => {
      // Asks whether the role may, before anything is dialled.
      await call('mailbox.list', {})
      await core.account?.mailboxes.once(words[0])
      await core.account?.indexer.settle()
      const { items } = await call('mailbox.list', {})
      const aside = (await call('mailbox.aside', {})).items
      return {
        document: { items: items.map(({ id, last_run }) => ({ id, last_run })), aside },
        lines: formatTable(items.map(({ id, last_run: run }) => [id, ...told(run)])),
      }
    },
  },
  {
    name: 'mailbox test',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      const { folders, missing, ms } = await call('mailbox.test', { id: word(0, 'ID') })
      return { document: { folders, missing, ms }, lines: [...folders, ...missing.map((name) => `? ${name}`)] }
    },
  },
  {
    name: 'mailbox remove',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      await call('mailbox.remove', { id: word(0, 'ID') })
      return { document: {}, lines: [] }
    },
  },
]
