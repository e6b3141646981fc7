import type { CompiledProfile } from '../profile/compile-profile.ts'
import { compileProfile } from '../profile/compile-profile.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { diffProfiles } from './diff-profiles.ts'
import { strictestOf } from './strictest-of.ts'
import { wishOf } from './wish-of.ts'

export { parseTightening } from './parse-tightening.ts'

/** `base` with whatever of a document is stricter. Pure. */
export const tightenDocument = (base: Profile, document: unknown): Profile =>
  strictestOf(base, wishOf(base, document).profile)

/**
 * Lays a profile from a hub or an enterprise over the shipped one: what is stricter counts at once, what is looser is left
 * aside, because looser rules come with a program update only (ZP-106). Cells taken over carry the source `e`. `ignored`
 * counts what was left aside or could not be read. Never throws; a document that is no mapping changes nothing. Pure.
 */
export function tightenProfile(
  shipped: CompiledProfile,
  document: unknown,
): { readonly profile: CompiledProfile; readonly ignored: number } {
  const base = shipped.document
  const { profile: wanted, unread } = wishOf(base, document)
  const looser = diffProfiles(base, wanted).filter((change) => change.direction === 'looser')
  return { profile: compileProfile(strictestOf(base, wanted)), ignored: looser.length + unread }
}
