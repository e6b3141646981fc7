import { jobSteps, shiftStep, type JobStep } from '@shared/domain/job-steps.ts'
import type { Stage } from '@shared/domain/vocabulary.ts'

/** A step while somebody types in it: figures are words until they are saved. */
export type StepDraft = {
  readonly id: string
  readonly stage: Stage
  readonly name: string
  readonly limit: string
  readonly warn: string
  /** A background check is made in it. */
  readonly check: boolean
}

export const toDrafts = (steps: readonly JobStep[]): readonly StepDraft[] =>
  steps.map(({ id, stage, name, limit, warn_days: warn, check }) => ({
    id,
    stage,
    name: name ?? '',
    limit: limit === undefined ? '' : String(limit),
    warn: warn === undefined ? '' : String(warn),
    check: check === true,
  }))

const figure = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text))

const toStep = ({ id, stage, name, limit, warn, check }: StepDraft): JobStep => {
  const [most, days] = [figure(limit), figure(warn)]
  return {
    id,
    stage,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(most === undefined ? {} : { limit: most }),
    ...(days === undefined ? {} : { warn_days: days }),
    ...(check ? { check } : {}),
  }
}

export type StepFault = 'name' | 'figure' | 'check'

/** The steps that drafts mean, or what keeps them from being saved. */
export const toSteps = (drafts: readonly StepDraft[]): readonly JobStep[] | StepFault => {
  const parsed = jobSteps.safeParse(drafts.map(toStep))
  if (parsed.success) return parsed.data
  const says = (word: string): boolean => parsed.error.issues.some(({ message }) => message.startsWith(word))
  return says('repeated') ? 'name' : says('check') ? 'check' : 'figure'
}

/** A new step behind the last of its stage. */
export const addDraft = (
  drafts: readonly StepDraft[],
  stage: Stage,
  id: string,
  name: string,
): readonly StepDraft[] => {
  const last = drafts.findLastIndex((draft) => draft.stage === stage)
  return drafts.toSpliced(last + 1, 0, { id, stage, name, limit: '', warn: '', check: false })
}

/** Past its neighbour of the same stage. */
export const shiftDraft = (drafts: readonly StepDraft[], id: string, by: -1 | 1): readonly StepDraft[] => {
  const order = shiftStep(
    drafts.map(({ id: own, stage }) => ({ id: own, stage })),
    id,
    by,
  )
  return order.flatMap((step) => drafts.filter((draft) => draft.id === step.id))
}
