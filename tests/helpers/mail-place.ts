import { join } from 'node:path'
import type { CoreOptions } from '../../electron/core/create-core.ts'
import type { JobId } from '../../electron/shared/domain/ids.ts'
import type { Input, Output } from '../../electron/shared/ipc/routes/index.ts'
import { authority, type Dovecot } from './dovecot.ts'
import { newLocalHome, parsedFile, parserOf, type CoreHome } from './core-home.ts'
import type { ParserHost } from '../../electron/core/intake/parser-host.ts'

/** A resume as a candidate mails it through a board: everybody another one. */
export const resumeMail = (
  n: number,
  more: {
    readonly messageId?: string | null
    readonly from?: string
    readonly birth?: string
    readonly body?: string
  } = {},
): Buffer => {
  const phone = `139${String(10_000_000 + n)}`
  const messageId = more.messageId === undefined ? `<mail-${n}@board.example>` : more.messageId
  return Buffer.from(
    [
      `From: Board <${more.from ?? 'resume@board.example'}>`,
      'To: hr@company.example',
      `Subject: Application ${n}`,
      'Date: Mon, 15 Jun 2026 08:00:00 +0800',
      ...(messageId === null ? [] : [`Message-ID: ${messageId}`]),
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      more.body ??
        [
          `欧阳${String.fromCharCode(0x4e00 + (n % 5000))}${String.fromCharCode(0x5000 + ((n * 7) % 5000))}`,
          `性别：女 | 出生年月：${more.birth ?? '1991年3月'} | 现居城市：成都`,
          `电话：${phone}`,
          `邮箱：c${n}@example.com`,
          '求职意向：后端开发工程师',
          '工作经历',
          '2015.07 - 2024.06 某科技有限公司 后端工程师',
          '负责订单系统，使用 Java 与 PostgreSQL',
          '教育经历',
          '2009.09 - 2013.06 某大学 软件工程 本科',
        ].join('\r\n'),
      '',
    ].join('\r\n'),
  )
}

/** Reads nothing and takes no process: for tests that are about the mailbox. A mail that says so is no resume, or a minor's. */
export const quickParser = (): ParserHost =>
  parserOf((_name, bytes) => {
    const text = Buffer.from(bytes).toString('utf8')
    if (text.includes('NO-RESUME')) return { quarantined: 'no_resume', detail: '' }
    return {
      ...parsedFile({ name: '欧阳明月' }, { birth_month: text.includes('MINOR') ? '2015-01' : '1990-05' }),
      format: 'eml',
      text: text.slice(0, 2000),
    }
  })

export type MailPlaceOptions = Partial<CoreOptions> & { readonly settings?: Partial<Settings> }
type Settings = Input<'mailbox.add'>['settings']

export type MailPlace = {
  readonly core: CoreHome
  readonly job: JobId
  readonly mailbox: string
  run(): Promise<void>
  counts(): Promise<NonNullable<Output<'mailbox.list'>['items'][number]['last_run']>['counts']>
  count(sql: string): number
}

export const settingsFor = (server: Dovecot, job: JobId, more: Partial<Settings> = {}): Settings => ({
  host: server.host,
  port: server.tlsPort,
  security: 'tls',
  ca: authority(),
  user: server.user,
  senders: [{ match: '@board.example', platform: 'zhaopin' }],
  job_id: job,
  ...more,
})

/** A local workspace with one job and one mailbox on the server. */
export const openMailPlace = async (
  folder: string,
  server: Dovecot,
  { settings, ...options }: MailPlaceOptions = {},
): Promise<MailPlace> => {
  const core = await newLocalHome(join(folder), { parser: quickParser(), ...options })
  const job = (await core.call('job.create', { title: '后端开发工程师' })).id
  const { id } = await core.call('mailbox.add', {
    settings: settingsFor(server, job, settings),
    secret: { password: server.password },
  })
  return {
    core,
    job,
    mailbox: id,
    run: async () => core.core.account?.mailboxes.once(),
    counts: async () => {
      const { items } = await core.call('mailbox.list', {})
      const run = items[0]?.last_run
      if (run === undefined) throw new Error('nothing has run')
      return run.counts
    },
    count: (sql) => core.core.account?.store.reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n ?? 0,
  }
}
