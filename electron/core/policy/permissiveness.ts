import type { DisplayState, Form } from '../../shared/domain/vocabulary.ts'
import { displayStates } from '../../shared/domain/vocabulary.ts'

/**
 * How much a state and form show together; higher shows more. A part that is always seen (an age band, a city, an
 * attachment whose contacts stay redacted) is less than the whole behind a logged reveal: otherwise a download would keep
 * a later delivery from counting (K1).
 */
export function permissiveness(state: DisplayState, form: Form): number {
  const rank = displayStates.indexOf(state)
  if (state === 'see' && form !== 'full') return displayStates.indexOf('reveal') - 0.5
  return rank
}
