import type { ReaderCall } from '../handler.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import { findSensitive, type SensitiveKind } from '../../shared/text/find-sensitive.ts'

type Consult = NonNullable<CompiledProfile['document']['consult']>
export type ConsultProfile = { readonly profile: CompiledProfile; readonly consult: Consult }

/** The one platform whose rules know consultations; whatever it is called. */
export const findConsultProfile = (profiles: Profiles): ConsultProfile | undefined => {
  for (const profile of profiles.values()) {
    const { consult } = profile.document
    if (consult !== undefined) return { profile, consult }
  }
  return undefined
}

/** Kinds of sensitive words in a text, by the words of the profile (QY-24). */
export const sensitiveIn = ({ consult }: ConsultProfile, text: string): SensitiveKind[] =>
  findSensitive(text, Object.fromEntries(consult.sensitive_words.map((kind) => [kind, consult.words[kind] ?? []])))

/** How long a talk is kept after its last word, in milliseconds (D9, QY-21). */
export const keptFor = ({ profile }: ConsultProfile): number => profile.document.retention.chat_days.value * 86_400_000

export const policyMark = ({ profile }: ConsultProfile, clause: string) => ({
  profile: profile.id,
  version: profile.document.policy.version,
  clause,
})

export const consultProfileOf = (call: ReaderCall): ConsultProfile | undefined => findConsultProfile(call.core.profiles)
