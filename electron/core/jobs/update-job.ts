import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { isEmptyRequirements, type JobRequirements } from '../../shared/domain/job-requirements.ts'
import type { JobPatch } from '../../shared/ipc/routes/jobs.ts'
import type { WriterCall, Written } from '../handler.ts'
import { readRequirements } from './read-requirements.ts'

const wordKeys = ['title', 'city', 'department', 'headcount', 'salary', 'description'] as const

type Row = Readonly<Record<(typeof wordKeys)[number], string | number | null>> & {
  readonly origin: 'hub' | 'local'
  readonly requirements: string | null
}

/** Rows of the index show how well each person fits: scores alone are made anew when a job asks for something else. */
const bringUpToDate = (call: WriterCall, jobId: string): void => {
  call.store.run(
    'UPDATE candidate SET rescore = 1 WHERE record_id IN (SELECT record_id FROM application WHERE job_id = ?)',
    jobId,
  )
}

const setRequirements = (call: WriterCall, id: string, asked: JobRequirements | null): void => {
  const text = asked === null || isEmptyRequirements(asked) ? null : JSON.stringify(asked)
  call.store.run('UPDATE job SET requirements = ? WHERE id = ?', text, id)
  bringUpToDate(call, id)
}

/**
 * Writes what a patch says of a job, and nothing else.
 *
 * @throws IpcError E_NOT_FOUND; E_CONFLICT for the words of a hub's job
 */
export const updateJob = (
  call: WriterCall,
  { id, requirements, ...words }: JobPatch & { readonly id: string },
): Written<{ previous: JobPatch }> => {
  const row = call.store.get<Row>(`SELECT origin, requirements, ${wordKeys.join(', ')} FROM job WHERE id = ?`, id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
  const named = wordKeys.filter((key) => words[key] !== undefined)
  if (named.length > 0 && row.origin !== 'local') {
    throw new IpcError('E_CONFLICT', 'the words of a hub job are changed at the hub', { fields: named.join(',') })
  }
  for (const key of named) call.store.run(`UPDATE job SET ${key} = ? WHERE id = ?`, words[key] ?? null, id)
  if (requirements !== undefined) setRequirements(call, id, requirements)
  const previous = Object.fromEntries(named.map((key) => [key, row[key]])) as JobPatch
  return {
    output: {
      previous:
        requirements === undefined ? previous : { ...previous, requirements: readRequirements(row.requirements) },
    },
    entries: [
      {
        action: 'stage',
        outcome: 'done',
        job: id,
        detail: `job edited ${[...named, ...(requirements === undefined ? [] : ['requirements'])].join(' ')}`.trim(),
      },
    ],
    after: () => {
      call.account.indexer.poke()
      call.core.emit('data.changed', { what: ['jobs', 'candidates'] })
    },
  }
}
