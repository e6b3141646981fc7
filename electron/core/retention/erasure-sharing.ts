import type { Columns } from './erasure-holding.ts'

/** What the tables of sharing hold of a person (`erasure-registry.ts`). A recipient is never the person. */
export const sharingHoldings = {
  share_act: {
    id: 'pseudonym',
    record_id: 'pseudonym',
    rev: 'own',
    at: 'own',
    by: 'own',
    recipient: 'own',
    reason: 'own',
    consent_id: 'pseudonym',
    types: 'own',
    ended_at: 'own',
    told_at: 'own',
    sealed: 'sealed',
  },
} as const satisfies Readonly<Record<string, Columns>>
