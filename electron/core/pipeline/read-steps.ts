import { defaultSteps, jobSteps, standingIn, type JobStep } from '../../shared/domain/job-steps.ts'
import type { Stage } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb } from '../store/database.ts'

/** Jobs are few and their steps are asked for with every row of a list. */
const known = new Map<string, readonly JobStep[]>()
const most = 500

const parse = (text: string): readonly JobStep[] => {
  try {
    return jobSteps.parse(JSON.parse(text))
  } catch {
    return defaultSteps
  }
}

/** The steps that `job.steps` holds; the stages themselves where it holds none. */
export const readSteps = (text: string | null | undefined): readonly JobStep[] => {
  if (text === null || text === undefined) return defaultSteps
  const found = known.get(text)
  if (found !== undefined) return found
  if (known.size >= most) known.clear()
  const steps = parse(text)
  known.set(text, steps)
  return steps
}

export const stepsOfJob = (db: ReadableDb, jobId: string): readonly JobStep[] =>
  readSteps(db.get<{ steps: string | null }>('SELECT steps FROM job WHERE id = ?', jobId)?.steps)

/** The step as a row shows it: only where the job has steps of its own. */
export const shownStep = (
  jobSteps: string | null | undefined,
  of: Stage,
  stepId: string | null | undefined,
): { id: string; name?: string } | undefined => {
  if (jobSteps === null || jobSteps === undefined) return undefined
  const { id, name } = standingIn(readSteps(jobSteps), of, stepId)
  return { id, ...(name === undefined ? {} : { name }) }
}

/** @throws IpcError E_CONFLICT where the job has no such step in that stage */
export const requireStep = (db: ReadableDb, jobId: string, of: Stage, stepId: string | null | undefined): void => {
  if (stepId === null || stepId === undefined) return
  if (stepsOfJob(db, jobId).some((step) => step.id === stepId && step.stage === of)) return
  throw new IpcError('E_CONFLICT', 'the job has no such step in this stage', { fields: 'step' })
}
