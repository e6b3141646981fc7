import { assertNever } from '../assert-never.ts'
import type { ProofKind } from '../domain/request-views.ts'
import type { z } from 'zod'
import type { requester, requestKind } from '../domain/sync-atoms.ts'

type Requester = z.infer<typeof requester>
type Kind = z.infer<typeof requestKind>

/** What each kind of requester has to show before anything is handed over or destroyed (ZP-91, QY-44). */
export const neededProofs = (who: Requester): readonly ProofKind[] => {
  switch (who) {
    case 'self':
      return ['identity']
    case 'relative':
      return ['identity', 'kinship', 'authority']
    case 'guardian':
      return ['identity', 'guardianship']
    case 'agent':
      return ['identity', 'authority']
    case 'deceased_relative':
      return ['identity', 'kinship', 'death']
    default:
      return assertNever(who)
  }
}

/** What the relatives of a deceased person may ask for: to see, copy, correct and delete (QY-44). */
export const kindsForDeceased: readonly Kind[] = ['access', 'copy', 'correct', 'delete']
