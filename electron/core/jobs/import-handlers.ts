import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ImportRefusal } from '../../shared/domain/job-import.ts'
import type { JobId } from '../../shared/domain/ids.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../handler.ts'
import type { ReadableDb } from '../store/database.ts'
import { jobKey, readJobs, type JobDraft, type ReadTable } from './import-rows.ts'

const openKeys = (db: ReadableDb): ReadonlySet<string> =>
  new Set(
    db
      .all<{ title: string; department: string | null; city: string | null }>(
        "SELECT title, department, city FROM job WHERE status IN ('open', 'paused')",
      )
      .map(jobKey),
  )

/** Bytes of strangers are read by the parser process; here are words in cells. @throws IpcError E_CONFLICT at a hub */
const readFile = async (call: ReaderCall, content: string): Promise<ReadTable | ImportRefusal> => {
  if (call.account.hub !== null) {
    throw new IpcError('E_CONFLICT', 'jobs of a hub are opened at the hub; only a local workspace imports its own')
  }
  const outcome = await call.core.parser.parseTable(new Uint8Array(Buffer.from(content, 'base64')))
  return 'quarantined' in outcome ? outcome.quarantined : readJobs(outcome, openKeys(call.store))
}

const insert = (call: WriterCall, job: JobDraft): JobId => {
  const id = crypto.randomUUID()
  call.store.run(
    `INSERT INTO job (id, platform, origin, title, department, city, status, headcount, salary, description, requirements,
                      opened_at, status_at, last_activity_at)
     VALUES (?, 'direct', 'local', ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?)`,
    id,
    job.title,
    job.department ?? null,
    job.city ?? null,
    job.headcount ?? null,
    job.salary ?? null,
    job.description ?? null,
    job.requirements === undefined ? null : JSON.stringify(job.requirements),
    call.now,
    call.now,
    call.now,
  )
  return id as JobId
}

/** Places that would be left with a job that is gone. */
const holders = ['application', 'purpose', 'interview', 'ai_output'] as const

const isUntouched = (db: ReadableDb, id: string): boolean =>
  db.get("SELECT 1 FROM job WHERE id = ? AND origin = 'local'", id) !== undefined &&
  holders.every((table) => db.get(`SELECT 1 FROM ${table} WHERE job_id = ? LIMIT 1`, id) === undefined)

export const importHandlers = defineHandlers({
  'job.import_preview': {
    read: async (call, { content_base64: content }) => {
      const read = await readFile(call, content)
      return typeof read === 'string' ? { refused: read } : read.preview
    },
  },
  'job.import': {
    prepare: async (call, { content_base64: content, duplicates }) => {
      const read = await readFile(call, content)
      if (typeof read === 'string') throw new IpcError('E_FILE', 'the file holds no jobs', { reason: read })
      return (writer) => {
        // A job may have come in meanwhile; what is here is looked at again, so that pressing twice imports once.
        const here = openKeys(writer.store)
        const wanted = read.rows.filter(
          ({ row, draft }) =>
            draft !== null && (duplicates === 'import' || (row.state === 'ok' && !here.has(jobKey(draft)))),
        )
        const ids = wanted.flatMap(({ draft }) => (draft === null ? [] : [insert(writer, draft)]))
        const faulty = read.rows.filter(({ draft }) => draft === null)
        return {
          output: {
            ids,
            skipped: read.rows.length - faulty.length - ids.length,
            faulty: faulty.map(({ row: { line, faults } }) => ({ line, faults })),
          },
          entries: ids.map((job) => ({ action: 'stage', outcome: 'done', job, detail: 'job open imported' })),
          after: () => writer.core.emit('data.changed', { what: ['jobs'] }),
        }
      }
    },
  },
  'job.remove': {
    write: (call, { ids }) => {
      const removed = [...new Set(ids)].filter((id) => isUntouched(call.store, id))
      for (const id of removed) {
        call.store.run('DELETE FROM stage_tally WHERE job_id = ?', id)
        call.store.run('DELETE FROM job WHERE id = ?', id)
      }
      return {
        output: { removed: removed.length, kept: new Set(ids).size - removed.length },
        entries: removed.map((job) => ({ action: 'stage', outcome: 'done', job, detail: 'job removed' })),
        after: () => call.core.emit('data.changed', { what: ['jobs'] }),
      }
    },
  },
})
