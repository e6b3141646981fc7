import { z } from 'zod'
import { fieldName } from './vocabulary.ts'

const words = z.string().trim().min(2).max(300)

/** What has to stand before anybody abroad may look (ZP-102, MM-33): who receives, why, how, what, and where people turn. */
export const crossBorderRecord = z.object({
  recipient: words,
  contact: words,
  purpose: words,
  method: words,
  types: z.array(fieldName).min(1).max(20),
  /** How people exercise their rights against the recipient. */
  rights_path: words,
  /** The employer's own policy that says so. */
  policy_url: z.url({ protocol: /^https$/ }).max(300),
  /** Number of the impact assessment. */
  assessment: words,
})
export type CrossBorderRecord = z.infer<typeof crossBorderRecord>

/** The names of what is wanted, in the order in which a form asks for it. */
export const crossBorderItems = Object.keys(crossBorderRecord.shape) as ReadonlyArray<keyof CrossBorderRecord>
