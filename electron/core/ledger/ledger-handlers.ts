import { requireCandidate } from '../candidates/candidate-rows.ts'
import { logState, stateOfLog, type HeldLog } from '../../shared/domain/log-health.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { toBase64 } from '../../shared/ledger/bytes.ts'
import { parseCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { formatCheckpointLine } from '../../shared/ledger/checkpoint-line.ts'
import { defineHandlers } from '../handler.ts'
import { openRecord } from '../candidates/open-record.ts'
import { namesOf } from '../scorecards/colleagues.ts'
import { jobsOf, ledgerPage } from './ledger-rows.ts'
import { printAnchor } from './print-anchor.ts'

export const ledgerHandlers = defineHandlers({
  'ledger.list': {
    // Reading the log is logged (L-24), before the rows leave.
    disclose: (call, input) => {
      const candidate = input.record_id === undefined ? undefined : requireCandidate(call.store, input.record_id)
      // The log of one person is part of that record: an interviewer reads it only where they may open that.
      const jobs =
        candidate !== undefined && call.account.role === 'interviewer'
          ? jobsOf(openRecord(call, candidate.record_id, undefined))
          : undefined
      return {
        entries:
          input.cursor === undefined
            ? [
                {
                  action: 'log_read',
                  outcome: 'shown',
                  ...(candidate === undefined
                    ? {}
                    : { subject: { platform: candidate.platform, id: candidate.platform_id } }),
                },
              ]
            : [],
        answer: () => {
          const { items, nextCursor, total } = ledgerPage(call, candidate, input.limit, input.cursor)
          if (jobs === undefined) return { items, next_cursor: nextCursor, total }
          const own = items.filter(({ job }) => job === undefined || jobs.has(job))
          return { items: own, next_cursor: nextCursor, total: own.length }
        },
      }
    },
  },
  'ledger.verify': {
    read: ({ vault }) => {
      const report = vault.ledger.verifySelf()
      return {
        verdict: report.verdict,
        ...(report.where === undefined ? {} : { where: report.where }),
        size: vault.ledger.size(),
        root: Buffer.from(vault.ledger.root()).toString('base64'),
        completeness: report.completeness,
        proven_to: report.provenTo,
        ...(report.witnessedAt === undefined ? {} : { witnessed_at: report.witnessedAt }),
      }
    },
  },
  'ledger.devices': {
    read: async (call) => {
      const { account, vault, now } = call
      const held = (await account.hub?.heldLogs()) ?? []
      const nameOf = namesOf(call)
      const order = (log: HeldLog): number => logState.options.indexOf(stateOfLog(log, now))
      const items = held
        .toSorted((a, b) => order(a) - order(b) || (a.seen_at < b.seen_at ? 1 : -1))
        .map((log) => ({
          ...log,
          account_name: nameOf(log.account),
          state: stateOfLog(log, now),
          ...(log.device === vault.ledger.deviceId ? { here: vault.ledger.size() } : {}),
        }))
      return { hub: account.hub !== null, items, now }
    },
  },
  'ledger.anchor': {
    perform: async ({ core }) => {
      const { vault } = core
      if (vault === null) throw new IpcError('E_SESSION', 'nobody is signed in')
      await Promise.resolve()
      const note = vault.ledger.checkpoint()
      const { origin, size, root } = parseCheckpoint(note)
      return {
        output: { line: formatCheckpointLine(note), origin, size, root: toBase64(root) },
        entries: [{ action: 'export', outcome: 'done', detail: `anchor size ${size}` }],
      }
    },
  },
  'ledger.anchor_file': {
    read: async ({ account, vault, now }, { size, as, language }) => {
      const note = vault.ledger.signedCheckpoint(size)
      if (note === undefined) throw new IpcError('E_NOT_FOUND', 'no such head was signed')
      const employer = account.view.employer
      const bytes = as === 'pdf' ? await printAnchor(note, { employer, language, now }) : Buffer.from(note)
      return { file_name: `candor-checkpoint-${size}.${as}`, base64: bytes.toString('base64') }
    },
  },
  'ledger.export': {
    perform: async ({ core }) => {
      const { vault } = core
      const lines: string[] = []
      // The bundle ends before the entry that tells of it: it cannot hold a proof of itself.
      const { size } = vault?.ledger.exportBundle((line) => lines.push(line)) ?? { size: 0 }
      await Promise.resolve()
      return {
        output: { bundle: `${lines.join('\n')}\n`, size },
        entries: [{ action: 'export', outcome: 'done', detail: `ledger size ${size}` }],
      }
    },
  },
})
