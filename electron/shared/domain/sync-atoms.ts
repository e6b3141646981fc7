import { z } from 'zod'

/** Atoms of the Candor Sync Protocol (`docs/sync-protocol.md`). */

/** Opaque id: at most 128 bytes, never parsed for meaning. */
export const syncId = z
  .string()
  .min(1)
  .refine((id) => new TextEncoder().encode(id).length <= 128, 'at most 128 bytes')
/** RFC 3339. */
export const syncTime = z.iso.datetime({ offset: true })
export const syncText = z.string().max(20_000)
export const syncLabel = z.string().max(500)

/** `hub`: each record names its own platform. */
export const syncPlatform = z.enum(['zhaopin', 'lagou', 'wanzhou', 'qingyun', 'maimai', 'hub'])
export const syncRole = z.enum(['hr', 'headhunter', 'admin', 'officer', 'interviewer'])
export type SyncRole = z.infer<typeof syncRole>
export const accountStatus = z.enum(['active', 'restricted', 'suspended', 'revoked'])
export const consentPurpose = z.enum([
  'talent_pool',
  'background_check',
  'ai',
  'cross_border',
  'sharing',
  'purpose',
  'guardian',
])
export const requestKind = z.enum(['access', 'copy', 'correct', 'delete', 'withdraw', 'restrict', 'port', 'explain'])
export const requester = z.enum(['self', 'relative', 'guardian', 'agent', 'deceased_relative'])
export const approvalKind = z.enum(['reveal', 'download', 'export', 'print', 'bulk', 'sealed', 'hold', 'handover'])
export const approvalStatus = z.enum(['pending', 'granted', 'refused'])
