import type { JobProgress } from '../domain/views.ts'

/** The lists that a change can touch. */
export type DataKind =
  | 'jobs'
  | 'candidates'
  | 'retention'
  | 'ledger'
  | 'quarantine'
  | 'views'
  | 'notes'
  | 'interviews'
  | 'messages'
  | 'pool'
  | 'ai'

/** What core tells a window without being asked. Never a candidate's data: a window asks again through a route. */
export type Events = {
  'state.changed': { readonly phase: string }
  'sync.progress': JobProgress
  'retention.progress': JobProgress
  /** Rows changed; `what` says which lists to ask for again. */
  'data.changed': { readonly what: readonly DataKind[] }
  'clock.moved': { readonly offset_s: number }
}
export type EventName = keyof Events
