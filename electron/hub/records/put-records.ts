import type { HubTransaction, RecordInternal } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { isEvidenceType, ownRequestKey, splitWords } from './evidence-words.ts'
import { isSealedType, sealData } from './record-data.ts'

export type RecordDraft = {
  readonly type: string
  readonly id: string
  /** The person whom it is about; needed for sealed types. */
  readonly candidateId?: string
  readonly applicationId?: string
  readonly data: unknown
  readonly internal?: RecordInternal
}

/**
 * Writes records and gives each a new revision, in this order. Records of a destroyed candidate are left out.
 * @param destroyed `evenDestroyed`: also what concerns destroyed candidates (requests, consents), never for sealed types
 * @returns how many were written
 */
export const putRecords = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  drafts: readonly RecordDraft[],
  destroyed: 'leaveOut' | 'evenDestroyed' = 'leaveOut',
): Promise<number> => {
  requireCandidatesThere(hub, drafts)
  const people = drafts.flatMap((draft) =>
    draft.candidateId !== undefined && partsOf(draft).secret !== undefined ? [draft.candidateId] : [],
  )
  const keys = await hub.candidateKeys.ensure(tx, employerId, people)
  const gone =
    destroyed === 'leaveOut'
      ? await listDestroyed(
          tx,
          employerId,
          drafts.flatMap((draft) => draft.candidateId ?? []),
        )
      : new Set<string>()
  const kept = drafts.filter((draft) => draft.candidateId === undefined || !gone.has(draft.candidateId))
  if (kept.length === 0) return 0
  await ensureRequestKeys(hub, tx, employerId, kept, keys)

  let rev = await takeRevisions(tx, employerId, kept.length)
  const now = hub.clock.now()
  const values = kept.map((draft) => {
    const { clear, secret } = partsOf(draft)
    const key = keyOf(draft, keys)
    if (isSealedType(draft.type) && key === undefined)
      throw new Error(`record of type ${draft.type} names no candidate`)
    return {
      employer_id: employerId,
      type: draft.type,
      id: draft.id,
      rev: rev++,
      at: now,
      deleted: false,
      candidate_id: draft.candidateId ?? null,
      application_id: draft.applicationId ?? null,
      data: clear === undefined ? null : JSON.stringify(clear),
      // Words about somebody who is destroyed find no key and are not kept.
      sealed:
        secret === undefined || key === undefined
          ? null
          : sealData(key, { employerId, type: draft.type, id: draft.id }, secret),
      internal: draft.internal === undefined ? null : JSON.stringify(draft.internal),
      platform: platformOf(draft),
    }
  })
  for (let start = 0; start < values.length; start += 500) {
    await tx
      .insertInto('record')
      .values(values.slice(start, start + 500))
      .onConflict((conflict) =>
        conflict.columns(['employer_id', 'type', 'id']).doUpdateSet((row) => ({
          rev: row.ref('excluded.rev'),
          at: row.ref('excluded.at'),
          deleted: row.ref('excluded.deleted'),
          candidate_id: row.ref('excluded.candidate_id'),
          application_id: row.ref('excluded.application_id'),
          data: row.ref('excluded.data'),
          sealed: row.ref('excluded.sealed'),
          internal: row.ref('excluded.internal'),
          platform: row.ref('excluded.platform'),
        })),
      )
      .execute()
  }
  return kept.length
}

/** Of a candidate alone. */
const platformOf = ({ type, data }: RecordDraft): string | null => {
  if (type !== 'candidate') return null
  const { platform } = (data ?? {}) as { readonly platform?: unknown }
  return typeof platform === 'string' ? platform : null
}

/** By the platform's own rules; the database has a check of its own beside this (QY-09). @throws HubProblem 400 */
const requireCandidatesThere = (hub: Hub, drafts: readonly RecordDraft[]): void => {
  if (drafts.some((draft) => hub.portalRules.withoutCandidates.has(platformOf(draft) ?? ''))) {
    throw new HubProblem(400, 'no_candidates_here', 'the resumes of this platform are their owners’ alone')
  }
}

type Parts = { readonly clear: unknown; readonly secret: unknown }

/** What of a record lies in clear, and what under a key. What concerns nobody has no words of anybody. */
const partsOf = ({ type, candidateId, data }: RecordDraft): Parts => {
  if (isSealedType(type)) return { clear: undefined, secret: data }
  if (candidateId === undefined || !isEvidenceType(type)) return { clear: data, secret: undefined }
  const { facts, words } = splitWords(type, data)
  return { clear: facts, secret: words }
}

const keyOf = (draft: RecordDraft, keys: ReadonlyMap<string, Uint8Array>): Uint8Array | undefined =>
  (draft.candidateId === undefined ? undefined : keys.get(draft.candidateId)) ??
  (draft.type === 'request' ? keys.get(ownRequestKey(draft.id)) : undefined)

/** Requests of destroyed people, whose words still have to reach the employer (K17). */
const ensureRequestKeys = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  drafts: readonly RecordDraft[],
  keys: Map<string, Uint8Array>,
): Promise<void> => {
  const wanted = drafts
    .filter(
      (draft) => draft.type === 'request' && partsOf(draft).secret !== undefined && keyOf(draft, keys) === undefined,
    )
    .map((draft) => ownRequestKey(draft.id))
  for (const [name, key] of await hub.candidateKeys.ensure(tx, employerId, wanted)) keys.set(name, key)
}

/** A new revision for candidates whose visible part changed (what an account may receive has changed). */
export const touchCandidates = async (hub: Hub, tx: HubTransaction, employerId: string, ids: readonly string[]) => {
  for (const id of new Set(ids)) {
    const rev = await takeRevisions(tx, employerId, 1)
    await tx
      .updateTable('record')
      .set({ rev, at: hub.clock.now() })
      .where('employer_id', '=', employerId)
      .where('type', '=', 'candidate')
      .where('id', '=', id)
      .where('deleted', '=', false)
      .execute()
  }
}

/** @returns the first of `count` fresh revisions; the row lock is held until the transaction ends */
export const takeRevisions = async (tx: HubTransaction, employerId: string, count: number): Promise<number> => {
  const row = await tx
    .updateTable('employer')
    .set((expression) => ({ rev: expression('rev', '+', count) }))
    .where('employer_id', '=', employerId)
    .returning('rev')
    .executeTakeFirstOrThrow()
  return row.rev - count + 1
}

const listDestroyed = async (tx: HubTransaction, employerId: string, ids: readonly string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('record_key')
    .select('candidate_id')
    .where('employer_id', '=', employerId)
    .where('candidate_id', 'in', [...new Set(ids)])
    .where('destroyed_at', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.candidate_id))
}
