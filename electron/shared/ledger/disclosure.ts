import { z } from 'zod'

/** One candidate's rows of one device's log, each with its proof. */
export const disclosureLog = z.object({
  origin: z.string(),
  public_key: z.string(),
  checkpoint: z.string(),
  cosignatures: z.array(z.string()),
  rows: z.array(z.object({ i: z.int().min(0), entry: z.string(), proof: z.array(z.string()) })),
})
export type DisclosureLog = z.infer<typeof disclosureLog>

export const disclosure = z.object({ logs: z.array(disclosureLog) })
export type Disclosure = z.infer<typeof disclosure>

export { findDisclosureProblem } from './find-disclosure-problem.ts'
