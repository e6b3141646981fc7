import { environment } from './environment.ts'

/** Steps at which core can be told to die (`CANDOR_CRASH_AT`, unpackaged builds only), each just after it is durable. */
export const crashPoints = [
  'sync.keys',
  'sync.page',
  'intake.keys',
  'intake.rows',
  'ledger.append',
  'write.committed',
  'destroy.intent',
  'destroy.first_key',
  'destroy.keys',
  'destroy.rows',
  'destroy.checkpoint',
  'destroy.copies',
  'destroy.verified',
  'destroy.entry',
  'destroy.certificate',
  'destroy.order',
  'destroy.order_entry',
  'destroy.order_certificate',
  'backup.slots',
  'backup.begun',
  'backup.copied',
  'backup.keys',
  'backup.keys_named',
  'backup.named',
  'backup.registered',
  'backup.removing',
  'backup.keys_removed',
  'backup.removed',
  'restore.copied',
  'restore.staged',
  'restore.committed',
  'restore.key_file',
  'restore.purged',
  'restore.keys',
  'restore.journal',
  'restore.named',
  'restore.done',
] as const
export type CrashPoint = (typeof crashPoints)[number]

/** Dies here, as a power cut would, when the environment names this point. */
export const crashPoint = (point: CrashPoint): void => {
  if (environment.crashAt === point) process.kill(process.pid, 'SIGKILL')
}
