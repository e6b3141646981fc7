import type { CandidateData } from '../../shared/domain/sync-records.ts'
import type { Channel, Platform, Visibility } from '../../shared/domain/vocabulary.ts'
import type { ReadableDb } from '../store/database.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import { ageInMonths } from '../policy/text/age-in-months.ts'
import type { CandidateFlags } from '../candidates/candidate-rows.ts'
import type { Viewer } from './page-work.ts'

export type CandidateRow = {
  readonly record_id: string
  readonly platform: Platform
  readonly platform_id: string
  readonly origin: 'hub' | 'local'
  readonly rev: number
  readonly life: 'live' | 'locked'
  readonly lock_reason: string | null
  readonly locked_at: number | null
  readonly visibility: Visibility
  readonly flags: string
  readonly key_slot: string
}

/** The record of a person by the platform's id, own intake included. */
export const getCandidate = (db: ReadableDb, platformId: string): CandidateRow | undefined =>
  db.get<CandidateRow>(
    `SELECT record_id, platform, platform_id, origin, rev, life, lock_reason, locked_at, visibility, flags, key_slot
     FROM candidate WHERE platform_id = ?`,
    platformId,
  )

export const listChannels = (db: ReadableDb, recordId: string): Channel[] =>
  db
    .all<{ channel: Channel }>('SELECT DISTINCT channel FROM application WHERE record_id = ?', recordId)
    .map((row) => row.channel)

const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

export const isBlocked = (viewer: Viewer, blocked: readonly string[]): boolean => {
  const firms = new Set(viewer.firms.map(folded))
  return blocked.some((name) => firms.has(folded(name)))
}

/** Switches in clear beside the sealed record. Of the block list only whether we are on it is kept (ZP-14). */
export const flagsOf = (viewer: Viewer, data: CandidateData): CandidateFlags => ({
  ...(isBlocked(viewer, data.blocked_employers) ? { blocked: true } : {}),
  ...(data.allow_call === undefined ? {} : { allow_call: data.allow_call }),
  ...(data.insights_opt_out === undefined ? {} : { insights_opt_out: data.insights_opt_out }),
  ...(data.ai_refused === undefined ? {} : { ai_refused: data.ai_refused }),
  ...(data.do_not_contact === undefined ? {} : { do_not_contact: data.do_not_contact }),
  ...(data.virtual_number ? { virtual_number: true } : {}),
  ...(data.ai_polished === undefined ? {} : { ai_polished: data.ai_polished }),
  ...(data.guardian_consent === undefined ? {} : { guardian_consent: data.guardian_consent }),
  ...(data.self_supporting === undefined ? {} : { self_supporting: data.self_supporting }),
  ...(data.public_fields === undefined ? {} : { public_fields: data.public_fields }),
})

export type Hidden = 'blocked_employer' | 'hidden'

/**
 * Why a record may not be kept for this viewer, or null. A delivery outlives hiding and blocking (ZP-14, ZP-33); nothing
 * else does, and from headhunters a person may hide alone (ZP-25).
 */
export const hiddenFor = (
  viewer: Viewer,
  profile: CompiledProfile,
  visibility: Visibility,
  blocked: boolean,
  channels: readonly Channel[],
): Hidden | null => {
  if (channels.some((channel) => profile.deliveredChannels.has(channel))) return null
  if (blocked) return 'blocked_employer'
  if (visibility === 'none') return 'hidden'
  return visibility === 'hidden_from_headhunters' && viewer.role === 'headhunter' ? 'hidden' : null
}

/** Younger than the platform admits (ZP-04, MM-47). Unknown age is the decision's business (D15). */
export const isUnderAge = (profile: CompiledProfile, data: CandidateData, now: number): boolean => {
  const birth = data.birth_month ?? data.resume.meta.cn.birth_date ?? data.resume.meta.cn.birth_month
  const months = ageInMonths(birth, now)
  return months !== null && months < profile.minAgeMonths
}
