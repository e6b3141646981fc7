import { z } from 'zod'
import { ledgerEntry } from '../../shared/domain/ledger-entry.ts'
import { disclosure, type DisclosureLog } from '../../shared/ledger/disclosure.ts'
import { listApplications } from '../candidates/candidate-rows.ts'
import type { ReaderCall } from '../handler.ts'
import { namesOf } from '../scorecards/colleagues.ts'
import { sharesOf } from '../sharing/share-rows.ts'
import { certificatesOf, entriesOf, stateOf, type KnownPerson } from './known-person.ts'

export const statementFormat = 'candor-statement/1'

/** One thing that was done with the person's data, for people to read; its entry and proof stand under `disclosure`. */
export const statementRow = z.object({
  log: z.string(),
  i: z.int(),
  at: z.iso.datetime(),
  action: z.string(),
  outcome: z.string(),
  by: z.object({
    account: z.string(),
    name: z.string().optional(),
    role: z.string(),
    employer: z.string(),
    agency: z.string().optional(),
  }),
  job: z.string().optional(),
  job_title: z.string().optional(),
  fields: z.array(z.string()).optional(),
  reason: z.string().optional(),
  clause: z.string().optional(),
})
export type StatementRow = z.infer<typeof statementRow>

/** What was given to another processor: the five items of ZP-70, the ground, and when it ended. */
export const statementShare = z.object({
  at: z.iso.datetime(),
  recipient: z.string(),
  contact: z.string(),
  purpose: z.string(),
  method: z.string(),
  types: z.array(z.string()),
  reason: z.string(),
  document: z.string().optional(),
  ended_at: z.iso.datetime().optional(),
})
export type StatementShare = z.infer<typeof statementShare>

/** The access statement of one person (`docs/formats.md`). It holds no name and no contact: the log outlives both. */
export const statement = z.object({
  format: z.literal(statementFormat),
  made_at: z.iso.datetime(),
  employer: z.string(),
  subject: z.object({ platform: z.string(), candidate: z.string(), hash: z.string() }),
  state: z.enum(['live', 'locked', 'destroyed', 'unknown']),
  destroyed_at: z.iso.datetime().optional(),
  /** Until when the log can be told of this person (D11). */
  until: z.iso.datetime().optional(),
  rows: z.array(statementRow),
  /** To whom it was given, by the person’s own consent; these words end with the record, the entries of the log do not. */
  shares: z.array(statementShare).default([]),
  /** Until when copies are kept, and by which rule. */
  kept: z.array(
    z.object({
      job: z.string(),
      job_title: z.string().optional(),
      until: z.iso.datetime().optional(),
      reason: z.string().optional(),
      clause: z.string().optional(),
      held_until: z.iso.datetime().optional(),
    }),
  ),
  /** Certificates of destruction, each as it was signed. */
  certificates: z.array(z.string()),
  disclosure,
  /** Whether the logs of the enterprise's other devices are in it, or this one's alone. */
  devices: z.enum(['all', 'own']),
  /** Whether a witness outside of the devices confirmed every log's head. */
  completeness: z.enum(['witnessed', 'device_only']),
})
export type Statement = z.infer<typeof statement>

const iso = (at: number): string => new Date(at).toISOString()

const keptOf = (call: ReaderCall, { record }: KnownPerson): Statement['kept'] =>
  record === null
    ? []
    : listApplications(call.store, record.record_id).map((application) => ({
        job: application.job_id,
        ...(application.job_title === null ? {} : { job_title: application.job_title }),
        ...(application.due_at === null ? {} : { until: iso(application.due_at) }),
        ...(application.due_reason === null ? {} : { reason: application.due_reason }),
        ...(application.due_clause === null ? {} : { clause: application.due_clause }),
        ...(application.held_until === null ? {} : { held_until: iso(application.held_until) }),
      }))

export const statementShares = (call: ReaderCall, record: KnownPerson['record']): StatementShare[] =>
  record === null || call.account.keystore.state(record.key_slot) !== 'live'
    ? []
    : sharesOf(call, record).map(({ id: _id, by: _by, told_at: _told, at, ended_at: ended, ...items }) => ({
        at: iso(at),
        ...items,
        ...(ended === undefined ? {} : { ended_at: iso(ended) }),
      }))

/**
 * Everything that the logs say of a person, with the proofs that it stands in the signed logs.
 * @param others logs of other devices; null where they could not be had
 */
export const buildStatement = (
  call: ReaderCall,
  person: KnownPerson,
  others: readonly DisclosureLog[] | null,
): Statement => {
  const { ledger } = call.vault
  const logs = [ledger.disclose(person.subject), ...(others ?? [])]
  const state = stateOf(call, person)
  const nameOf = namesOf(call)
  const titleOf = (id: string): string | undefined =>
    call.store.get<{ title: string }>('SELECT title FROM job WHERE id = ?', id)?.title
  const rowOf = (log: string, i: number, text: string): StatementRow => {
    const entry = ledgerEntry.parse(JSON.parse(text))
    const { account, role, employer, agency } = entry.actor
    const name = nameOf(account)
    const title = entry.job === undefined ? undefined : titleOf(entry.job)
    return {
      log,
      i,
      at: iso(entry.at),
      action: entry.action,
      outcome: entry.outcome,
      by: {
        account,
        ...(name === account ? {} : { name }),
        role,
        employer,
        ...(agency === undefined ? {} : { agency }),
      },
      ...(entry.job === undefined ? {} : { job: entry.job }),
      ...(title === undefined ? {} : { job_title: title }),
      ...(entry.fields === undefined ? {} : { fields: entry.fields }),
      ...(entry.reason === undefined ? {} : { reason: entry.reason }),
      ...(entry.policy === undefined ? {} : { clause: entry.policy.clause }),
    }
  }
  const rows = logs
    .flatMap(({ origin, rows: listed }) => listed.map(({ i, entry }) => rowOf(origin, i, entry)))
    .toSorted((a, b) => a.at.localeCompare(b.at))
  return {
    format: statementFormat,
    made_at: iso(call.now),
    employer: call.account.actor.employer,
    subject: {
      platform: person.subject.platform,
      candidate: person.subject.id,
      hash: person.log?.hash ?? '',
    },
    state: state.state,
    ...(state.destroyed_at === undefined ? {} : { destroyed_at: iso(state.destroyed_at) }),
    ...(state.until === undefined ? {} : { until: iso(state.until) }),
    rows,
    shares: statementShares(call, person.record),
    kept: keptOf(call, person),
    certificates: certificatesOf(call, person, entriesOf(call, person)),
    disclosure: { logs },
    devices: others === null ? 'own' : 'all',
    completeness: logs.every(({ cosignatures }) => cosignatures.length > 0) ? 'witnessed' : 'device_only',
  }
}
