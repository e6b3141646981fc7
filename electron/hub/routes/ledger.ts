import { sql } from 'kysely'
import { z } from 'zod'
import { disclosure, ledgerAnswer, syncId, syncTime } from '../../shared/domain/sync-records.ts'
import { ledgerAction } from '../../shared/domain/vocabulary.ts'
import { getDisclosure } from '../candidate-portal/list-views.ts'
import { heldLogs } from '../../shared/domain/log-health.ts'
import { isoTime } from '../hub-clock.ts'
import { listHeldLogs } from '../log-tree/list-held-logs.ts'
import { pageOf, pageQuery, readCursor, writeCursor } from '../service/list-page.ts'
import { operation, type Operation } from '../operation.ts'

const pageRows = 1000
/** Of the last row of a page. */
const ledgerPlace = z.tuple([z.number(), z.int(), z.string()])

export const ledgerOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/ledger',
      id: 'listLedger',
      tag: 'administration',
      summary: `The view logs of every device, newest first, at most ${pageRows} rows`,
      auth: 'session',
      roles: ['admin', 'officer'],
      query: z.object({
        account: z.string().max(128).optional(),
        candidate: z.string().max(128).optional(),
        action: ledgerAction.optional(),
        from: syncTime.optional(),
        to: syncTime.optional(),
        ...pageQuery,
      }),
      answers: { 200: { description: 'The rows', schema: ledgerAnswer } },
      problems: { 400: 'invalid_request, cursor' },
    },
    async ({ hub, query }, session) => {
      const most = query.limit ?? pageRows
      let select = hub.db
        .selectFrom('log_leaf')
        .leftJoin('log_subject', (join) =>
          join
            .onRef('log_subject.employer_id', '=', 'log_leaf.employer_id')
            .onRef('log_subject.device_id', '=', 'log_leaf.device_id')
            .onRef('log_subject.subject', '=', 'log_leaf.subject'),
        )
        .selectAll('log_leaf')
        .select('log_subject.candidate_id')
        .where('log_leaf.employer_id', '=', session.employerId)
        .orderBy('log_leaf.at', 'desc')
        .orderBy('log_leaf.i', 'desc')
        .orderBy('log_leaf.device_id', 'desc')
        .limit(most + 1)
      if (query.cursor !== undefined) {
        const [at, i, device] = readCursor(query.cursor, ledgerPlace)
        select = select.where(
          sql<boolean>`(log_leaf.at, log_leaf.i, log_leaf.device_id) < (${at}::double precision, ${i}::int, ${device})`,
        )
      }
      if (query.account !== undefined) select = select.where('log_leaf.account_id', '=', query.account)
      if (query.candidate !== undefined) select = select.where('log_subject.candidate_id', '=', query.candidate)
      if (query.action !== undefined) select = select.where('log_leaf.action', '=', query.action)
      if (query.from !== undefined) select = select.where('log_leaf.at', '>=', Date.parse(query.from))
      if (query.to !== undefined) select = select.where('log_leaf.at', '<', Date.parse(query.to))
      const found = await select.execute()
      const rows = found.slice(0, most)
      const last = found.length > most ? rows.at(-1) : undefined
      return {
        body: {
          rows: rows.map((row) => ({
            device: row.device_id,
            i: row.i,
            at: isoTime(row.at),
            action: row.action,
            outcome: row.outcome,
            account: row.account_id,
            ...(row.candidate_id === null ? {} : { candidate_id: row.candidate_id }),
            entry: row.entry,
          })),
          ...(last === undefined ? {} : { next_cursor: writeCursor([last.at, last.i, last.device_id]) }),
        },
      }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/ledger/disclosure',
      id: 'discloseLedger',
      tag: 'administration',
      summary: 'What the logs of every device say of one person, with proofs; also after destruction (K17)',
      auth: 'session',
      roles: ['admin', 'officer'],
      query: z.object({ candidate: syncId }),
      answers: { 200: { description: 'One log a device', schema: disclosure } },
    },
    async ({ hub, query }, session) => ({
      body: await getDisclosure(hub, {
        employerId: session.employerId,
        candidateId: query.candidate,
        linkId: '',
        until: 0,
      }),
    }),
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/ledger/logs',
      id: 'listLogs',
      tag: 'administration',
      summary: 'Every device with the head of its log as it is held here, and what was found wrong with it',
      auth: 'session',
      roles: ['admin', 'officer'],
      query: z.object(pageQuery),
      answers: { 200: { description: 'The logs', schema: heldLogs } },
      problems: { 400: 'invalid_request, cursor' },
    },
    async ({ hub, query }, session) => {
      const { items, next } = pageOf(await listHeldLogs(hub.db, session.employerId), ({ device }) => device, query)
      return { body: { logs: items, ...next } }
    },
  ),
]
