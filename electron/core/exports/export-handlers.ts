import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ExportFormat } from '../../shared/ipc/routes/exports.ts'
import { getBooked, type BookedApproval } from '../approvals/approval-book.ts'
import { approvalDetail } from '../approvals/require-approval.ts'
import { requireCandidate } from '../candidates/candidate-rows.ts'
import { defineHandlers, type ReaderCall } from '../handler.ts'
import { cleanWords } from '../holds/clean-words.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { plainFileDays } from '../retention/files/file-handlers.ts'
import { placeForFile, reserveFile, writeRegistered } from '../retention/files/register-file.ts'
import { registerOf } from '../retention/files/register-of.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import { requireProof } from '../sign-in/require-proof.ts'
import { peopleToExport, type PersonToExport } from './export-people.ts'
import { exportTable, exportedFields, type ExportTable } from './export-table.ts'

const day = 86_400_000

const write = async (table: ExportTable, format: ExportFormat): Promise<Uint8Array> => {
  switch (format) {
    case 'csv':
      return (await import('./write-csv.ts')).writeCsv(table)
    case 'xlsx':
      return (await import('./write-xlsx.ts')).writeXlsx(table)
    case 'pdf':
      // The printer and its font are 10 MB that a core needs only now.
      return (await import('./draw-table.ts')).drawTable(table)
  }
}

/** An approval of one's own to export; whether it holds is asked for each person. @throws IpcError E_NOT_FOUND */
const requireOwn = (call: ReaderCall, id: string): BookedApproval => {
  const found = getBooked(call, id)
  if (found?.kind === 'export' && found.account_id === authorOf(call.account).id) return found
  throw new IpcError('E_NOT_FOUND', 'there is no such approval of yours')
}

const nobody = (): IpcError =>
  new IpcError('E_CONFLICT', 'nobody of this approval may be exported any more', { reason: 'nobody' })

/** Whether these are the same people in the same state, so that what was made of them may still leave. */
const sameState = (a: readonly PersonToExport[], b: readonly PersonToExport[]): boolean =>
  JSON.stringify(a.map(({ row }) => row)) === JSON.stringify(b.map(({ row }) => row))

const entryOf = (call: ReaderCall, { candidate, row }: PersonToExport, approval: BookedApproval): EntryDraft => {
  const profile = requireProfile(call.core.profiles, candidate.platform)
  return {
    action: 'export',
    outcome: 'done',
    subject: { platform: candidate.platform, id: candidate.platform_id },
    job: approval.job_id,
    fields: exportedFields(row),
    policy: { profile: profile.id, version: profile.document.policy.version, clause: 'ZP-96' },
    detail: approvalDetail(approval.id),
  }
}

export const exportHandlers = defineHandlers({
  'export.make': {
    prepare: async (call, { id, format, language }) => {
      if (peopleToExport(call, requireOwn(call, id)).length === 0) throw nobody()
      await requireProof(call.account)
      const path = await call.core.askPlace('save', `candor-${new Date(call.now).toISOString().slice(0, 10)}.${format}`)
      if (path === null) throw new IpcError('E_CANCELLED', 'no place was named')
      placeForFile(path, call.core.home.home)
      const approval = requireOwn(call, id)
      const people = peopleToExport(call, approval)
      const expiresAt = call.now + plainFileDays(call) * day
      const reasonOf = requireCandidate(call.store, people[0]?.candidate.record_id ?? '')
      const table = exportTable(
        people.map(({ candidate, row }) => ({ number: `#${candidate.number}`, row })),
        {
          employer: call.account.view.employer,
          viewer: call.account.view.name,
          at: call.now,
          until: expiresAt,
          approval: id,
          reason: cleanWords(call, reasonOf, approval.reason),
        },
        language,
      )
      const bytes = await write(table, format)
      return (writer) => {
        // Asked again: while the file was made, somebody may have been destroyed, hidden or locked.
        const now = peopleToExport(writer, requireOwn(writer, id))
        if (!sameState(people, now))
          throw new IpcError('E_CONFLICT', 'somebody on the list has changed meanwhile', { reason: 'changed' })
        const to = registerOf(writer)
        const [only] = now.length === 1 ? now : []
        const reserved = reserveFile(
          to,
          only === undefined
            ? {
                recordId: '',
                applicationId: null,
                path,
                people: now.map(({ candidate, application }) => ({
                  recordId: candidate.record_id,
                  applicationId: application,
                })),
              }
            : { recordId: only.candidate.record_id, applicationId: only.application, path },
          bytes,
        )
        const output = {
          written: false,
          people: now.length,
          left_out: (approval.application_ids?.length ?? 1) - now.length,
          expires_at: expiresAt,
        }
        return {
          output,
          entries: now.map((person) => entryOf(writer, person, approval)),
          // The log has it before the first byte exists outside.
          after: () => {
            try {
              writeRegistered(to, reserved, path, bytes)
              output.written = true
            } finally {
              writer.core.emit('data.changed', { what: ['retention'] })
            }
          },
        }
      }
    },
  },
})
