import { stopCalls } from '../ai/ai-calls.ts'
import { hostname, platform as osPlatform, release } from 'node:os'
import type { Me } from '../../shared/domain/sync-records.ts'
import type { Role } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Core, OpenAccount, OpenVault } from '../context.ts'
import { movePendingEntries } from '../ledger/pending-entries.ts'
import { createFolderWatch } from '../intake/watch/folder-watch.ts'
import { markInterrupted } from '../intake/runs.ts'
import { createNoContactList } from '../ledger/no-contact.ts'
import { findTombstone } from '../ledger/tombstones.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { accountGate } from '../policy/account-gate.ts'
import type { AccountGates, Permissions } from '../policy/policy-request.ts'
import { writePublicPosts } from '../bulletin/public-posts.ts'
import { writePublicJobs } from '../jobs/public-jobs.ts'
import { createListReader } from '../candidates/list-reader.ts'
import { createListing } from '../candidates/listing.ts'
import { createRecordMatching } from '../matching/record-matching.ts'
import { applicationsFor, viewerOf } from '../candidates/policy-request.ts'
import { programVersion } from '../program-version.ts'
import { refreshDeadlines } from '../retention/due.ts'
import { createRetentionRunner } from '../retention/retention-runner.ts'
import { createIndexer } from '../search/indexer.ts'
import { createHubClient, type HubClient, type HubClientOptions, type HubTokens } from '../sync/hub-client.ts'
import { createBackupRunner } from '../backup/backup-runner.ts'
import { createKeyEscrows, noEscrows } from '../backup/key-escrows.ts'
import { backupAccount } from '../backup/backup-account.ts'
import { createMailRunner } from '../mailbox/mail-runner.ts'
import { createSyncRunner } from '../sync/sync-runner.ts'
import { watchHub } from '../sync/watch-hub.ts'
import { gatesOf, permissionsOf } from './account-gates.ts'
import { accountView } from './account-view.ts'
import { isLoopback, requireHubInChina } from './hub-hosts.ts'
import { relistIfOther, takeUpRules } from './take-up-rules.ts'
import { approvalNews } from '../approvals/approval-news.ts'
import { createNoticeWatch } from '../notices/notice-watch.ts'
import { createDailyDuties } from './daily-duties.ts'
import { openKeptFiles, openPassingFiles } from './account-files.ts'
import { watchClock } from './clock-watch.ts'
import type { RegisteredAccount } from './account-registry.ts'
import { actorOf, outboxOf, retentionTarget } from './retention-target.ts'

/** How often due work is looked for while the program is unlocked (due ± 15 minutes). */
const sweepEvery = 60_000
/** How often interviews and mentions are looked for; a reminder is late by no more than this. */
const noticeEvery = 20_000
/** How often a hub is asked for changes. */
const syncEvery = 5 * 60_000

/** Roles that may look and not keep. A profile says so for every platform (`roles.headhunter.offline_cache`). */
const keeps = (core: Core, role: Role): boolean =>
  ![...core.profiles.values()].some(
    ({ document }) => role === 'headhunter' && document.roles.headhunter.offline_cache === 'deny',
  )

/** The role that a hub's answer amounts to; a restricted or unverified account meets no candidate (ZP-42, ZP-37). */
export const effectiveRole = (me: Me): Role => {
  if (me.status === 'revoked' || me.status === 'suspended') throw new IpcError('E_REVOKED', 'the account was revoked')
  const verified = me.verification.real_name && me.verification.employment && me.status === 'active'
  return verified ? me.role : 'unverified'
}

export const hubClientFor = (
  core: Core,
  hub: string,
  tokens: HubTokens | null,
  onTokens: HubClientOptions['onTokens'],
): HubClient => {
  requireHubInChina(core, hub)
  return createHubClient({ baseUrl: hub, fetch: core.fetch, tokens, onTokens, clock: core.clock })
}

/** What the hub may say of an account that ends or changes the session. */
export type AccountEvents = {
  /** The account or this device was revoked: nothing is shown from now on. */
  readonly onRevoked: () => void
  /** Another role: other rights, perhaps other files, so the account is opened anew. */
  readonly onRole: () => void
}

/** A workspace without a protection officer may not sync (ZP-95). @throws IpcError E_CONSENT */
export const requireOfficer = (me: Me): void => {
  if (me.officer_named) return
  throw new IpcError('E_CONSENT', 'the workspace has named no protection officer yet', { clause: 'ZP-95' })
}

/** An account for trying deadlines out: of a sandbox, or a local workspace whose clock was set on when it was started. */
export const isTrial = ({ local, hub }: RegisteredAccount, clockOffsetSeconds: number): boolean =>
  local ? clockOffsetSeconds > 0 : isLoopback(hub)

/** Opens an account's files and starts its runners. The caller closes what was open before. */
export const openAccount = (
  core: Core,
  vault: OpenVault,
  registered: RegisteredAccount,
  hub: HubClient | null,
  { onRevoked, onRole }: AccountEvents,
): OpenAccount => {
  let account = registered
  const mayKeep = keeps(core, account.role)
  const files = mayKeep ? openKeptFiles(core.home, vault.keys, vault.keystore, account.id) : openPassingFiles()
  movePendingEntries(files.store.db, vault.ledger)
  markInterrupted(files.store.db, core.clock.now())
  const actor = actorOf(account, vault)
  const me = (): Me | null => account.me ?? null
  // Acceptance and permissions are given while the account is open, so what is remembered is asked each time.
  const registeredNow = (): RegisteredAccount => vault.accounts.get(account.id) ?? account
  const gates = (): AccountGates => gatesOf(registeredNow(), core.policies.rulesVersion())
  const permissions = (): Permissions => permissionsOf(registeredNow())
  const lists = createListReader(files.index)
  const indexer = createIndexer({
    ...files,
    applicationsFor: (applications) => applicationsFor({ role: account.role, id: me()?.id ?? null }, applications),
    listing: createListing(
      core.profiles,
      () => viewerOf({ role: account.role, me, gates, permissions }, core.clock.now()),
      () => core.clock.now(),
    ),
    matching: createRecordMatching({
      profiles: core.profiles,
      searchKey: vault.keys.searchKey(),
      viewer: () => viewerOf({ role: account.role, me, gates, permissions }, core.clock.now()),
      now: () => core.clock.now(),
    }),
    onChanged: () => core.emit('data.changed', { what: ['candidates'] }),
    onFailure: (code) => core.log('index', { ok: false, code }),
  })
  const retention = createRetentionRunner({
    target: retentionTarget(account, files, vault, core),
    doubted: () => core.clock.doubted(),
    newId: () => crypto.randomUUID(),
    onProgress: (progress) => core.emit('retention.progress', progress),
    onChanged: () => {
      indexer.poke()
      core.emit('data.changed', { what: ['jobs', 'candidates', 'retention', 'ledger'] })
    },
    onFailure: (code) => core.log('retention', { ok: false, code }),
  })
  const escrows = mayKeep
    ? createKeyEscrows({ register: vault.backups, account: account.id, keystore: vault.keystore, clock: core.clock })
    : noEscrows
  const backups = createBackupRunner({
    home: core.home,
    vault,
    account: backupAccount(account),
    actor,
    escrows,
    clock: core.clock,
    onProgress: (progress) => core.emit('backup.progress', progress),
    onChanged: () => core.emit('data.changed', { what: ['backups'] }),
    log: core.log,
  })
  const mailboxes = createMailRunner(
    core,
    () => opened,
    () => mayKeep && accountGate(gates(), account.role, core.clock.now()) === null,
    core.watchMail && mayKeep && account.role === 'hr',
  )
  const notices = createNoticeWatch(core, files.store.db, account.id, () =>
    approvalNews({ store: files.store.reader, keystore: files.keystore, asideKey: vault.keys.asideKey() }, account),
  )
  const profile = requireProfile(core.profiles, 'direct')
  const sync = createSyncRunner({
    hub,
    store: files.store.db,
    keystore: files.keystore,
    asideKey: vault.keys.asideKey(),
    sensitiveKey: vault.keys.sensitiveKey(),
    searchKey: vault.keys.searchKey(),
    ledger: vault.ledger,
    profiles: core.profiles,
    clock: core.clock,
    actor,
    role: account.role,
    keeps: mayKeep,
    leaseMs: profile.leaseMs,
    device: { name: hostname(), os: `${osPlatform()} ${release()}`, app_version: programVersion },
    newId: () => crypto.randomUUID(),
    noContact: createNoContactList(vault.ledgerDb, () => vault.keys.tombstoneKey()),
    findTombstone: (platform, id) => findTombstone(vault.ledgerDb.reader, vault.keys.tombstoneKey(), { platform, id }),
    onMe: (said) => {
      if (said.id !== registered.me?.id) {
        throw new IpcError('E_HUB_ANSWER', 'the hub answers for another account', { rule: 'account' })
      }
      requireOfficer(said)
      const offset = hub?.clockOffset() ?? null
      if (offset !== null) core.clock.confirm(core.clock.now() + offset)
      const role = effectiveRole(said)
      const known = vault.accounts.get(account.id) ?? account
      vault.accounts.put({ ...known, role, me: said, employer: said.employer.name })
      if (role !== account.role) {
        onRole()
        throw new IpcError('E_ROLE', 'the hub gave this account another role', { rule: 'role' })
      }
      account = { ...known, me: said }
      follow()
    },
    onProgress: (progress) => {
      core.emit('sync.progress', progress)
      // What arrived may be due already: a hire or a closed job of last month.
      if (progress.state !== 'done') return
      retention.kick()
      notices.afterSync()
      core.emit('data.changed', { what: ['approvals', 'access'] })
      writePublicJobs(core.home.home, files.store.reader)
      writePublicPosts(core.home.home, files.store.reader)
    },
    onChanged: (what) => core.emit('data.changed', { what }),
    onRows: () => indexer.poke(),
    mayPull: () => accountGate(gates(), account.role, core.clock.now()) === null,
    onRules: () => takeUpRules(core, vault, actor, account.id, files),
    onRevoked,
    onWithdrawn: () => {
      const known = registeredNow()
      if (known.me === undefined || account.role === 'unverified') return
      const checked = { ...known.me.verification, employment: false, employment_status: 'revoked' as const }
      const told = { ...known.me, verification: checked }
      vault.accounts.put({ ...known, role: effectiveRole(told), me: told })
      onRole()
    },
    log: core.log,
    countUnindexed: () => indexer.countBehind(),
  })
  /** Rules, role, and bought services that have ended: what takes rows out of the lists and their counts (LG-09, WZ-12). */
  const madeBy = (): string => {
    const viewer = viewerOf({ role: account.role, me, gates, permissions }, core.clock.now())
    const abroad = viewer.overseas === undefined ? [] : ['abroad', ...(viewer.overseas ?? [])]
    return [core.policies.rulesVersion(), account.role, ...[...viewer.endedServices].sort(), ...abroad].join(' ')
  }
  const follow = (): void => {
    refreshDeadlines(files.store.db, core.profiles)
    if (relistIfOther(files, madeBy())) indexer.poke()
  }
  follow()
  indexer.poke()
  const daily = createDailyDuties(core, vault, actor)
  const timers = [
    setInterval(() => {
      watchClock(core.clock, vault, actor)
      daily()
      try {
        core.policies.refresh(core.clock.now())
        follow()
      } catch (error) {
        // A disk that is full must not end the process; the next look tries again.
        core.log('rules', { ok: false, code: error instanceof IpcError ? error.code : 'E_INTERNAL' })
      }
      retention.kick()
      if (mayKeep) backups.tick()
    }, sweepEvery),
    setInterval(() => {
      try {
        notices.tick()
      } catch (error) {
        core.log('notices', { ok: false, code: error instanceof IpcError ? error.code : 'E_INTERNAL' })
      }
    }, noticeEvery),
    ...(hub === null ? [] : [setInterval(() => void sync.start(), syncEvery)]),
  ]
  for (const timer of timers) timer.unref()
  const folders = createFolderWatch({ core, store: files.store.db, by: accountView(account).name })
  if (mayKeep && account.role === 'hr') folders.begin()
  const watch = hub !== null && core.watchHub ? watchHub({ hub, sync, log: core.log }) : undefined
  const opened: OpenAccount = {
    view: accountView(account),
    role: account.role,
    actor,
    keeps: mayKeep,
    sandbox: isTrial(account, core.clock.offsetSeconds()),
    store: files.store,
    index: files.index,
    keystore: files.keystore,
    hub,
    me,
    hear: (said) => {
      account = { ...registeredNow(), me: said }
      vault.accounts.put(account)
    },
    gates,
    permissions,
    follow,
    outbox: outboxOf(account, files, vault),
    sync,
    indexer,
    lists,
    retention,
    backups,
    escrows,
    folders,
    mailboxes,
    close: async () => {
      await folders.close()
      for (const timer of timers) clearInterval(timer)
      await watch?.close()
      await mailboxes.close()
      stopCalls(core, (running) => running.account === account.id)
      await sync.close()
      await backups.close()
      await retention.close()
      await indexer.close()
      lists.close()
      files.close()
    },
  }
  return opened
}
