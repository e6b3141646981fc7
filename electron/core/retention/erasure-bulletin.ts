import type { Columns } from './erasure-holding.ts'

/**
 * What a platform without candidates leaves in `store.db` (`erasure-registry.ts`): published posts, and the words of whoever
 * asked an institution, which go after the days of a conversation (`evict-consultations.ts`).
 */
export const bulletinHoldings = {
  post: {
    kind: 'own',
    id: 'own',
    at: 'own',
    published_at: 'own',
    data: 'own',
    followed_at: 'own',
    dismissed_at: 'own',
    news: 'own',
  },
  consultation: {
    id: 'own',
    thread_id: 'own',
    at: 'own',
    author: 'own',
    state: 'own',
    hidden: 'own',
    read_at: 'own',
    sealed: 'sealed',
  },
} as const satisfies Readonly<Record<string, Columns>>
