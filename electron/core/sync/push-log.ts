import { z } from 'zod'
import { publicJwk, type Discovery, type Me } from '../../shared/domain/sync-records.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { HeadComparison } from '../ledger/heads.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { HubClient } from './hub-client.ts'

/** How this device's log stands to what the hub holds of it. `hub_behind`: the hub holds less than it has had before. */
export type LogHead = HeadComparison | 'hub_behind'

/** Raw Ed25519 key that the hub cosigns with, or null for a hub that does not. */
export const witnessKeyOf = (found: Discovery): Uint8Array | null => {
  const jwk = z
    .array(publicJwk.catch({ kty: 'OKP', crv: 'Ed25519', x: '' }))
    .parse(found.keys)
    .find(({ x }) => x !== '')
  return jwk === undefined ? null : Buffer.from(jwk.x, 'base64url')
}

/**
 * Compares the heads before anything is pushed. What the hub holds already counts as pushed: the answer to an earlier push may
 * have been lost. `behind` means that an old folder was put back, `conflict` that the log was rewritten, `hub_behind` that
 * the hub's own database was; all are entered in the log. What the hub still holds in the last case is a beginning of this very log.
 */
export const compareLogHead = (ledger: Ledger, me: Me): LogHead => {
  if (me.log === undefined) return 'ahead'
  const verdict = ledger.compareHead(me.log.size, me.log.root)
  if (verdict !== 'same' && verdict !== 'ahead') return verdict
  if (me.log.size < ledger.pushedSize()) return 'hub_behind'
  ledger.markPushed(me.log.size)
  return verdict
}

/**
 * Pushes the entries that the witness lacks, with the proof that they continue what it holds, and keeps its cosignature.
 * @param held what a hub that has lost entries still holds: from there on they are pushed once more
 * @throws IpcError E_LEDGER `log_conflict` when the hub refuses the log, `dropped` when entries that it lacks are no longer kept
 *   here; errors of the hub client
 */
export const pushLog = async (
  ledger: Ledger,
  hub: HubClient,
  witnessKey: Uint8Array | null,
  newId: () => string,
  at: () => number,
  signal?: AbortSignal,
  held?: number,
): Promise<number> => {
  let pushed = 0
  let from = held
  for (;;) {
    const body = ledger.pendingPush(undefined, from)
    if (body === null) return pushed
    const id = newId()
    const [result] = await hub.pushOutbox([{ id, kind: 'log', at: new Date(at()).toISOString(), body }], signal)
    if (result === undefined || result.id !== id)
      throw new IpcError('E_HUB_ANSWER', 'the hub gave no answer to the log')
    if (result.status === 'rejected') {
      if (result.code !== 'log_conflict') throw new IpcError('E_HUB_ANSWER', 'the hub does not take the log')
      throw new IpcError('E_LEDGER', 'the hub refuses this log as cut or rewritten', { code: 'log_conflict' })
    }
    const size = body.from + body.entries.length
    if (result.cosignature !== undefined && witnessKey !== null && result.size === size) {
      ledger.acceptCosignature(result.cosignature, size, witnessKey)
    } else {
      ledger.markPushed(size)
    }
    pushed += body.entries.length
    if (from !== undefined) from = size
  }
}
