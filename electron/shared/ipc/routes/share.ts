import { z } from 'zod'
import { paperLanguage } from '../../domain/disclosure.ts'
import { jobId, recordId } from '../../domain/ids.ts'
import { policyLift, policyRule } from '../../domain/policy-codes.ts'
import {
  recipientCheck,
  recipientName,
  sharedField,
  shareItems,
  shareReason,
  shareView,
  sharingConsent,
} from '../../domain/sharing.ts'
import { defineRoutes } from '../define-route.ts'

const id = z.string().min(1).max(128)
const person = z.object({ id: recordId, job_id: jobId.optional() })
const write = { host: 'core', access: 'write', roles: ['hr'] } as const

/**
 * Giving a person's data to another processor (ZP-34, ZP-70). The program writes down what is given, to whom and by which
 * consent; it sends nothing, and there is no link that anybody could open.
 */
export const shareRoutes = defineRoutes({
  'share.list': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: person,
    output: z.object({
      consents: z.array(sharingConsent),
      items: z.array(shareView),
      /** What may be given: a field that whoever shares may not see themselves cannot be. */
      fields: z.array(sharedField),
      /** Why nothing can be given now. */
      locked: z.object({ rule: policyRule, clause: z.string(), lift: policyLift }).nullable(),
      now: z.int(),
    }),
  },
  /** Notes the person's own separate consent, which names the recipient. */
  'share.consent': {
    ...write,
    action: 'consent',
    input: person.extend({
      recipient: recipientName,
      said_at: z.int().min(0),
      until: z.int().optional(),
      /** How they said so; sealed with the record. */
      reference: z.string().trim().min(3).max(200),
    }),
    output: sharingConsent,
  },
  'share.create': {
    ...write,
    action: 'share',
    input: person.extend({
      consent_id: id,
      ...shareItems.shape,
      reason: shareReason,
      document: z.string().trim().max(200).optional(),
      checks: z.array(recipientCheck),
    }),
    output: shareView,
  },
  /** Ends what was given: the person took the consent back, or the recipient needs it no more. */
  'share.end': {
    ...write,
    action: 'share',
    input: z.object({ id, why: z.enum(['withdrawn', 'not_needed']) }),
    output: shareView,
  },
  /** What to write to the recipient once it has ended; it names the share by its number and the person not at all. */
  'share.notice': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: z.object({ id, language: paperLanguage }),
    output: z.object({ text: z.string(), contact: z.string() }),
  },
  'share.told': { ...write, action: 'share', input: z.object({ id }), output: shareView },
})
