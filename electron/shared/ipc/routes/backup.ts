import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { backupEvery, backupKeep, backupView } from '../../domain/backup.ts'
import { jobProgress } from '../../domain/views.ts'

const none = z.object({})
/** Those who keep records, and so have something to lose. */
const keepers = ['hr', 'admin', 'officer'] as const
const movers = ['hr', 'admin'] as const

const restored = z.object({
  sequence: z.int(),
  /** When the backup was made. */
  at: z.int(),
  people: z.int(),
  /** People, and applications of others, that the backup held and that have been destroyed since. */
  dropped: z.int(),
  hub: z.enum(['asked', 'silent', 'none']),
})

/**
 * Backups of the signed-in account's store. No route takes a path: folders and files are chosen in the system's own dialog, so a
 * page that was taken over can neither read nor write anywhere.
 */
export const backupRoutes = defineRoutes({
  'backup.status': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: none,
    output: z.object({
      progress: jobProgress,
      every: backupEvery,
      keep: backupKeep,
      folder: z.string().nullable(),
      /** Null while the schedule is off. */
      next_at: z.int().nullable(),
      /** The code with which the last scheduled backup failed. */
      problem: z.string().nullable(),
      items: z.array(backupView),
    }),
  },
  'backup.choose_folder': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: movers,
    input: none,
    output: z.object({ folder: z.string().nullable() }),
  },
  'backup.set_schedule': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: movers,
    input: z.object({ every: backupEvery.optional(), keep: backupKeep.optional() }),
    output: none,
  },
  /** Into the chosen folder, in the background; its entry is written when it is there. */
  'backup.start': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: movers,
    input: none,
    output: z.object({ started: z.boolean() }),
  },
  'backup.cancel': { host: 'core', access: 'read', roles: movers, input: none, output: none },
  /** Overwrites its keys and removes both files. */
  'backup.remove': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: movers,
    input: z.object({ id: z.string().max(64) }),
    output: z.object({ result: z.enum(['removed', 'gone', 'left']) }),
  },
  /** Somebody answers that a backup which cannot be reached is gone for good. */
  'backup.forget': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: movers,
    input: z.object({ id: z.string().max(64) }),
    output: none,
  },
  /** Replaces the store; without `id` the file is asked for. Whoever came after the backup goes. */
  'backup.restore': {
    host: 'core',
    access: 'write',
    action: 'restore',
    roles: movers,
    input: z.object({ id: z.string().max(64).optional(), replace: z.literal(true) }),
    /** Null when no file was chosen. */
    output: z.object({ restored: restored.nullable() }),
  },
  /** Makes this empty home from a backup; the file is asked for. */
  'vault.restore': {
    host: 'core',
    access: 'write',
    action: 'restore',
    roles: ['public'],
    input: z.object({ recovery_code: z.string().max(200), passphrase: z.string().max(1000) }),
    output: z.object({ restored: restored.nullable() }),
  },
})
