import { criteria, defaultCriteria } from '../../shared/domain/collaboration.ts'
import type { ReadableDb } from '../store/database.ts'

/** What a job says of its own, or null. What the law protects is left out whoever wrote it. */
export const ownCriteria = (db: ReadableDb, jobId: string): string[] | null => {
  const row = db.get<{ criteria: string | null }>('SELECT criteria FROM job WHERE id = ?', jobId)
  if (row?.criteria === undefined || row.criteria === null) return null
  const read = criteria.safeParse(JSON.parse(row.criteria))
  return read.success ? read.data : null
}

export const criteriaOf = (db: ReadableDb, jobId: string): readonly string[] =>
  ownCriteria(db, jobId) ?? defaultCriteria
