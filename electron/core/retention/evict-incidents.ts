import { expireIncidents } from '../incidents/incident-rows.ts'
import type { DestructionTarget } from './destruction-target.ts'

/** Incidents that were closed three years ago. */
export const evictIncidents = (target: DestructionTarget): number =>
  expireIncidents(target.store.db, target.clock.now())
