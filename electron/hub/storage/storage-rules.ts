import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { findResources } from '../resources.ts'

const limits = z.strictObject({
  records: z.int().nonnegative().optional(),
  attachments: z.int().nonnegative().optional(),
  bytes: z.int().nonnegative().optional(),
})
/** What one employer may keep; what is left out has no end. */
export type StorageLimits = z.output<typeof limits>

const shipped = z.object({
  limits,
  /** Outbox items that add words of one's own. Logs, certificates, requests, consents and what the work decides are never among them. */
  refuses: z.array(z.string()),
  /** From this share of a limit on administrators are told. */
  tell_at: z.number().min(0).max(1),
})
/** What whoever runs the hub says: for every employer, and for single ones by id or name. */
const own = z.strictObject({ limits: limits.optional(), employers: z.record(z.string(), limits).default({}) })

export type StorageRules = {
  readonly refuses: ReadonlySet<string>
  readonly tellAt: number
  limitsOf(employer: { readonly id: string; readonly name: string }): StorageLimits
}

/**
 * @param file of whoever runs the hub; each limit that it names counts instead of the shipped one
 * @throws in words of our own when it cannot be used
 */
export const readStorageRules = (file?: string): StorageRules => {
  const base = shipped.parse(JSON.parse(readFileSync(join(findResources(), 'storage-quotas.json'), 'utf8')))
  const said = file === undefined ? own.parse({}) : readOwn(file)
  return {
    refuses: new Set(base.refuses),
    tellAt: base.tell_at,
    limitsOf: ({ id, name }) => ({
      ...base.limits,
      ...said.limits,
      ...(said.employers[id] ?? said.employers[name]),
    }),
  }
}

const readOwn = (file: string): z.output<typeof own> => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Error(`cannot read ${file}`)
  }
  try {
    return own.parse(JSON.parse(text))
  } catch {
    throw new Error(`${file} is no file of storage quotas`)
  }
}
