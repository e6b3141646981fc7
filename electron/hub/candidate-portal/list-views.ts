import type { LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { ledgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { Disclosure } from '../../shared/domain/sync-records.ts'
import { fromBase64, toBase64, utf8 } from '../../shared/ledger/bytes.ts'
import { parseCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { leafHash, verifyInclusion } from '../../shared/ledger/merkle.ts'
import { formatVerifierKey } from '../../shared/ledger/verifier-key.ts'
import type { Hub } from '../hub.ts'
import { ledgerCrypto } from '../ledger-crypto.ts'
import { proveLeaves } from '../log-tree/log-nodes.ts'
import { deviceVerifierKey } from '../outbox/apply-log.ts'
import type { CandidateSession } from './require-candidate.ts'

/** Every row of every device's log that names this person, each with the proof that it stands in the signed log. */
export const getDisclosure = async (hub: Hub, candidate: CandidateSession): Promise<Disclosure> => {
  const subjects = await hub.db
    .selectFrom('log_subject')
    .select(['device_id', 'subject'])
    .where('employer_id', '=', candidate.employerId)
    .where('candidate_id', '=', candidate.candidateId)
    .orderBy('device_id')
    .execute()
  const devices = Map.groupBy(subjects, (row) => row.device_id)
  const logs: Disclosure['logs'] = []
  for (const [deviceId, rows] of devices) {
    const log = await getDeviceLog(
      hub,
      candidate.employerId,
      deviceId,
      rows.map((row) => row.subject),
    )
    if (log !== undefined) logs.push(log)
  }
  return { logs }
}

const getDeviceLog = async (
  hub: Hub,
  employerId: string,
  deviceId: string,
  subjects: readonly string[],
): Promise<Disclosure['logs'][number] | undefined> => {
  const head = await hub.db
    .selectFrom('log_head')
    .innerJoin('device', (join) =>
      join.onRef('device.employer_id', '=', 'log_head.employer_id').onRef('device.id', '=', 'log_head.device_id'),
    )
    .select(['size', 'checkpoint', 'cosignature', 'log_key'])
    .where('log_head.employer_id', '=', employerId)
    .where('log_head.device_id', '=', deviceId)
    .executeTakeFirst()
  if (head === undefined) return undefined
  const leaves = await hub.db
    .selectFrom('log_leaf')
    .select(['i', 'entry'])
    .where('employer_id', '=', employerId)
    .where('device_id', '=', deviceId)
    .where('subject', 'in', subjects)
    // What a push in between has brought stands behind this head.
    .where('i', '<', head.size)
    .orderBy('i')
    .execute()
  const indexes = leaves.map((leaf) => leaf.i)
  const proofs = await proveLeaves(hub.db, { employerId, deviceId }, indexes, head.size)
  const key = deviceVerifierKey(deviceId, head.log_key)
  return {
    origin: key.name,
    public_key: formatVerifierKey(key),
    checkpoint: head.checkpoint,
    cosignatures: [head.cosignature],
    rows: leaves.map(({ i, entry }, index) => ({ i, entry, proof: (proofs[index] ?? []).map(toBase64) })),
  }
}

export type ViewRow = {
  /** Where it stands: the log, and the index in it. */
  readonly origin: string
  readonly index: number
  readonly entry: LedgerEntry
  readonly proven: boolean
}

/** The rows for people to read, newest first; `proven` = its proof leads to the signed root. */
export const viewRows = (disclosure: Disclosure): ViewRow[] =>
  disclosure.logs
    .flatMap((log) => {
      const head = parseCheckpoint(log.checkpoint)
      return log.rows.map((row) => ({
        origin: log.origin,
        index: row.i,
        entry: ledgerEntry.parse(JSON.parse(row.entry)),
        proven: verifyInclusion(ledgerCrypto.sha256, {
          index: row.i,
          size: head.size,
          leaf: leafHash(ledgerCrypto.sha256, utf8(row.entry)),
          root: head.root,
          proof: row.proof.map(fromBase64),
        }),
      }))
    })
    .sort((left, right) => right.entry.at - left.entry.at)
