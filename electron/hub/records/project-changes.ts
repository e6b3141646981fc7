import type { Change } from '../../shared/domain/sync-records.ts'
import type { HubQueries, HubSchema, RecordInternal } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import type { Session } from '../session.ts'
import type { Selectable } from 'kysely'
import { mayReadContent, projectCandidate, type CandidateFacts, type CandidateRecord } from './project-candidate.ts'
import { listConsentedAbroad } from './abroad.ts'
import { listRowKeys, openData } from './record-data.ts'
import { withoutAttachments } from './contact-rules.ts'
import { listApplications, type ApplicationFacts } from './list-applications.ts'

export type RecordRow = Selectable<HubSchema['record']>

/** What one account may receive of these rows, in their order; a row that is not for it is left out. */
export const projectChanges = async (
  hub: Hub,
  db: HubQueries,
  session: Session,
  rows: readonly RecordRow[],
): Promise<Change[]> => {
  const people = [...new Set(rows.flatMap((row) => row.candidate_id ?? []))]
  const keys = await listRowKeys(hub.candidateKeys, db, session.employerId, rows)
  const abroad =
    session.abroad === null ? null : await listConsentedAbroad(db, session.employerId, people, hub.clock.now())
  const facts = await listFacts(db, session, people, keys, rows, abroad)
  const held = await listHeld(db, session, people)
  return rows.flatMap((row): Change[] => {
    const change = { type: row.type, id: row.id, rev: row.rev, at: isoTime(row.at) }
    const person = row.candidate_id === null ? undefined : facts.get(row.candidate_id)
    if (row.deleted) return maySeeDelete(row, held) ? [{ ...change, op: 'delete' as const }] : []
    // An account whose check has ended keeps what it has, locked, until it is checked again or its clocks end (ZP-39).
    if (!session.verified && row.candidate_id !== null && session.role !== 'officer') return []
    if (row.type === 'candidate') {
      const data = person === undefined ? undefined : projectCandidate(session, person)
      if (data !== undefined) return [{ ...change, op: 'upsert' as const, data }]
      // It was theirs once and is not any more: the copy has to go (ZP-25, D8).
      return held.has(row.id) ? [{ ...change, op: 'delete' as const }] : []
    }
    if (!mayReceive(session, row, person)) {
      // What was assigned or opened once and is no more has to go from there.
      return isReleased(session, row) || isClosed(session, row, person, held)
        ? [{ ...change, op: 'delete' as const }]
        : []
    }
    const data = openData(row, keys)
    if (data === undefined) return []
    return [{ ...change, op: 'upsert' as const, data: row.type === 'account' ? accountFor(session, row, data) : data }]
  })
}

const isReleased = (session: Session, row: RecordRow): boolean =>
  row.type === 'application' && row.internal?.released?.includes(session.accountId) === true

/** Content that a look opened to an administrator, whose copy is a card again. */
const isClosed = (
  session: Session,
  row: RecordRow,
  person: CandidateFacts | undefined,
  held: ReadonlySet<string>,
): boolean =>
  session.role === 'admin' &&
  content.has(row.type) &&
  row.candidate_id !== null &&
  held.has(row.candidate_id) &&
  person !== undefined &&
  !mayReadContent(session, person)

/** Colleagues know each other by name and role; the rest is for administrators and for the account itself. */
const accountFor = (session: Session, row: RecordRow, data: unknown): unknown => {
  if (session.role === 'admin' || row.id === session.accountId) return data
  const { name, role, status } = data as Readonly<Record<string, unknown>>
  return { name, role, status }
}

const maySeeDelete = (row: RecordRow, held: ReadonlySet<string>): boolean =>
  row.candidate_id === null || held.has(row.candidate_id)

const staff = ['hr', 'admin', 'officer']
const audiences: Readonly<Record<string, readonly string[]>> = {
  request: staff,
  hold: staff,
  consent: staff,
  share: staff,
  note: ['hr', 'headhunter'],
  scorecard: ['hr', 'headhunter'],
  consultation: ['hr'],
  account: ['admin'],
  invitation: ['admin'],
  approval: ['admin', 'officer'],
}
/** Reaches whoever may know the person at all. */
const aboutPeople = ['application', 'attachment', 'message', 'note', 'scorecard', 'deletion_notice']

/** Beyond a card: for an administrator only with a part in the job or a stated reason (D17). */
const content: ReadonlySet<string> = new Set(['attachment', 'message'])

/** Who has to know whom: a headhunter is of another firm. */
const colleagues = ['hr', 'admin', 'officer', 'interviewer']

/** Beside the person and the application itself: their own words, those that speak to them, and marks of what was assigned. */
const mayInterviewerReceive = (session: Session, row: RecordRow, person: CandidateFacts | undefined): boolean => {
  const { account, mentions } = row.internal ?? {}
  if (person === undefined || !session.verified) return false
  if (row.type === 'deletion_notice') return true
  if (projectCandidate(session, person) === undefined || applicationOf(row, person) === undefined) return false
  switch (row.type) {
    case 'application':
    case 'scorecard':
      return true
    case 'note':
      return account === session.accountId || mentions?.includes(session.accountId) === true
    default:
      return false
  }
}

const mayReceive = (session: Session, row: RecordRow, person: CandidateFacts | undefined): boolean => {
  const internal: RecordInternal = row.internal ?? {}
  if (row.type === 'account' && colleagues.includes(session.role)) return true
  if (session.role === 'interviewer' && row.candidate_id !== null) return mayInterviewerReceive(session, row, person)
  // Handed over or run out: not even what they wrote themselves comes back without the person (ZP-95).
  if (session.jobRights !== undefined && row.candidate_id !== null && !isKnown(session, person)) return false
  if (internal.account !== undefined && internal.account === session.accountId) return true
  if (internal.audience !== undefined) return internal.audience.includes(session.role)
  if (row.candidate_id !== null && !session.verified) return false
  const audience = audiences[row.type]
  if (audience !== undefined && !audience.includes(session.role)) return false
  // One's own notes and scores; hr of the same employer shares them.
  if ((row.type === 'note' || row.type === 'scorecard') && session.role === 'headhunter') return false
  if (!aboutPeople.includes(row.type)) return true
  if (person === undefined || projectCandidate(session, person) === undefined) return row.type === 'deletion_notice'
  if (content.has(row.type) && !mayReadContent(session, person)) return false
  const application = applicationOf(row, person)
  const tied = row.type === 'application' || row.application_id !== null
  if (tied && application === undefined) return false
  return row.type !== 'attachment' || application === undefined || !withoutAttachments.has(application.channel)
}

const isKnown = (session: Session, person: CandidateFacts | undefined): boolean =>
  person !== undefined && projectCandidate(session, person) !== undefined

const applicationOf = (row: RecordRow, person: CandidateFacts): ApplicationFacts | undefined =>
  person.applications.find(
    (application) => application.id === (row.type === 'application' ? row.id : row.application_id),
  )

const listCandidates = (db: HubQueries, session: Session, ids: readonly string[]): Promise<RecordRow[]> =>
  db
    .selectFrom('record')
    .selectAll()
    .where('employer_id', '=', session.employerId)
    .where('type', '=', 'candidate')
    .where('id', 'in', [...ids])
    .where('deleted', '=', false)
    .execute()

const listFacts = async (
  db: HubQueries,
  session: Session,
  people: readonly string[],
  keys: ReadonlyMap<string, Uint8Array>,
  page: readonly RecordRow[],
  abroad: ReadonlySet<string> | null,
): Promise<Map<string, CandidateFacts>> => {
  const facts = new Map<string, CandidateFacts>()
  if (people.length === 0) return facts
  // Whoever stands in the page itself needs no second reading.
  const here = page.filter((row) => row.type === 'candidate')
  const others = new Set(people)
  for (const row of here) others.delete(row.id)
  const rows = others.size === 0 ? [] : await listCandidates(db, session, [...others])
  const applications = await listApplications(db, session, people)
  for (const row of [...here.filter(({ deleted }) => !deleted), ...rows]) {
    const record = openData(row, keys) as CandidateRecord | undefined
    if (record === undefined) continue
    const own = applications.get(row.id) ?? []
    facts.set(row.id, {
      id: row.id,
      record,
      applications: own,
      elsewhere: session.jobRights !== undefined && applications.has(row.id) && own.length === 0,
      ...(abroad === null ? {} : { abroad: abroad.has(row.id) }),
    })
  }
  return facts
}

const listHeld = async (db: HubQueries, session: Session, people: readonly string[]): Promise<Set<string>> => {
  if (people.length === 0) return new Set()
  const rows = await db
    .selectFrom('holding')
    .select('candidate_id')
    .where('employer_id', '=', session.employerId)
    .where('account_id', '=', session.accountId)
    .where('candidate_id', 'in', [...people])
    .execute()
  return new Set(rows.map((row) => row.candidate_id))
}
