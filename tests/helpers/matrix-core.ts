import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { CandidateDetail, CandidateRow } from '../../electron/shared/domain/views.ts'
import type { FieldName } from '../../electron/shared/domain/vocabulary.ts'
import { revealField } from '../../electron/shared/domain/vocabulary.ts'
import { refusalCodes } from '../../electron/shared/ipc/ipc-error.ts'
import { canariesOf, matrixJob, valueOf, type MatrixPerson } from '../fixtures/matrix-people.ts'
import { cellCodes, type CellCode } from '../fixtures/policy-matrices.ts'
import { newHome, parserOf, type CoreHome } from './core-home.ts'
import { accountOf, startGenerousHub, type GenerousHub, type HubSeat } from './generous-hub.ts'

export type MatrixPlace = {
  readonly hub: GenerousHub
  readonly core: CoreHome
  /** Signs in, syncs and waits for the index. */
  enterAs(seat: HubSeat): Promise<void>
  /** Whether the account that is signed in may see insights. */
  insights(): boolean
  close(): Promise<void>
}

/** A home in front of a generous hub. */
export const openMatrixPlace = async (): Promise<MatrixPlace> => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-matrix-'))
  const hub = await startGenerousHub()
  const core = await newHome(folder, { parser: parserOf(() => ({ ok: false, reason: 'E_FILE' }) as never) })
  // Whoever has not accepted the rules in force meets no candidate.
  await core.router.call('notice.answer', { choice: 'accept' })
  let insights = false
  return {
    hub,
    core,
    insights: () => insights,
    enterAs: async (seat) => {
      await core.call('account.sign_in', { hub: hub.url, account: seat, password: accountOf(seat) })
      await syncOnce(core.core)
      await core.core.account?.indexer.settle()
      insights = await allowInsights(core)
      await allowSealedFields(core)
    },
    close: async () => {
      await core.stop('quit')
      await hub.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether the account that is signed in has been given a permission; false where the program knows no such thing. */
const allow = async (core: CoreHome, name: string): Promise<boolean> =>
  (await core.router.call('permission.set', { name, on: true })).ok

/** The one place where insights are switched on (ZP-06, ZP-62): as long as that cannot be done, none of them may cross. */
export const allowInsights = (core: CoreHome): Promise<boolean> => allow(core, 'insights')

/** The one place where the second layer is opened (ZP-05): as long as there is none, its fields follow their cells alone. */
export const allowSealedFields = (core: CoreHome): Promise<boolean> => allow(core, 'sealed_fields')

export type Looked = {
  readonly person: MatrixPerson
  /** The record's number in this home. */
  readonly id: string
  readonly row: CandidateRow | undefined
  readonly detail: CandidateDetail | undefined
  /** Code of the refusal of the detail, `none` when there is one. */
  readonly code: string
}

export const listAll = async (core: CoreHome): Promise<CandidateRow[]> => {
  const rows: CandidateRow[] = []
  for (let cursor: string | undefined; ;) {
    const page = await core.call('candidate.list', { limit: 50, ...(cursor === undefined ? {} : { cursor }) })
    rows.push(...page.items)
    if (page.next_cursor === null) return rows
    cursor = page.next_cursor
  }
}

/** Numbers of the records in this home by the platform's own ids, which cross nowhere. */
export const recordIds = (core: CoreHome): ReadonlyMap<string, string> =>
  new Map(
    core.core.account?.store.reader
      .all<{ platform_id: string; record_id: string }>('SELECT platform_id, record_id FROM candidate')
      .map((row) => [row.platform_id, row.record_id]),
  )

/** States a reason for looking at each of these people, and syncs what it opens (D17). */
export const beginLooks = async (core: CoreHome, people: readonly MatrixPerson[]): Promise<void> => {
  const ids = recordIds(core)
  for (const person of people) {
    const id = (ids.get(person.id) ?? '') as never
    await core.call('look.begin', { id, reason: 'screening', words: '复核投诉所涉及的资料' })
  }
  await syncOnce(core.core)
  await core.core.account?.indexer.settle()
}

/** Everything that the window gets of these people, by the platform's own ids. */
export const lookAt = async (core: CoreHome, people: readonly MatrixPerson[]): Promise<ReadonlyMap<string, Looked>> => {
  const rows = new Map((await listAll(core)).map((row) => [row.id as string, row]))
  const ids = recordIds(core)
  const seen = new Map<string, Looked>()
  for (const person of people) {
    const id = ids.get(person.id) ?? ''
    const answer = await core.router.call('candidate.get', { id })
    seen.set(person.id, {
      person,
      id,
      row: rows.get(id),
      detail: answer.ok ? (answer.data as CandidateDetail) : undefined,
      code: answer.ok ? 'none' : answer.error.code,
    })
  }
  return seen
}

const bodyKeys = ['years', 'degree', 'school', 'title', 'company', 'summary', 'work', 'education', 'projects'] as const
const moreBodyKeys = ['skills', 'languages', 'certificates', 'expected_job', 'expected_city', 'job_state'] as const
/** Keys of a payload that a field stands under. An age band belongs to the lists (K21), so it has rules of its own. */
const keysOf: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  name: ['name'],
  phone: ['phone'],
  email: ['email'],
  wechat: ['wechat'],
  birth_date: ['birth_date'],
  sex: ['sex'],
  household: ['household'],
  political_status: ['political_status'],
  residence: ['residence', 'city'],
  body: [...bodyKeys, ...moreBodyKeys],
  current_salary: ['current_salary'],
  expected_salary: ['expected_salary'],
  photo: ['photo', 'image'],
  id_number: ['id_number'],
  insights: ['insights'],
}

type Payload = Readonly<Record<string, unknown>>

/** The payloads of one look. */
const payloadsOf = ({ row, detail }: Looked): readonly Payload[] => {
  if (row === undefined || detail === undefined) throw new Error('the record is not listed, or not opened')
  return [row, detail]
}

export const expectNowhere = (looked: Looked, field: FieldName): void => {
  const payloads = payloadsOf(looked)
  const keys = (keysOf[field] ?? []).filter((key) => payloads.some((payload) => Object.hasOwn(payload, key)))
  expect(keys).toEqual([])
  expectNoCanary(looked, field)
}

const expectNoCanary = (looked: Looked, field: FieldName): void => {
  const text = JSON.stringify(payloadsOf(looked))
  expect(canariesOf(looked.person, field).filter((canary) => text.includes(canary))).toEqual([])
}

const reveal = async (core: CoreHome, { id }: Looked, field: FieldName): Promise<{ code: string; value?: string }> => {
  const answer = await core.router.call('candidate.reveal', { id, job_id: matrixJob, field, reason: 'contact' })
  return answer.ok
    ? { code: 'none', value: (answer.data as { readonly value: string }).value }
    : { code: answer.error.code }
}

export const isRevealable = (field: FieldName): boolean => revealField.safeParse(field).success

export const expectRefused = async (core: CoreHome, looked: Looked, field: FieldName): Promise<void> => {
  const { code, value } = await reveal(core, looked, field)
  expect(value).toBeUndefined()
  // A field that no reveal knows does not fit the route, whoever asks.
  if (isRevealable(field)) expect(refusalCodes).toContain(code)
  else expect(code).toBe('E_INPUT')
}

/** The mark of a value, never the value: what stands before a reveal, and in place of one where there is none. */
const expectPattern = (looked: Looked, field: FieldName, known: boolean, cardOnly: boolean): void => {
  const [row = {}, detail = {}] = payloadsOf(looked)
  // The mark of an address is its city.
  if (field === 'residence') return expectCity(looked)
  expectNoCanary(looked, field)
  // A photo has no pattern.
  if (field === 'photo') return
  const shown = [detail, ...(cardOnly ? [] : [row])].flatMap((payload) =>
    (keysOf[field] ?? []).flatMap((key) => (Object.hasOwn(payload, key) ? [String(payload[key])] : [])),
  )
  expect(shown.length > 0).toBe(known)
  for (const text of shown) expect(text).toContain('*')
}

const expectCity = ({ person, row, detail }: Looked): void => {
  expect([row?.city, detail?.city, detail?.residence]).toEqual([person.city, person.city, person.city])
  expect(JSON.stringify([row, detail])).not.toContain(person.street)
}

const whyOf = (payload: { readonly why: CandidateRow['why'] } | undefined, field: FieldName): string | undefined =>
  payload?.why.find((why) => why.field === field)?.state

type Expectation = {
  readonly field: FieldName
  readonly code: CellCode
  /** The hub sent the value with evidence that carries it; without, a contact that may be revealed is not known here. */
  readonly told: boolean
  /** An attachment came with the evidence. */
  readonly attached: boolean
  /** An admin's list shows the card and no more. */
  readonly cardOnly: boolean
}

const expectReveal = async (core: CoreHome, looked: Looked, { field, told, cardOnly }: Expectation): Promise<void> => {
  const known = told || !['phone', 'email', 'wechat'].includes(field)
  expectPattern(looked, field, known, cardOnly)
  if (!isRevealable(field)) return expectRefused(core, looked, field)
  expect(await reveal(core, looked, field)).toEqual(
    known ? { code: 'none', value: valueOf(looked.person, field) } : { code: 'E_NOT_FOUND' },
  )
}

const expectShown = (looked: Looked, { field, cardOnly }: Expectation): void => {
  const { person, row, detail } = looked
  const text = JSON.stringify(detail)
  switch (field) {
    case 'name':
      expect(detail?.name).toBe(person.name)
      if (!cardOnly) expect(row?.name).toBe(person.name)
      return
    case 'residence':
      expect([detail?.residence, detail?.city, row?.city]).toEqual([valueOf(person, field), person.city, person.city])
      return
    case 'body':
      for (const canary of canariesOf(person, field)) expect(text).toContain(canary)
      if (!cardOnly) expect([row?.company, row?.school, row?.years]).toEqual([person.company, person.school, 9])
      return
    case 'expected_salary': {
      const [from, to] = canariesOf(person, field)
      expect(detail?.expected_salary).toBe(`${from}–${to}`)
      return
    }
    case 'insights':
      expect((detail as Payload | undefined)?.insights).toMatchObject({ reply_rate: person.insights.reply_rate })
      expect(text).not.toContain(person.insights.remark)
      return
    default:
      // A photo is looked at apart from the payloads.
      expectNowhere(looked, field)
  }
}

const expectAttachment = async (core: CoreHome, looked: Looked, expected: Expectation): Promise<void> => {
  const files = looked.detail?.attachments ?? []
  expect(files.length).toBe(expected.code !== '-' && expected.attached ? 1 : 0)
  expectNoCanary(looked, 'attachment')
  if (expected.code !== '-') return
  const file = core.core.account?.store.reader.get<{ id: string }>(
    'SELECT id FROM attachment WHERE record_id = ?',
    looked.id,
  )
  expect(file !== undefined).toBe(expected.attached)
  if (file !== undefined) expect(refusalCodes).toContain(await core.codeOf('attachment.open', { id: file.id }))
}

/** Holds what crossed against one cell. */
export const expectCell = async (core: CoreHome, looked: Looked, expected: Expectation): Promise<void> => {
  const { field, code } = expected
  const { person, row, detail } = looked
  const { state } = cellCodes[code]
  const inDetail = whyOf(detail, field)
  if (inDetail !== undefined) expect(inDetail).toBe(state)
  const inRow = expected.cardOnly ? undefined : whyOf(row, field)
  if (inRow !== undefined) expect(inRow).toBe(state)
  if (field === 'attachment') return expectAttachment(core, looked, expected)
  switch (code) {
    case '-':
    case 'apr':
    case 'VN':
      expectNowhere(looked, field)
      return expectRefused(core, looked, field)
    case 'ali':
      expect([row?.name, detail?.name]).toEqual([`${person.surname}某`, `${person.surname}某`])
      expectNoCanary(looked, field)
      return expectRefused(core, looked, field)
    case 'msk':
      expectPattern(looked, field, expected.told || field === 'name', expected.cardOnly)
      return expectRefused(core, looked, field)
    case 'band':
      expect([row?.age_band, detail?.age_band]).toEqual([person.ageBand, person.ageBand])
      expectNowhere(looked, field)
      return expectRefused(core, looked, field)
    case 'city':
      expectCity(looked)
      return expectRefused(core, looked, field)
    case 'rev':
      return expectReveal(core, looked, expected)
    case 'see':
      return expectShown(looked, expected)
    case 'vw':
    case 'vw+':
      throw new Error(`${field} cannot be a file`)
  }
}

/** What the program says of a cell. */
export const explained = async (core: CoreHome, { id }: Looked, field: FieldName) => {
  const { state, form } = await core.call('candidate.explain', { id: id as never, job_id: matrixJob as never, field })
  return { state, form }
}
