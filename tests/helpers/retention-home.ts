import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CertificateBody } from '../../electron/core/retention/certificate.ts'
import { movePendingEntries } from '../../electron/core/ledger/pending-entries.ts'
import { createNoContactList } from '../../electron/core/ledger/no-contact.ts'
import { findTombstone } from '../../electron/core/ledger/tombstones.ts'
import { applyPage } from '../../electron/core/sync/apply-changes.ts'
import { createKeyPool } from '../../electron/core/sync/key-pool.ts'
import type { ApplyContext, PageCounts } from '../../electron/core/sync/page-work.ts'
import { settleRun } from '../../electron/core/sync/settle-run.ts'
import type { ApplicationId, JobId, RecordId } from '../../electron/shared/domain/ids.ts'
import { createKek } from '../../electron/core/keys/kek-file.ts'
import { openCoreHome, parsedFile, parserOf, passphrase, type CoreHome } from './core-home.ts'

export const day = 86_400_000
export const hour = 3_600_000
/** 2026-03-02 09:00 in Asia/Shanghai. */
export const monday = Date.UTC(2026, 2, 2, 1)

/** What the quick parser reads: a file of these tests is its resume as JSON. */
export type FilePerson = { readonly name: string; readonly phone?: string; readonly summary?: string }

/** Reads the JSON that `fileOf` made; anything else cannot be read. */
export const quickParser = parserOf((_name, bytes) => {
  try {
    const { name, phone, summary } = JSON.parse(Buffer.from(bytes).toString('utf8')) as FilePerson
    return parsedFile({
      name,
      ...(phone === undefined ? {} : { phone }),
      ...(summary === undefined ? {} : { summary }),
    })
  } catch {
    return { quarantined: 'malformed', detail: '' }
  }
})

export type RetentionHome = CoreHome & {
  /** The wall clock of this home and the running time beside it; both may be moved. */
  readonly time: { wall: number; run: number }
  /** Lets so many days go by while the program sleeps, a week at a time: no jump that the clock would doubt. */
  passDays(days: number): void
  newJob(title?: string): Promise<JobId>
  intake(job: JobId, person: FilePerson, fileName?: string): Promise<{ record: RecordId; application: ApplicationId }>
  /** Everything that is due, to its end; the number of certificates. */
  runDue(): Promise<number>
  certificates(): Promise<CertificateBody[]>
  count(table: string, where?: string): number
}

type Time = RetentionHome['time']

const wrap = (core: CoreHome, time: Time): RetentionHome => {
  const account = () => {
    if (core.core.account === null) throw new Error('nobody is signed in')
    return core.core.account
  }
  return {
    ...core,
    time,
    passDays: (days) => {
      for (let left = days; left > 0; left -= 7) {
        time.wall += Math.min(left, 7) * day
        core.core.clock.now()
      }
    },
    newJob: async (title = '后端工程师') => (await core.call('job.create', { title })).id,
    intake: async (job, person, fileName = 'resume.txt') => {
      const output = await core.call('intake.add', {
        name: fileName,
        content_base64: Buffer.from(JSON.stringify(person)).toString('base64'),
        job_id: job,
      })
      if (output.result !== 'imported') throw new Error(`intake: ${output.result}`)
      return { record: output.record_id, application: output.application_id }
    },
    runDue: () => account().retention.runDue(),
    certificates: async () => {
      const { items } = await core.call('certificate.list', { kind: 'single', limit: 500 })
      const all = await Promise.all(items.map(({ id }) => core.call('certificate.get', { id })))
      return all.map(({ document, verdict }) => {
        if (verdict !== 'valid') throw new Error('an invalid certificate')
        return (JSON.parse(document) as { body: CertificateBody }).body
      })
    },
    count: (table, where = 'TRUE') =>
      account().store.reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)?.n ?? -1,
  }
}

/** Opens a home that is there, unlocked and signed in to its local workspace unless told otherwise. */
export const reopen = async (
  home: string,
  time: Time,
  { signIn = true, parser = quickParser }: { signIn?: boolean; parser?: CoreHome['core']['parser'] } = {},
): Promise<RetentionHome & { readonly overdue: number }> => {
  const core = openCoreHome(home, { parser, wall: () => time.wall, monotonic: () => time.run })
  const { overdue } = await core.call('vault.unlock', { passphrase })
  if (signIn) await core.call('account.resume', { id: 'local' })
  return { ...wrap(core, time), overdue }
}

/**
 * A home with a local workspace, made at the given time, stopped. Its key derivation is quick, because everything else about
 * it is as the program makes it. It goes when the process ends.
 */
export const makeLocalHome = async (at: number): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-template-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const home = join(folder, 'home')
  await createKek({ dir: home, passphrase, kdf: { memory_kib: 64, passes: 1, parallelism: 1 } })
  const core = openCoreHome(home, { parser: quickParser, wall: () => at, monotonic: () => 0 })
  await core.call('notice.answer', { choice: 'accept' })
  await core.call('vault.unlock', { passphrase })
  await core.call('account.start_local', { name: 'hr', employer: '北辰科技', officer: '沈清' })
  await core.stop('quit')
  return home
}

let template: Promise<string> | undefined

/** A copy of a fresh home with a local workspace, at `monday`, stopped and removed when the test ends. */
export const retentionHome = async (options: { readonly folder?: string } = {}): Promise<RetentionHome> => {
  const from = await (template ??= makeLocalHome(monday))
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'candor-retention-'))
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  cpSync(from, home, { recursive: true })
  const opened = await reopen(home, { wall: monday, run: 0 })
  onTestFinished(async () => {
    await opened.stop('quit').catch(() => undefined)
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  })
  return opened
}

const hubMe = {
  id: 'acc-1',
  name: 'hr@example',
  role: 'hr',
  employer: { id: 'emp-1', name: '星河科技' },
  verification: { real_name: true, employment: true, caller: false },
  status: 'active',
  quotas: {},
  officer_named: true,
} as const

/** Signs in to an account of a hub that is out of reach, as after a restart without network. */
export const enterHubAccount = async (home: RetentionHome): Promise<void> => {
  const { vault } = home.core
  const me = { ...hubMe, verification: { ...hubMe.verification } }
  vault?.accounts.put({
    id: 'hub-account',
    name: hubMe.name,
    role: 'hr',
    employer: hubMe.employer.name,
    hub: 'https://hub.invalid',
    local: false,
    me,
    refresh_token: 'none',
  })
  await home.call('account.resume', { id: 'hub-account' })
}

/** What a run of sync does with the changes of one page, its end included. */
export const syncPage = async (home: Pick<CoreHome, 'core'>, changes: readonly unknown[]): Promise<PageCounts> => {
  const { account, vault, clock, profiles } = home.core
  if (account === null || vault === null) throw new Error('nobody is signed in')
  const context: ApplyContext = {
    store: account.store.db,
    keystore: account.keystore,
    asideKey: vault.keys.asideKey(),
    sensitiveKey: vault.keys.sensitiveKey(),
    searchKey: vault.keys.searchKey(),
    profiles,
    ledger: vault.ledger,
    noContact: createNoContactList(vault.ledgerDb, () => vault.keys.tombstoneKey()),
    findTombstone: (platform, id) => findTombstone(vault.ledgerDb.reader, vault.keys.tombstoneKey(), { platform, id }),
    actor: account.actor,
    viewer: { account: hubMe.id, role: 'hr', firms: [hubMe.employer.id, hubMe.employer.name] },
    jobPlatform: 'zhaopin',
    newId: () => crypto.randomUUID(),
  }
  const counts = applyPage(context, createKeyPool(account.keystore), { changes, cursor: 'c' }, clock.now())
  settleRun(account.store.db, profiles, clock.now())
  movePendingEntries(account.store.db, vault.ledger)
  await account.indexer.settle()
  return counts
}
