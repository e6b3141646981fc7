import { z } from 'zod'
import { recordId } from './ids.ts'
import { platform } from './vocabulary.ts'

/**
 * Whose papers are asked for: a record that is here, or, once it is destroyed, the person as the platform names them, after the
 * officer has checked who asks (K17).
 */
export const personRef = z
  .object({
    record_id: recordId.optional(),
    platform: platform.optional(),
    candidate: z.string().trim().min(1).max(128).optional(),
  })
  .refine(
    (ref) => ref.record_id !== undefined || (ref.platform !== undefined && ref.candidate !== undefined),
    'a record, or platform and candidate',
  )
export type PersonRef = z.infer<typeof personRef>

export const paperLanguage = z.enum(['zh-CN', 'en-US'])
export type PaperLanguage = z.infer<typeof paperLanguage>

/** A plain file that was made for somebody, and is registered for its destruction. */
export const madeFile = z.object({ name: z.string(), size: z.int(), written: z.boolean() })
export type MadeFile = z.infer<typeof madeFile>

/** What is known of a person without opening anything of them. */
export const personState = z.object({
  state: z.enum(['live', 'locked', 'destroyed', 'unknown']),
  /** Entries of this device's log that name the person. */
  entries: z.int(),
  first_at: z.int().optional(),
  last_at: z.int().optional(),
  destroyed_at: z.int().optional(),
  /** Until when the log can still be told of this person (D11). */
  until: z.int().optional(),
  certificates: z.int(),
})
export type PersonState = z.infer<typeof personState>

/** `copy`: everything, for the person (ZP-90). `transfer`: what the person gave, for another processor (QY-42, MM-45). */
export const packageKind = z.enum(['copy', 'transfer'])
export type PackageKind = z.infer<typeof packageKind>
