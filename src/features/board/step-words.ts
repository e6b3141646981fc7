import type { JobStep } from '@shared/domain/job-steps.ts'
import type { Stage } from '@shared/domain/vocabulary.ts'

const decided: ReadonlySet<Stage> = new Set(['hired', 'rejected', 'withdrawn'])

/** A stage in which nothing waits any more. */
export const isDecided = (stage: Stage): boolean => decided.has(stage)

/** A step without a name is called by its stage. */
export const stepName = (
  step: Pick<JobStep, 'name' | 'stage'>,
  code: (group: string, value: string) => string,
): string => step.name ?? code('stage', step.stage)
