import { ledgerEntry, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { LogBody } from '../../shared/domain/sync-records.ts'
import { fromBase64, fromBase64Url, toBase64 } from '../../shared/ledger/bytes.ts'
import { logOrigin } from '../../shared/ledger/checkpoint.ts'
import { cosign } from '../../shared/ledger/cosignature.ts'
import { LedgerFormatError } from '../../shared/ledger/ledger-format-error.ts'
import { edgeFromPeaks, edgeRoot, emptyEdge, type NodeSink, type TreeEdge } from '../../shared/ledger/tree-edge.ts'
import { keyTypes, verifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import { verifyLogPush } from '../../shared/ledger/verify-log-push.ts'
import { HubProblem } from '../hub-problem.ts'
import { raiseAlarms } from '../alarms/raise-alarms.ts'
import { witnessName } from '../keys/hub-keys.ts'
import { ledgerCrypto } from '../ledger-crypto.ts'
import { LogConflict } from '../log-tree/log-fault.ts'
import { collectNodes, insertNodes } from '../log-tree/log-nodes.ts'
import { keepSubjects } from '../log-tree/subject-life.ts'
import type { Applied, ApplyContext } from './apply-item.ts'

/**
 * The witness: takes a log only as the continuation of what it holds, then cosigns the new head.
 * @throws HubProblem `log_conflict` when the log was cut, forked or rewritten; `invalid` when it has not the form of one
 */
export const applyLog = async (context: ApplyContext, body: LogBody): Promise<Applied> => {
  const { hub, tx, session } = context
  const deviceId = session.deviceId
  if (deviceId === undefined) throw new HubProblem(409, 'device_unknown', 'make the device known first')
  const key = await requireLogKey(context, deviceId)
  const held = await getHead(context, deviceId)
  const repeated = await repeatedPush(context, deviceId, body, held)
  if (repeated !== undefined) return repeated
  const { nodes, sink } = collectNodes()
  const edge = verified(held.edge, key, body, sink)
  const cosignature = cosign(
    ledgerCrypto.sha256,
    body.checkpoint,
    { name: witnessName, publicKey: hub.keys.witnessPublicKey, sign: hub.keys.signAsWitness },
    Math.floor(hub.clock.now() / 1000),
  )
  const leaves = body.entries.map((text, index) => ({ i: body.from + index, text, entry: parseEntry(text) }))
  for (let start = 0; start < leaves.length; start += 500) {
    await tx
      .insertInto('log_leaf')
      .values(
        leaves.slice(start, start + 500).map(({ i, text, entry }) => ({
          employer_id: session.employerId,
          device_id: deviceId,
          i,
          at: entry.at,
          action: entry.action,
          outcome: entry.outcome,
          account_id: entry.actor.account,
          subject: entry.subject?.candidate ?? null,
          entry: text,
          received_at: hub.clock.now(),
        })),
      )
      .execute()
  }
  for (const { entry } of leaves) {
    const candidateId = body.subjects[entry.subject?.candidate ?? '']
    if (candidateId !== undefined) hub.gateway?.tell(entry, candidateId)
  }
  await insertNodes(tx, { employerId: session.employerId, deviceId }, nodes)
  await keepSubjects(tx, { employerId: session.employerId, deviceId }, body.subjects, hub.clock.now())
  const head = {
    size: edge.size,
    peaks: JSON.stringify(edge.peaks.map(toBase64)),
    root: toBase64(edgeRoot(ledgerCrypto.sha256, edge)),
    checkpoint: body.checkpoint,
    cosignature,
    taken_at: hub.clock.now(),
  }
  await tx
    .insertInto('log_head')
    .values({ employer_id: session.employerId, device_id: deviceId, ...head })
    .onConflict((conflict) => conflict.columns(['employer_id', 'device_id']).doUpdateSet(head))
    .execute()
  await raiseAlarms(
    context,
    leaves.map(({ entry }) => entry),
  )
  return { cosignature, size: edge.size }
}

type Head = { readonly edge: TreeEdge; readonly cosignature: string | undefined }

const verified = (held: TreeEdge, key: VerifierKey, body: LogBody, sink: NodeSink): TreeEdge => {
  try {
    return verifyLogPush(ledgerCrypto, key, held, body, sink)
  } catch (error) {
    if (!(error instanceof LedgerFormatError)) throw error
    if (error.code === 'log_conflict') throw new LogConflict(held.size, body, error.message)
    throw new HubProblem(409, 'invalid', error.message)
  }
}

/** A push that is held already (its answer was lost, and it comes in a new item): the same entries, nothing new. */
const repeatedPush = async (
  { tx, session }: ApplyContext,
  deviceId: string,
  body: LogBody,
  held: Head,
): Promise<Applied | undefined> => {
  if (body.entries.length === 0 || body.from + body.entries.length > held.edge.size) return undefined
  const rows = await tx
    .selectFrom('log_leaf')
    .select('entry')
    .where('employer_id', '=', session.employerId)
    .where('device_id', '=', deviceId)
    .where('i', '>=', body.from)
    .where('i', '<', body.from + body.entries.length)
    .orderBy('i')
    .execute()
  const same = rows.length === body.entries.length && rows.every((row, index) => row.entry === body.entries[index])
  if (!same) return undefined
  return { size: held.edge.size, ...(held.cosignature === undefined ? {} : { cosignature: held.cosignature }) }
}

const parseEntry = (text: string): LedgerEntry => {
  try {
    return ledgerEntry.parse(JSON.parse(text))
  } catch {
    throw new HubProblem(400, 'invalid', 'an entry is not a ledger entry')
  }
}

const requireLogKey = async ({ tx, session }: ApplyContext, deviceId: string): Promise<VerifierKey> => {
  const device = await tx
    .selectFrom('device')
    .select('log_key')
    .where('employer_id', '=', session.employerId)
    .where('id', '=', deviceId)
    .executeTakeFirstOrThrow()
  return deviceVerifierKey(deviceId, device.log_key)
}

/** The C2SP verifier key of a device's log. */
export const deviceVerifierKey = (deviceId: string, logKey: string): VerifierKey =>
  verifierKey(ledgerCrypto.sha256, logOrigin(deviceId), keyTypes.ed25519, fromBase64Url(logKey))

const getHead = async ({ tx, session }: ApplyContext, deviceId: string): Promise<Head> => {
  const row = await tx
    .selectFrom('log_head')
    .select(['size', 'peaks', 'cosignature'])
    .where('employer_id', '=', session.employerId)
    .where('device_id', '=', deviceId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return { edge: emptyEdge, cosignature: undefined }
  return { edge: edgeFromPeaks(row.size, row.peaks.map(fromBase64)), cosignature: row.cosignature }
}
