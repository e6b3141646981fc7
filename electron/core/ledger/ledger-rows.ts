import { ledgerEntry, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { LedgerRow } from '../../shared/domain/views.ts'
import type { CandidateRecord } from '../candidates/candidate-rows.ts'
import type { OpenedRecord } from '../candidates/open-record.ts'
import type { ReaderCall } from '../handler.ts'

const shortHash = 12

const jobTitles = (call: ReaderCall): ((id: string) => string | undefined) => {
  const kept = new Map<string, string | undefined>()
  return (id) => {
    if (!kept.has(id)) kept.set(id, call.store.get<{ title: string }>('SELECT title FROM job WHERE id = ?', id)?.title)
    return kept.get(id)
  }
}

/** An entry as the log page shows it: codes, ids and the first characters of the subject's hash. */
const toRow = (i: number, entry: LedgerEntry, titleOf: (id: string) => string | undefined): LedgerRow => {
  const title = entry.job === undefined ? undefined : titleOf(entry.job)
  return {
    i,
    at: entry.at,
    action: entry.action,
    outcome: entry.outcome,
    account: entry.actor.account,
    role: entry.actor.role,
    ...(entry.fields === undefined ? {} : { fields: entry.fields }),
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
    ...(entry.job === undefined ? {} : { job: entry.job }),
    ...(title === undefined ? {} : { job_title: title }),
    ...(entry.policy === undefined ? {} : { clause: entry.policy.clause }),
    ...(entry.detail === undefined ? {} : { detail: entry.detail }),
    ...(entry.subject === undefined ? {} : { subject: entry.subject.candidate.slice(0, shortHash) }),
  }
}

export type LedgerPage = { readonly items: LedgerRow[]; readonly nextCursor: string | null; readonly total: number }

/** A page of the log, newest first; of one person where one is given. */
export const ledgerPage = (
  call: ReaderCall,
  candidate: CandidateRecord | undefined,
  limit: number,
  cursor: string | undefined,
): LedgerPage => {
  const { ledger } = call.vault
  const subject = candidate === undefined ? undefined : { platform: candidate.platform, id: candidate.platform_id }
  const titleOf = jobTitles(call)
  const page = ledger.list({ ...(subject === undefined ? {} : { subject }), limit, cursor: cursor ?? null })
  return {
    items: page.items.map(({ i, entry }) => toRow(i, ledgerEntry.parse(entry), titleOf)),
    nextCursor: page.nextCursor,
    total: ledger.count(subject),
  }
}

/** The jobs for which a record is open to whoever looks. */
export const jobsOf = ({ applications }: Pick<OpenedRecord, 'applications'>): ReadonlySet<string> =>
  new Set(applications.map((application) => application.job_id))

/**
 * Who looked at this record, newest first: the last twenty entries. An interviewer reads of the jobs that were assigned to them,
 * not of what else the person may have applied for.
 */
export const timelineOf = (call: ReaderCall, record: Pick<OpenedRecord, 'candidate' | 'applications'>): LedgerRow[] => {
  const { items } = ledgerPage(call, record.candidate, 20, undefined)
  if (call.account.role !== 'interviewer') return items
  const jobs = jobsOf(record)
  return items.filter(({ job }) => job === undefined || jobs.has(job))
}
