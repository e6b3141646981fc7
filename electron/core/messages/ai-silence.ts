import type { ReadableDb } from '../store/database.ts'

/**
 * How many messages of a model this person has left unanswered, over all applications: a word of the person after it, in the
 * same conversation, answers it; a human's does not. What the hub refused never reached anybody.
 */
export const countUnansweredAi = (db: ReadableDb, recordId: string): number =>
  db.get<{ n: number }>(
    `SELECT count(*) AS n FROM message m JOIN application a ON a.id = m.application_id
     WHERE a.record_id = ? AND m.author = 'ai' AND m.state <> 'refused'
       AND NOT EXISTS (SELECT 1 FROM message c WHERE c.application_id = m.application_id
                       AND c.author = 'candidate' AND c.at > m.at)`,
    recordId,
  )?.n ?? 0
