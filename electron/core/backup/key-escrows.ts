import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import type { BackupPlace } from '../../shared/domain/backup.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { crashPoint } from '../crash-points.ts'
import type { Keystore, SlotId } from '../keys/keystore-port.ts'
import type { BackupRegister, RegisteredBackup } from './backup-register.ts'
import { countEscrowKeys, OtherFile, overwriteDeadSlots, overwriteEscrowSlots } from './escrow-file.ts'

/** The escrow beside a backup. */
export const escrowPath = (path: string): string => `${path}.keys`

export type EscrowFate = {
  /** Backups in which a key of these was overwritten. */
  readonly overwritten: number
  /** Backups that could not be reached, and may hold one. */
  readonly left: number
}

/** The keys beside the backups of one account. */
export type KeyEscrows = {
  /** Overwrites these keys beside every backup; one out of reach is remembered and done when it is back. */
  destroy(slots: readonly SlotId[]): EscrowFate
  /** How many of these keys lie beside backups, and how many backups cannot be looked into. Changes nothing. */
  count(slots: readonly SlotId[]): { readonly keys: number; readonly unreachable: number }
  /**
   * Overwrites whatever is destroyed here and still lives there: in those that owe something, or in all. After keys have gone,
   * `all` remembers which could not be reached; `reachable` only looks.
   */
  settle(which: 'all' | 'owed' | 'reachable'): void
}

/** For accounts that keep nothing, and so have no backup. */
export const noEscrows: KeyEscrows = {
  destroy: () => ({ overwritten: 0, left: 0 }),
  count: () => ({ keys: 0, unreachable: 0 }),
  settle: () => undefined,
}

/** Why an escrow cannot be overwritten. */
export const placeOf = (path: string, error: unknown): Exclude<BackupPlace, 'here'> => {
  if (error instanceof OtherFile) return 'changed'
  if (!existsSync(dirname(path))) return 'away'
  if (!existsSync(path)) return 'missing'
  return error instanceof IpcError && ['E_FOREIGN', 'E_DAMAGED', 'E_NEWER'].includes(error.code)
    ? 'changed'
    : 'read_only'
}

export const createKeyEscrows = (options: {
  readonly register: BackupRegister
  readonly account: string
  readonly keystore: Pick<Keystore, 'state'>
  readonly clock: Clock
}): KeyEscrows => {
  const { register, account, keystore, clock } = options
  /** What is being written is held against the keystore once more before it counts as a backup. */
  const known = (): RegisteredBackup[] => register.list(account).filter(({ state }) => state !== 'writing')
  const owe = (backup: RegisteredBackup, owes: boolean): void => {
    if (backup.owes !== owes) register.put({ ...backup, owes })
  }
  const isDead = (id: SlotId): boolean => keystore.state(id) !== 'live'
  return {
    destroy: (slots) => {
      let [overwritten, left] = [0, 0]
      for (const backup of known()) {
        try {
          if (overwriteEscrowSlots(escrowPath(backup.path), backup.id, slots, clock.now()) > 0) overwritten += 1
        } catch {
          // Read-only, on a disk that is gone, moved: said as it is, never called done.
          left += 1
          owe(backup, true)
        }
        crashPoint('backup.slots')
      }
      return { overwritten, left }
    },
    count: (slots) => {
      let [keys, unreachable] = [0, 0]
      for (const backup of known()) {
        try {
          keys += countEscrowKeys(escrowPath(backup.path), backup.id, slots)
        } catch {
          unreachable += 1
        }
      }
      return { keys, unreachable }
    },
    settle: (which) => {
      for (const backup of known()) {
        if (which === 'owed' && !backup.owes) continue
        try {
          overwriteDeadSlots(escrowPath(backup.path), backup.id, isDead, clock.now())
          owe(backup, false)
        } catch {
          if (which !== 'reachable') owe(backup, true)
        }
      }
    },
  }
}
