import type { z } from 'zod'
import type { outboxBodies } from '../../shared/domain/sync-records.ts'
import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { findSensitive } from '../../shared/text/find-sensitive.ts'
import { readFiling } from '../filing.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { putRecords } from '../records/put-records.ts'
import type { Applied, ApplyContext, ParsedItem } from './apply-item.ts'

type Consultation = ChangeDataOf<'consultation'>

/** The words of one talk as the hub holds them. */
const listTalk = async ({ tx, session }: ApplyContext, thread: string): Promise<Consultation[]> => {
  const rows = await tx
    .selectFrom('record')
    .select('data')
    .where('employer_id', '=', session.employerId)
    .where('type', '=', 'consultation')
    .where('deleted', '=', false)
    .orderBy('rev')
    .execute()
  return rows.map(({ data }) => data as Consultation).filter(({ thread_id: id }) => id === thread)
}

/** Held here too, whatever a workstation let through: filed, certified, asked first, and no sensitive word (QY-17 to QY-25). */
export const applyConsultation = async (
  context: ApplyContext,
  body: z.output<(typeof outboxBodies)['consultation']>,
  item: ParsedItem,
): Promise<Applied> => {
  const { hub, tx, session } = context
  const { status, certificates } = await readFiling(tx, session)
  if (status !== 'approved') throw new HubProblem(403, 'filing', 'only a filed identity answers')
  const today = new Date(hub.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  if (certificates.length === 0 || certificates.some(({ until }) => until < today)) {
    throw new HubProblem(403, 'certificate', 'a certificate of the institution has ended')
  }
  const talk = await listTalk(context, body.thread_id)
  const asked = talk.findLast(({ from }) => from === 'user')
  if (talk.length === 0) throw notFound('consultation')
  if (asked === undefined) throw new HubProblem(403, 'first_contact', 'the user has not written')
  if (findSensitive(body.text, hub.portalRules.sensitiveWords).length > 0) {
    throw new HubProblem(403, 'sensitive', 'the text is of a kind that is not sent')
  }
  const { alias, topic } = asked
  const data: Consultation = {
    alias,
    thread_id: body.thread_id,
    ...(topic === undefined ? {} : { topic }),
    text: body.text,
    at: isoTime(Math.min(Date.parse(item.at), hub.clock.now())),
    from: 'institution',
  }
  await putRecords(hub, tx, session.employerId, [{ type: 'consultation', id: item.id, data }])
  return {}
}
