import { z } from 'zod'
import { fieldName } from './vocabulary.ts'

const ofRecipient = 'recipient:'

/** How a consent names the one to whom something may be given. */
export const recipientScope = (recipient: string): string => `${ofRecipient}${recipient}`

/** The recipient that a consent names, if it names one. */
export const recipientOfScope = (scope: string | null | undefined): string | null =>
  scope?.startsWith(ofRecipient) === true ? scope.slice(ofRecipient.length) : null

/** The eleven cases in which sharing is thinkable at all (WZ-27); each needs the person's consent besides (ZP-34). */
export const shareReason = z.enum([
  'consent',
  'law',
  'authority',
  'core_function',
  'affiliate',
  'partner',
  'agreement',
  'dispute',
  'safety',
  'public_interest',
  'already_public',
])
export type ShareReason = z.infer<typeof shareReason>

/** What is asked about a recipient before anything is given (MM-29); all of it has to be so. */
export const recipientCheck = z.enum(['identity', 'purpose', 'safeguards', 'onward', 'deletion', 'mainland'])
export type RecipientCheck = z.infer<typeof recipientCheck>

/** What can be given at all: the resume, by its fields. An identity number and what was measured of somebody never are. */
export const sharedField = fieldName.exclude(['id_number', 'insights', 'save'])
export type SharedField = z.infer<typeof sharedField>

const words = z.string().trim().min(2).max(200)

/** The five items that the person is told before they agree (ZP-70); the data types are the fifth. */
export const shareItems = z.object({
  contact: words,
  purpose: words,
  method: words,
  types: z.array(sharedField).min(1),
})

export const recipientName = z.string().trim().min(2).max(120)

/** A consent of the person that names one recipient and stands now. */
export const sharingConsent = z.object({
  id: z.string(),
  recipient: z.string(),
  until: z.int().optional(),
})
export type SharingConsent = z.infer<typeof sharingConsent>

export const shareView = z.object({
  id: z.string(),
  at: z.int(),
  by: z.string(),
  recipient: z.string(),
  contact: z.string(),
  purpose: z.string(),
  method: z.string(),
  types: z.array(z.string()),
  reason: z.string(),
  document: z.string().optional(),
  ended_at: z.int().optional(),
  told_at: z.int().optional(),
})
export type ShareView = z.infer<typeof shareView>
