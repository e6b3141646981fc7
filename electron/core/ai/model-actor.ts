import { AsyncLocalStorage } from 'node:async_hooks'
import { Refusal } from '../handler.ts'

/** True wherever something happens because of what a model wrote; follows calls and promises by itself. */
const actor = new AsyncLocalStorage<'model'>()

/** Handles what a model wrote. Nothing in here, nor anything it starts, counts as a human's doing (ZP-16). */
export const asModel = <T>(work: () => T): T => actor.run('model', work)

export const isModel = (): boolean => actor.getStore() === 'model'

/**
 * Stands before every route, and once more before moves and reveals themselves: no answer of a model can call one.
 * @throws Refusal E_ROLE
 */
export const requireHuman = (): void => {
  if (!isModel()) return
  throw new Refusal('E_ROLE', 'only a person may do this', { rule: 'role', clause: 'ZP-16' }, { detail: 'actor ai' })
}
