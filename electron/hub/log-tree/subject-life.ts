import type { HubQueries } from '../db/schema.ts'

/** D11, K17: so long can a person still be told who looked. */
const usualMonths = 12
/** Where a consent, a request or an approval is kept as evidence, its rows must stay readable as long. */
const evidenceMonths = 36

const lengthening = ['request', 'consent', 'approval'] as const

const addMonths = (at: number, months: number): number => {
  const date = new Date(at)
  return date.setUTCMonth(date.getUTCMonth() + months)
}

/** When the mapping from subject hashes to a destroyed candidate is dropped, milliseconds since 1970. */
export const subjectEnd = async (
  db: HubQueries,
  employerId: string,
  candidateId: string,
  destroyedAt: number,
): Promise<number> => {
  const evidence = await db
    .selectFrom('record')
    .select('id')
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('type', 'in', [...lengthening])
    .limit(1)
    .executeTakeFirst()
  return addMonths(destroyedAt, evidence === undefined ? usualMonths : evidenceMonths)
}

/**
 * Keeps what a push says of its subjects. A device that was offline may name somebody who is destroyed already: that mapping
 * ends with the others of the person, and one whose time is over is not kept at all.
 */
export const keepSubjects = async (
  db: HubQueries,
  log: { readonly employerId: string; readonly deviceId: string },
  subjects: Readonly<Record<string, string>>,
  now: number,
): Promise<void> => {
  const people = [...new Set(Object.values(subjects))]
  if (people.length === 0) return
  const gone = await db
    .selectFrom('record_key')
    .select(['candidate_id', 'destroyed_at'])
    .where('employer_id', '=', log.employerId)
    .where('candidate_id', 'in', people)
    .where('destroyed_at', 'is not', null)
    .execute()
  const ends = new Map<string, number>()
  for (const { candidate_id: id, destroyed_at: at } of gone) {
    if (at !== null) ends.set(id, await subjectEnd(db, log.employerId, id, at))
  }
  const values = Object.entries(subjects).flatMap(([subject, candidateId]) => {
    const end = ends.get(candidateId) ?? null
    if (end !== null && end <= now) return []
    return [
      {
        employer_id: log.employerId,
        device_id: log.deviceId,
        subject,
        candidate_id: candidateId,
        drop_at: end,
      },
    ]
  })
  if (values.length === 0) return
  await db
    .insertInto('log_subject')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['employer_id', 'device_id', 'subject'])
        .doUpdateSet({
          candidate_id: (set) => set.ref('excluded.candidate_id'),
          drop_at: (set) => set.ref('excluded.drop_at'),
        })
        // Somebody of own intake whose delivery came later has the platform's number from then on; nobody else changes hands.
        .where('log_subject.candidate_id', 'in', (own) =>
          own.selectFrom('subject').select('candidate_id').where('employer_id', '=', log.employerId),
        ),
    )
    .execute()
}
