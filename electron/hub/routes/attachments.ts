import type { Hub } from '../hub.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { unseal } from '../keys/seal.ts'
import { operation, type Operation, type OperationAnswer } from '../operation.ts'
import { attachmentPlace } from '../records/attachment-bytes.ts'
import { projectChanges } from '../records/project-changes.ts'
import type { Session } from '../session.ts'

export const attachmentOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/attachments/{id}',
      id: 'getAttachment',
      tag: 'sync',
      summary: 'The bytes; one Range is understood, the ETag is the SHA-256',
      auth: 'session',
      answers: {
        200: { description: 'All bytes', media: 'application/octet-stream' },
        206: { description: 'The asked range', media: 'application/octet-stream' },
        304: { description: 'Unchanged' },
      },
      problems: { 404: 'not_found', 416: 'range' },
    },
    async ({ hub, param, header }, session) => {
      const { bytes, data } = await requireAttachment(hub, session, param('id'))
      const etag = `"${data.sha256}"`
      const headers = {
        etag,
        'accept-ranges': 'bytes',
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
      }
      if (header('if-none-match') === etag) return { status: 304, headers: { etag } }
      const ifRange = header('if-range')
      const range = ifRange === undefined || ifRange === etag ? header('range') : undefined
      return range === undefined ? { headers, body: bytes } : partOf(bytes, range, headers)
    },
  ),
]

type Headers = Readonly<Record<string, string>>

/** RFC 9110 §14: one byte range; several at once are answered whole, as the RFC allows. */
const partOf = (bytes: Buffer, range: string, headers: Headers): OperationAnswer => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range)
  if (match === null || (match[1] === '' && match[2] === '')) return { headers, body: bytes }
  const suffix = match[1] === ''
  const from = suffix ? Math.max(0, bytes.length - Number(match[2])) : Number(match[1])
  const to = suffix || match[2] === '' ? bytes.length - 1 : Math.min(Number(match[2]), bytes.length - 1)
  if (from > to) {
    throw new HubProblem(416, 'range', 'outside the attachment', { 'content-range': `bytes */${bytes.length}` })
  }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
    body: bytes.subarray(from, to + 1),
  }
}

const requireAttachment = async (hub: Hub, session: Session, id: string) => {
  const row = await hub.db
    .selectFrom('record')
    .selectAll()
    .where('employer_id', '=', session.employerId)
    .where('type', '=', 'attachment')
    .where('id', '=', id)
    .executeTakeFirst()
  const [change] = row === undefined || row.deleted ? [] : await projectChanges(hub, hub.db, session, [row])
  const stored = await hub.db
    .selectFrom('attachment_bytes')
    .select(['candidate_id', 'sealed'])
    .where('employer_id', '=', session.employerId)
    .where('id', '=', id)
    .executeTakeFirst()
  // Not theirs and not there look the same.
  if (change?.op !== 'upsert' || stored === undefined) throw notFound('attachment')
  const key = (await hub.candidateKeys.list(hub.db, session.employerId, [stored.candidate_id])).get(stored.candidate_id)
  if (key === undefined) throw notFound('attachment')
  const bytes = Buffer.from(unseal(key, attachmentPlace(session.employerId, id), stored.sealed))
  return { bytes, data: change.data as { readonly sha256: string } }
}
