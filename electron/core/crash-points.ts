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
] as const
export type CrashPoint = (typeof crashPoints)[number]

/** Dies here, as a power cut would, when the environment names this point. */
export const crashPoint = (point: CrashPoint): void => {
  if (environment.crashAt === point) process.kill(process.pid, 'SIGKILL')
}
