import type { Platform } from '../../shared/domain/vocabulary.ts'

/** A profile ready for decisions: cells as a lookup table. Filled in by `loadProfiles`. */
export type CompiledProfile = {
  readonly id: Platform
}
