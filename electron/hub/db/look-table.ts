import type { ColumnType } from 'kysely'

/** One stated reason of an administrator: what it opened and until when (D17). */
export type ContentLookTable = {
  employer_id: string
  id: string
  account_id: string
  /** One of the two. */
  candidate_id: string | null
  job_id: string | null
  reason: string
  /** The words, under the person's key or one of its own. */
  sealed: Uint8Array | null
  /** Owners and members of the jobs at that time: they may see it. */
  concerned: ColumnType<string[], string, string>
  at: number
  until_at: number
  /** What it opened has been taken back. */
  closed: boolean
}
