import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { platform } from '../../shared/domain/vocabulary.ts'
import { environment } from '../environment.ts'

const pattern = z
  .string()
  .max(300)
  .transform((text, context) => {
    try {
      return new RegExp(text, 'iu')
    } catch {
      context.addIssue({ code: 'custom', message: 'not a regular expression' })
      return z.NEVER
    }
  })

/** How one platform's mails and downloaded files look; a file of `resources/intake`. Rules are data (`docs/decisions.md`, "Intake"). */
export const intakeRules = z.strictObject({
  platform,
  /** Domains that the platform sends from; a subdomain counts. */
  senders: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)),
  /** Header fields that its mails carry. */
  headers: z.array(z.strictObject({ name: z.string().regex(/^[a-z0-9-]+$/), value: pattern })).default([]),
  /** Subjects; the groups `job`, `job_no`, `city` and `delivery` tell more. */
  subjects: z.array(pattern),
  /** Names of downloaded files, with the same groups. */
  files: z.array(pattern).default([]),
  /** Words that its template carries in the text; every one of a list has to be there. */
  texts: z.array(z.array(z.string().min(2)).min(1)).default([]),
})
export type IntakeRules = z.infer<typeof intakeRules>

/** Reads and checks every file of the folder. @throws Error that names the file and what is wrong with it */
export const loadIntakeRules = (dir: string): readonly IntakeRules[] =>
  readdirSync(dir)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const read = intakeRules.safeParse(parse(readFileSync(join(dir, file), 'utf8')))
      if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`)
      if (`${read.data.platform}.yaml` !== file) throw new Error(`${file}: is named after another platform`)
      return read.data
    })

let known: readonly IntakeRules[] | undefined

/** The rules of this program, read once. */
export const ownIntakeRules = (): readonly IntakeRules[] =>
  (known ??= loadIntakeRules(join(environment.resources, 'intake')))
