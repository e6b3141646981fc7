import { z } from 'zod'
import { resume } from '../../../shared/domain/resume.ts'
import { statement } from '../statement.ts'

export const packageFormat = 'candor-package/1'
export const transferFormat = 'candor-transfer/1'

const time = z.iso.datetime()
const text = z.string()

const contacts = z
  .object({ name: text, phone: text, email: text, wechat: text })
  .partial()
  .describe('Values that the person gave, by kind')

export const packagedFile = z.object({
  /** Inside of the ZIP; left out where the file was announced and never fetched. */
  file: text.optional(),
  name: text,
  media_type: text,
  size: z.int(),
  sha256: text,
})

const kept = statement.shape.kept.element

/** Who got what, and for what. */
const recipient = z.object({
  kind: z.enum(['employer', 'agency', 'platform', 'background_provider', 'model', 'handed_over', 'shared_with']),
  name: text,
  contact: text.optional(),
  method: text.optional(),
  /** Codes of the fields that were given. */
  types: z.array(text).optional(),
  ended_at: time.optional(),
  purpose: text.optional(),
  legal_basis: text.optional(),
  at: time.optional(),
})

const application = z.object({
  id: text,
  job: text,
  job_title: text.optional(),
  channel: text,
  evidence_at: time,
  at: time,
  stage: text,
  decision: text.optional(),
  moves: z.array(z.object({ at: time, by: text, from: text, to: text, reason: text.optional() })),
  notes: z.array(z.object({ at: time, by: text, text })),
  scorecards: z.array(
    z.object({
      at: time,
      by: text,
      marks: z.record(text, z.number()),
      recommendation: text.optional(),
      text: text.optional(),
    }),
  ),
  interviews: z.array(
    z.object({
      starts_at: time,
      minutes: z.int(),
      kind: text,
      state: text,
      place: text.optional(),
      words: text.optional(),
    }),
  ),
  messages: z.array(z.object({ at: time, author: z.enum(['candidate', 'human', 'ai']), kind: text, text })),
  background_checks: z.array(
    z.object({
      asked_at: time,
      state: text,
      provider: text,
      scope: z.array(text),
      report: text.optional(),
      destroy_at: time.optional(),
    }),
  ),
  attachments: z.array(packagedFile),
})

/** The person's copy of everything that is held of them (ZP-90). Texts of others are theirs no more: names and contacts are out. */
export const copyPackage = z.object({
  format: z.literal(packageFormat),
  made_at: time,
  employer: text,
  subject: z.object({ platform: text, candidate: text }),
  /** Fields that the rules of whoever made it keep from them; the protection officer's package leaves none out. */
  left_out: z.array(text),
  person: z.object({
    resume,
    contacts,
    /** What lies in the second layer (ZP-05). */
    sensitive: z.record(text, z.unknown()),
    told_in_chat: z.array(z.object({ field: text, value: text.optional(), at: time })),
    settings: z.record(text, z.unknown()),
    marks: z.array(z.object({ kind: text, at: time.optional(), valid: z.boolean() })),
    age_confirmed_at: time.optional(),
  }),
  sources: z.array(z.object({ platform: text, channel: text, at: time, job: text, origin: text.optional() })),
  /** Of an application the channel that it came by, of another job the basis that it was stated to rest on (ZP-08). */
  purposes: z.array(
    z.object({
      job: text,
      job_title: text.optional(),
      channel: text.optional(),
      legal_basis: text.optional(),
      at: time,
      rests_on: text.optional(),
    }),
  ),
  recipients: z.array(recipient),
  applications: z.array(application),
  consents: z.array(z.object({ purpose: text, granted: z.boolean(), scope: text.optional(), until: time.optional() })),
  pools: z.array(z.object({ pool: text, consented_at: time, until: time, rests_on: text.optional() })),
  holds: z.array(z.object({ until: time, at: time.optional(), released_at: time.optional() })),
  ai_outputs: z.array(z.object({ application: text, kind: text, model: text, at: time, text })),
  /** Words that colleagues typed when they opened or changed something. */
  reasons: z.array(z.object({ at: time, text })),
  /** What the platform sent besides, as it came. */
  other: z.array(z.object({ kind: text, at: time, data: z.unknown() })),
  /** Until when it is kept. */
  expiry: z.array(kept),
  /** Who looked: the access statement with its proofs. */
  log: statement,
})
export type CopyPackage = z.infer<typeof copyPackage>

/**
 * What the person gave, in a form that another processor can read (QY-42, MM-45): its schema is published as
 * `resources/schemas/candor-transfer-1.schema.json`.
 */
export const transferPackage = z
  .object({
    format: z.literal(transferFormat).describe('This format and its version'),
    made_at: time.describe('When it was made'),
    from: text.describe('The enterprise that gives it'),
    subject: z.object({ platform: text, candidate: text }).describe('The person as the platform of origin names them'),
    resume: resume.describe('JSON Resume (https://jsonresume.org/schema) with meta.cn for what it lacks'),
    contacts,
    applications: z
      .array(z.object({ job_title: text.optional(), channel: text, at: time }))
      .describe('What the person applied for'),
    messages: z.array(z.object({ at: time, text })).describe('What the person wrote; nobody else’s words'),
    consents: z
      .array(z.object({ purpose: text, granted: z.boolean(), scope: text.optional(), until: time.optional() }))
      .describe('What the person agreed to; a consent given to one processor binds no other'),
    attachments: z.array(packagedFile).describe('Files beside this one, with their SHA-256'),
  })
  .describe('Transfer of the data that a person gave to a recruiter, to another processor of their choice')
export type TransferPackage = z.infer<typeof transferPackage>
