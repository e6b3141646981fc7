import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { publicJob, type PublicJob } from '../../shared/domain/views.ts'
import type { ReadableDb } from '../store/database.ts'
import { writeDurably } from '../store/durable-file.ts'

const file = z.array(publicJob)

/** Advertisements of the hub's open jobs, in clear: browse mode reads them while the vault is locked (ZP-107). Nobody's data. */
export const publicJobsPath = (home: string): string => join(home, 'public-jobs.json')

/** By the day of publication and nothing else: who is not signed in gets no recommendations (ZP-07). */
export const listPublicJobs = (db: ReadableDb): PublicJob[] =>
  db
    .all<PublicJob>(
      `SELECT id, title, department, city, headcount, salary, description, opened_at FROM job
       WHERE origin = 'hub' AND status = 'open' ORDER BY opened_at DESC, id LIMIT 500`,
    )
    .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as PublicJob)

export const writePublicJobs = (home: string, db: ReadableDb): void => {
  const text = JSON.stringify(listPublicJobs(db))
  const path = publicJobsPath(home)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  writeDurably(path, new TextEncoder().encode(text))
}

/** What was advertised at the last sync; nothing where there was none, or where the file is no list of ours. */
export const readPublicJobs = (home: string): PublicJob[] => {
  const path = publicJobsPath(home)
  if (!existsSync(path)) return []
  try {
    return file.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return []
  }
}
