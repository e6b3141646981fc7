import { join } from 'node:path'
import type { CoreOptions } from '../../electron/core/create-core.ts'
import type { JobId } from '../../electron/shared/domain/ids.ts'
import type { Input, Output } from '../../electron/shared/ipc/routes/index.ts'
import { authority, type Dovecot } from './dovecot.ts'
import { newLocalHome, parsedFile, parserOf, type CoreHome } from './core-home.ts'
import type { ParserHost } from '../../electron/core/intake/parser-host.ts'

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
