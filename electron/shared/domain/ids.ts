import { z } from 'zod'

/** Opaque ids of the sync protocol: at most 128 bytes, never parsed for meaning. */
const opaque = z.string().min(1).max(128)

/** A candidate record in this home (a UUID made here, never the platform's own id). */
export const recordId = opaque.brand<'RecordId'>()
export type RecordId = z.infer<typeof recordId>

export const applicationId = opaque.brand<'ApplicationId'>()
export type ApplicationId = z.infer<typeof applicationId>

export const jobId = opaque.brand<'JobId'>()
export type JobId = z.infer<typeof jobId>

export const attachmentId = opaque.brand<'AttachmentId'>()
export type AttachmentId = z.infer<typeof attachmentId>

/** An account of a hub, or the one of a local workspace. */
export const accountId = opaque.brand<'AccountId'>()
export type AccountId = z.infer<typeof accountId>
