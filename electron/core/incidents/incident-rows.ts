import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import {
  incidentPart,
  incidentParts,
  type IncidentChannel,
  type IncidentKind,
  type IncidentState,
  type IncidentView,
} from '../../shared/domain/incidents.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type IncidentRow = {
  readonly id: string
  readonly kind: IncidentKind
  readonly at: number
  readonly discovered_at: number
  readonly from_at: number
  readonly to_at: number
  readonly account: string | null
  readonly draft_due_at: number
  readonly drafted_at: number | null
  readonly public_at: number | null
  readonly reported_at: number | null
  readonly closed_at: number | null
  readonly by: string
  readonly gone_told: number
  readonly gone_untold: number
  readonly sealed: Uint8Array
}

export type IncidentPerson = {
  readonly record_id: string
  readonly fields: string
  readonly first_at: number
  readonly last_at: number
  readonly seen: number
  readonly channel: IncidentChannel | null
  readonly told_at: number | null
}

/** What people wrote of an incident, under the home's own key: it is about what happened and names nobody. */
const incidentWords = z.object({ title: z.string(), parts: incidentParts })
export type IncidentWords = z.infer<typeof incidentWords>

const placeOf = (id: string): string => aad('incident', 'sealed', id)

export const sealIncident = (key: KeyObject, id: string, words: IncidentWords): Uint8Array =>
  sealBox(key, placeOf(id), toSealable(words))

export const openIncident = (key: KeyObject, row: Pick<IncidentRow, 'id' | 'sealed'>): IncidentWords =>
  incidentWords.parse(fromSealable(openBox(key, placeOf(row.id), row.sealed)))

/** Those that are open first, then by when they were discovered. */
export const listIncidents = (db: ReadableDb): IncidentRow[] =>
  db.all<IncidentRow>('SELECT * FROM incident ORDER BY closed_at IS NOT NULL, discovered_at DESC, id')

/** @throws IpcError E_NOT_FOUND */
export const requireIncident = (db: ReadableDb, id: string): IncidentRow => {
  const row = db.get<IncidentRow>('SELECT * FROM incident WHERE id = ?', id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such incident')
  return row
}

export const listPersons = (db: ReadableDb, id: string): IncidentPerson[] =>
  db.all<IncidentPerson>(
    `SELECT record_id, fields, first_at, last_at, seen, channel, told_at FROM incident_person
     WHERE incident_id = ? ORDER BY record_id`,
    id,
  )

const countPersons = (db: ReadableDb, id: string): { readonly persons: number; readonly told: number } =>
  db.get<{ persons: number; told: number }>(
    'SELECT count(*) AS persons, count(told_at) AS told FROM incident_person WHERE incident_id = ?',
    id,
  ) ?? { persons: 0, told: 0 }

export const missingParts = ({ parts }: IncidentWords): IncidentView['missing'] =>
  incidentPart.options.filter((part) => parts[part].trim() === '')

const stateOf = (row: IncidentRow, untold: number): IncidentState => {
  if (row.closed_at !== null) return 'closed'
  if (row.drafted_at === null) return 'draft'
  // Whoever cannot be reached by name is told by the public notice.
  return untold > 0 || (row.gone_untold > 0 && row.public_at === null) ? 'telling' : 'told'
}

const unlessNull = (row: IncidentRow): Partial<IncidentView> =>
  Object.fromEntries(
    (['account', 'drafted_at', 'public_at', 'reported_at', 'closed_at'] as const).flatMap((key) =>
      row[key] === null ? [] : [[key, row[key]]],
    ),
  )

export const incidentViewOf = (
  db: ReadableDb,
  key: KeyObject,
  row: IncidentRow,
  nameOf: (id: string) => string,
): IncidentView => {
  const words = openIncident(key, row)
  const { persons, told } = countPersons(db, row.id)
  const { id, kind, at, discovered_at, from_at, to_at, draft_due_at, gone_told, gone_untold } = row
  return {
    id,
    kind,
    at,
    discovered_at,
    from_at,
    to_at,
    draft_due_at,
    gone_told,
    gone_untold,
    ...unlessNull(row),
    ...(row.account === null ? {} : { account_name: nameOf(row.account) }),
    title: words.title,
    state: stateOf(row, persons - told),
    by: nameOf(row.by),
    parts: words.parts,
    missing: missingParts(words),
    persons,
    told,
  }
}

/** Three years after it was closed nobody needs it any more. */
const keptFor = 3 * 366 * 86_400_000

/** Ends incidents whose time is over; the rows of their people go first. @returns how many */
export const expireIncidents = (db: WritableDb, now: number): number =>
  db.transaction(() => {
    const over = 'closed_at IS NOT NULL AND closed_at <= ?'
    db.run(`DELETE FROM incident_person WHERE incident_id IN (SELECT id FROM incident WHERE ${over})`, now - keptFor)
    return db.run(`DELETE FROM incident WHERE ${over}`, now - keptFor).changes
  })
