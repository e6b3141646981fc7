import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { Core, OpenVault, Outbox } from '../context.ts'
import { createKeyEscrows } from '../backup/key-escrows.ts'
import { openBox } from '../keys/sealed-box.ts'
import { aad } from '../keys/sealed-columns.ts'
import type { DestructionTarget } from '../retention/destruction-target.ts'
import { reweighContact } from '../sync/apply-candidate.ts'
import type { ApplyContext } from '../sync/page-work.ts'
import { enqueue, keepQueuedStages } from '../sync/outbox.ts'
import { programVersion } from '../program-version.ts'
import type { AccountFiles } from './account-files.ts'
import type { RegisteredAccount } from './account-registry.ts'

export const actorOf = (account: RegisteredAccount, vault: OpenVault): LedgerEntry['actor'] => ({
  account: account.name,
  role: account.role,
  employer: account.employer,
  device: vault.ledger.deviceId,
  ...(account.agency === undefined ? {} : { agency: account.agency }),
})

/** Items for the hub of this account; a local workspace has nobody to tell. */
export const outboxOf = (account: RegisteredAccount, files: AccountFiles, vault: OpenVault): Outbox => ({
  enqueue: (db, draft, now) => {
    if (account.local) return
    const place = { store: db, keystore: files.keystore, asideKey: vault.keys.asideKey() }
    enqueue(place, { id: crypto.randomUUID(), ...draft }, now)
  },
})

/** Takes from a record that stays what only applications that went had disclosed (ZP-28). */
export const contactReweigher =
  (
    { me, role }: Pick<RegisteredAccount, 'me' | 'role'>,
    place: Pick<ApplyContext, 'store' | 'keystore' | 'profiles'>,
  ) =>
  (recordId: string): void => {
    // Own intake has no contact apart from the resume.
    if (me === undefined) return
    const firms = [me.employer, ...(me.agency === undefined ? [] : [me.agency])].flatMap(({ id, name }) => [id, name])
    reweighContact({ ...place, viewer: { account: me.id, role, firms }, touched: new Set() }, recordId)
  }

/** What the sweeper needs of an account, signed in or not. */
export const retentionTarget = (
  account: RegisteredAccount,
  files: AccountFiles,
  vault: OpenVault,
  { clock, profiles }: Pick<Core, 'clock' | 'profiles'>,
): DestructionTarget => {
  const outbox = outboxOf(account, files, vault)
  return {
    account: account.id,
    store: files.store,
    index: files.index,
    keystore: files.keystore,
    ledger: vault.ledger,
    ledgerDb: vault.ledgerDb,
    escrows: createKeyEscrows({ register: vault.backups, account: account.id, keystore: vault.keystore, clock }),
    tombstoneKey: vault.keys.tombstoneKey(),
    actor: actorOf(account, vault),
    clock,
    profiles,
    software: `candor ${programVersion}`,
    ...(account.role === 'interviewer' && account.me !== undefined ? { assignedTo: account.me.id } : {}),
    report: (db, report) =>
      outbox.enqueue(
        db,
        {
          kind: 'destruction',
          body: {
            certificate_id: report.certificateId,
            candidate_id: report.candidateId,
            ...(report.applicationIds === null ? {} : { application_ids: [...report.applicationIds] }),
            reason: report.reason,
            destroyed_at: new Date(report.finishedAt).toISOString(),
            certificate: JSON.parse(report.document) as unknown,
          },
        },
        clock.now(),
      ),
    reweigh: contactReweigher(account, { store: files.store.db, keystore: files.keystore, profiles }),
    keepQueued: (applicationId) => {
      const place = { store: files.store.db, keystore: files.keystore, asideKey: vault.keys.asideKey() }
      keepQueuedStages(place, applicationId)
    },
    openPath: (sealed, id) =>
      new TextDecoder().decode(openBox(vault.keys.asideKey(), aad('registered_file', 'sealed_path', id), sealed)),
  }
}
