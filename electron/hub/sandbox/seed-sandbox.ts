import { createHash } from 'node:crypto'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { seal } from '../keys/seal.ts'
import { attachmentPlace } from '../records/attachment-bytes.ts'
import { putRecords, type RecordDraft } from '../records/put-records.ts'
import {
  insertSandboxAccounts,
  listSandboxAccounts,
  sandboxEmployer,
  sandboxInterviewer,
  type SandboxAccount,
} from './accounts.ts'
import { makeDocx, makePdf } from './documents.ts'
import { extraDrafts, jobDrafts, platformDrafts } from './extras.ts'
import { makeCandidate, type SandboxCandidate } from './make-candidate.ts'

export type { SandboxAccount } from './accounts.ts'

const demoCandidates = 460
/** Real files cost 10–20 ms each; ninety are enough to see every kind. */
const mostFiles = 90
const batchSize = 500

/** Fills an empty database with invented people; one that is filled already stays as it is. */
export const seedSandbox = async (hub: Hub, seed: 'demo' | number): Promise<SandboxAccount[]> => {
  const plays = hub.gateway?.platform
  const known = await hub.db.selectFrom('employer').select('employer_id').executeTakeFirst()
  if (known !== undefined) return listSandboxAccounts()
  const count = seed === 'demo' ? demoCandidates : seed
  const wordsOfColleagues = plays === undefined ? Math.min(count, demoCandidates) : 0
  const now = hub.clock.now()
  await hub.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('employer')
      .values({ employer_id: sandboxEmployer.id, name: sandboxEmployer.name, rev: 0, epoch: 'e1', officer_named: true })
      .execute()
    await insertSandboxAccounts(hub, tx)
    await putRecords(hub, tx, sandboxEmployer.id, jobDrafts(now))
    let files = 0
    for (let start = 0; start < count; start += batchSize) {
      const batch = Array.from({ length: Math.min(batchSize, count - start) }, (_, offset) =>
        makeCandidate(start + offset, now),
      ).filter(({ drafts: [first] }) => plays === undefined || platformOf(first?.data) === plays)
      const withFile = batch
        .filter((candidate) => candidate.attachTo !== undefined)
        .slice(0, Math.max(0, mostFiles - files))
      files += withFile.length
      await putBatch(hub, tx, batch, withFile, now)
    }
    await putRecords(hub, tx, sandboxEmployer.id, colleagueDrafts(now, wordsOfColleagues))
    if (plays !== undefined) {
      await putRecords(hub, tx, sandboxEmployer.id, platformDrafts(now, plays))
      return
    }
    const ids = Array.from({ length: Math.min(count, demoCandidates) }, (_, index) => makeCandidate(index, now).id)
    await putRecords(hub, tx, sandboxEmployer.id, extraDrafts(now, ids))
  })
  return listSandboxAccounts()
}

const platformOf = (data: unknown): unknown => (data as { readonly platform?: unknown } | undefined)?.platform

/** What colleagues have said already about the first few who were assigned, so that there is something to answer. */
const colleagueDrafts = (now: number, count: number): RecordDraft[] => {
  const hour = 3_600_000
  const assigned = Array.from({ length: count }, (_, index) => makeCandidate(index, now).drafts)
    .flat()
    .filter(({ type, data }) => type === 'application' && 'interviewers' in (data as object))
  const [first, second] = assigned
  const note = (draft: RecordDraft, by: string, hoursAgo: number, text: string, mentions: string[]): RecordDraft => ({
    type: 'note',
    id: `note-${draft.id}`,
    ...(draft.candidateId === undefined ? {} : { candidateId: draft.candidateId }),
    applicationId: draft.id,
    data: {
      candidate_id: draft.candidateId,
      application_id: draft.id,
      by,
      at: isoTime(now - hoursAgo * hour),
      text,
      mentions,
    },
    internal: { account: by, audience: ['hr'], mentions },
  })
  return [
    ...(first === undefined
      ? []
      : [
          note(first, sandboxInterviewer, 5, '@林晓 项目经历讲得清楚，想再确认一下到岗时间。', ['acc-hr']),
          {
            type: 'scorecard',
            id: `card-${first.id}`,
            ...(first.candidateId === undefined ? {} : { candidateId: first.candidateId }),
            applicationId: first.id,
            data: {
              application_id: first.id,
              by: sandboxInterviewer,
              at: isoTime(now - 5 * hour),
              scores: { professional: 4, communication: 4, fit: 3, cooperation: 4 },
              recommendation: 'yes',
              text: '基础扎实，能把取舍讲明白。',
            },
            internal: { account: sandboxInterviewer, audience: ['hr'] },
          },
        ]),
    ...(second === undefined
      ? []
      : [note(second, 'acc-hr', 3, '@许衡之 麻烦重点看一下系统设计部分。', [sandboxInterviewer])]),
  ]
}

const putBatch = async (
  hub: Hub,
  tx: HubTransaction,
  batch: readonly SandboxCandidate[],
  withFile: readonly SandboxCandidate[],
  now: number,
): Promise<void> => {
  const fileIds = new Set(withFile.map((candidate) => candidate.id))
  const drafts = batch.flatMap((candidate) =>
    candidate.attachTo === undefined || fileIds.has(candidate.id)
      ? candidate.drafts
      : candidate.drafts.map(withoutFile),
  )
  const documents = await Promise.all(withFile.map((candidate) => makeFile(candidate, now)))
  await putRecords(hub, tx, sandboxEmployer.id, [...drafts, ...documents.map((document) => document.draft)])
  const keys = await hub.candidateKeys.list(tx, sandboxEmployer.id, [...fileIds])
  for (const { candidateId, draft, bytes } of documents) {
    const key = keys.get(candidateId)
    if (key === undefined) throw new Error('a sandbox candidate has no key')
    await tx
      .insertInto('attachment_bytes')
      .values({
        employer_id: sandboxEmployer.id,
        id: draft.id,
        candidate_id: candidateId,
        sealed: seal(key, attachmentPlace(sandboxEmployer.id, draft.id), bytes),
      })
      .execute()
  }
}

/** Beyond the number of files that are made, the person is one who sent none. */
const withoutFile = (draft: RecordDraft): RecordDraft =>
  draft.type === 'application' && (draft.data as { attachment: string }).attachment === 'present'
    ? { ...draft, data: { ...(draft.data as object), attachment: 'none', attachment_ids: [] } }
    : draft

const makeFile = async (candidate: SandboxCandidate, now: number) => {
  const applicationId = candidate.attachTo ?? ''
  const id = `att-${applicationId}`
  const word = Number(candidate.id.slice(-6)) % 4 === 0
  const bytes = word
    ? await makeDocx(candidate.person, candidate.resume)
    : await makePdf(candidate.person, candidate.resume, new Date(now))
  const draft = {
    type: 'attachment',
    id,
    candidateId: candidate.id,
    applicationId,
    data: {
      application_id: applicationId,
      candidate_id: candidate.id,
      name: `${candidate.resume.basics?.label ?? '简历'}-${candidate.person.name}.${word ? 'docx' : 'pdf'}`,
      media_type: word ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' : 'application/pdf',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  }
  return { candidateId: candidate.id, draft, bytes }
}
