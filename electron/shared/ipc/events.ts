import type { Notice } from '../domain/desktop.ts'
import type { JobProgress } from '../domain/views.ts'

/** The lists that a change can touch. */
export type DataKind =
  | 'jobs'
  | 'candidates'
  | 'retention'
  | 'ledger'
  | 'quarantine'
  | 'intake'
  | 'views'
  | 'notes'
  | 'interviews'
  | 'messages'
  | 'pool'
  | 'ai'
  | 'backups'
  | 'requests'
  | 'officer'
  | 'people'
  | 'mailbox'
  | 'posts'
  | 'consultations'
  | 'approvals'
  | 'access'

/** What core tells a window without being asked. Never a candidate's data: a window asks again through a route. */
export type Events = {
  'state.changed': { readonly phase: string }
  'sync.progress': JobProgress
  'retention.progress': JobProgress
  'intake.progress': JobProgress
  'backup.progress': JobProgress
  'mailbox.progress': JobProgress
  /** Rows changed; `what` says which lists to ask for again. */
  'data.changed': { readonly what: readonly DataKind[] }
  /** A phone, or a passkey's page, has answered. */
  'sign_in.arrival': { readonly state: string }
  'clock.moved': { readonly offset_s: number }
  /** Something that the person wants to hear of: counts, job titles, times (ZP-51). */
  'notice.due': Notice
  /** From main: an item of the native menu or of the tray was chosen. */
  'menu.command': { readonly command: string }
  /** From main: seconds until an idle window is locked; `null` once somebody is there again. */
  'lock.countdown': { readonly seconds: number | null }
  /** From main: a link waits to be taken (`link.take`). */
  'link.arrived': Readonly<Record<never, never>>
}
export type EventName = keyof Events
