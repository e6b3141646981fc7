import { z } from 'zod'
import { stage, type Stage } from './vocabulary.ts'

/** A step of a job's own way of working. The stage is the word that everybody shares; a step without a name is called by it. */
export const jobStep = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(1).max(40).optional(),
  stage,
  /** How many may stand in it before it looks too full. */
  limit: z.int().min(1).max(9999).optional(),
  /** Days in it after which a person waits too long. */
  warn_days: z.int().min(1).max(365).optional(),
  /** A background check is made in it: nobody comes in who has not agreed to theirs (ZP-57). */
  check: z.literal(true).optional(),
})
export type JobStep = z.infer<typeof jobStep>

const order = (name: Stage): number => stage.options.indexOf(name)

const inOrder = (steps: readonly JobStep[]): boolean =>
  steps.every((step, at) => at === 0 || order(steps[at - 1]?.stage ?? step.stage) <= order(step.stage))

/** The first step of a stage takes whoever comes into the stage without being put anywhere, which nobody may into a check. */
const entersUnchecked = (steps: readonly JobStep[]): boolean =>
  steps.every((step, at) => step.check === undefined || steps[at - 1]?.stage === step.stage)

const distinct = (words: readonly string[]): boolean => new Set(words).size === words.length

/** The whole way: every stage has a step, the stages come in their order, and no two steps are called alike. */
export const jobSteps = z
  .array(jobStep)
  .min(stage.options.length)
  .max(30)
  .refine((steps) => distinct(steps.map(({ id }) => id)), { error: 'repeated_id' })
  .refine(
    (steps) =>
      distinct(steps.flatMap(({ name }) => (name === undefined ? [] : [name.toLowerCase()]))) &&
      distinct(steps.flatMap(({ name, stage: of }) => (name === undefined ? [of] : []))),
    { error: 'repeated_name' },
  )
  .refine((steps) => stage.options.every((one) => steps.some((step) => step.stage === one)), { error: 'stage_missing' })
  .refine(inOrder, { error: 'stage_order' })
  .refine(entersUnchecked, { error: 'check_first' })

/** Where a job says nothing of its own: the stages, with the days after which a desk usually looks again. */
export const defaultSteps: readonly JobStep[] = stage.options.map((name) => ({
  id: name,
  stage: name,
  ...({ new: { warn_days: 3 }, reviewed: { warn_days: 7 }, interview: { warn_days: 14 }, offer: { warn_days: 7 } }[
    name as string
  ] ?? {}),
}))

/** The default way with a background check before the offer; `name` is what the check is called. */
export const stepsWithCheck = (name: string): readonly JobStep[] =>
  defaultSteps.flatMap((step) =>
    step.stage === 'interview' ? [step, { id: 'background', stage: step.stage, name, check: true as const }] : [step],
  )

/** A template as it is kept for other jobs. */
export const stepTemplate = z.object({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(60),
  steps: jobSteps,
})
export type StepTemplate = z.infer<typeof stepTemplate>

/** Where an application stands: its own step, or the first of its stage where that is none of the job's (any more). */
export const standingIn = (steps: readonly JobStep[], of: Stage, stepId: string | null | undefined): JobStep => {
  const own = steps.filter((step) => step.stage === of)
  return own.find((step) => step.id === stepId) ?? own[0] ?? { id: of, stage: of }
}

/** Steps that would be gone, or would belong to another stage, if `next` took the place of `steps`. */
export const stepsLost = (steps: readonly JobStep[], next: readonly JobStep[]): readonly JobStep[] =>
  steps.filter((step) => !next.some((one) => one.id === step.id && one.stage === step.stage))

/** Steps that become checks if `next` takes the place of `steps`; whoever stands in them did not come in by a consent. */
export const stepsChecked = (steps: readonly JobStep[], next: readonly JobStep[]): readonly JobStep[] =>
  next.filter(
    (step) =>
      step.check === true &&
      steps.some((one) => one.id === step.id && one.stage === step.stage && one.check === undefined),
  )

/** Moves a step past its neighbour of the same stage; the list itself where there is none on that side. */
export const shiftStep = (steps: readonly JobStep[], id: string, by: -1 | 1): readonly JobStep[] => {
  const at = steps.findIndex((step) => step.id === id)
  const [one, other] = [steps[at], steps[at + by]]
  if (one === undefined || other === undefined || other.stage !== one.stage) return steps
  return steps.map((step, index) => (index === at ? other : index === at + by ? one : step))
}

/** How long somebody has waited, against what the step allows: calm, too long, twice too long. */
export const ageTone = (days: number, warnDays: number | undefined): 'calm' | 'warn' | 'bad' =>
  warnDays === undefined || days < warnDays ? 'calm' : days < warnDays * 2 ? 'warn' : 'bad'
