import type { Columns } from './erasure-holding.ts'

/** What the tables of sharing hold of a person (`erasure-registry.ts`). A recipient and a referrer are never the person. */
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
  // Colleagues, with their own consent (ZP-55); wiped by themselves, not with a candidate.
  referrer: { id: 'own', name: 'own', mail: 'own', department: 'own', consented_at: 'own', by: 'own' },
} as const satisfies Readonly<Record<string, Columns>>
