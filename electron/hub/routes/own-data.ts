import { sql } from 'kysely'
import { z } from 'zod'
import { ledgerEntry } from '../../shared/domain/ledger-entry.ts'
import { ownData, ownLogPage, ownTitleBody, type OwnLogLine } from '../../shared/domain/own-data.ts'
import { toAccountRow } from '../accounts/account-row.ts'
import { getOwnData, loggedAs } from '../accounts/own-data.ts'
import { putAccount } from '../accounts/put-account.ts'
import { isoTime } from '../hub-clock.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import { readCursor, writeCursor } from '../service/list-page.ts'

const pageRows = 1000
const place = z.tuple([z.number(), z.number(), z.string()])

/** Without whom it was about, and what only the log itself is checked by. */
const lineOf = (row: { readonly device_id: string; readonly entry: string }): OwnLogLine => {
  const { at, action, outcome, job, fields, reason, detail } = ledgerEntry.parse(JSON.parse(row.entry))
  return {
    at: isoTime(at),
    device: row.device_id,
    action,
    outcome,
    ...(job === undefined ? {} : { job }),
    ...(fields === undefined ? {} : { fields }),
    ...(reason === undefined ? {} : { reason }),
    ...(detail === undefined ? {} : { detail }),
  }
}

/** What people who work here learn about themselves, and what of it they change by themselves. */
export const ownDataOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/me/data',
      id: 'getOwnData',
      tag: 'sign-in',
      summary: 'Everything that the hub holds about the person of this account',
      auth: 'session',
      evenSuspended: true,
      perMinute: 30,
      answers: { 200: { description: 'The data', schema: ownData } },
    },
    async ({ hub }, session) => ({ body: await getOwnData(hub, session) }),
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/me/log',
      id: 'listOwnLog',
      tag: 'sign-in',
      summary: `What this account did by the logs of every device, never to whom; newest first, at most ${pageRows} rows`,
      auth: 'session',
      evenSuspended: true,
      query: z.object({ cursor: z.string().max(1024).optional() }),
      answers: { 200: { description: 'A page of it', schema: ownLogPage } },
      problems: { 400: 'invalid_request, cursor' },
    },
    async ({ hub, query }, session) => {
      const account = await hub.db
        .selectFrom('account')
        .select(['id', 'login'])
        .where('employer_id', '=', session.employerId)
        .where('id', '=', session.accountId)
        .executeTakeFirstOrThrow()
      let rows = hub.db
        .selectFrom('log_leaf')
        .select(['at', 'i', 'device_id', 'entry'])
        .where('employer_id', '=', session.employerId)
        .where('account_id', 'in', loggedAs(account))
        .orderBy('at', 'desc')
        .orderBy('i', 'desc')
        .orderBy('device_id', 'desc')
        .limit(pageRows)
      if (query.cursor !== undefined) {
        const [at, i, device] = readCursor(query.cursor, place)
        rows = rows.where(sql<boolean>`(at, i, device_id) < (${at}::double precision, ${i}::int, ${device})`)
      }
      const page = await rows.execute()
      const last = page.length < pageRows ? undefined : page.at(-1)
      return {
        body: {
          entries: page.map(lineOf),
          ...(last === undefined ? {} : { next_cursor: writeCursor([last.at, last.i, last.device_id]) }),
        },
      }
    },
  ),
  operation(
    {
      method: 'PUT',
      path: '/v1/me/title',
      id: 'putOwnTitle',
      tag: 'sign-in',
      summary: 'One’s own title as colleagues read it; null keeps it to oneself (ZP-40)',
      auth: 'session',
      body: ownTitleBody,
      answers: { 204: noContent },
    },
    async ({ hub, body }, session) => {
      await hub.db.transaction().execute(async (tx) => {
        const row = await tx
          .updateTable('account')
          .set({ title: body.title })
          .where('employer_id', '=', session.employerId)
          .where('id', '=', session.accountId)
          .returningAll()
          .executeTakeFirstOrThrow()
        await putAccount(hub, tx, toAccountRow(row), session.employerId)
      })
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
