import { createHash } from 'node:crypto'
import type { AuditExport } from '../../shared/domain/officer.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { askFolder, dayName, reserveFiles } from '../disclosure/made-files.ts'
import { defineHandlers } from '../handler.ts'
import { authorOf, namesOf } from '../scorecards/colleagues.ts'
import { buildAudit } from './build-audit.ts'

export const auditHandlers = defineHandlers({
  'audit.list': {
    read: (call) => {
      const nameOf = namesOf(call)
      return {
        items: call.store
          .all<AuditExport>('SELECT * FROM audit_export ORDER BY at DESC')
          .map((row) => ({ ...row, by: nameOf(row.by) })),
        now: call.now,
      }
    },
  },
  'audit.make': {
    prepare: async (call, { from_at: from, to_at: to }) => {
      if (from >= to) throw new IpcError('E_INPUT', 'the time ends before it begins', { field: 'to_at' })
      const name = `candor-audit-${dayName(call.now)}.zip`
      const folder = await askFolder(call, name)
      return (writer) => {
        const { bytes, entries, certificates } = buildAudit(writer, from, to)
        // It is about nobody by name, and dies like every plain file all the same (D21).
        const reserved = reserveFiles(writer, '', folder, [{ name, bytes }])
        writer.store.run(
          'INSERT INTO audit_export (id, at, by, from_at, to_at, size, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)',
          crypto.randomUUID(),
          writer.now,
          authorOf(writer.account).id,
          from,
          to,
          bytes.length,
          createHash('sha256').update(bytes).digest('hex'),
        )
        return {
          output: { files: reserved.views, entries, certificates },
          entries: [
            {
              action: 'export',
              outcome: 'done',
              reason: 'audit',
              detail: `audit entries=${entries} certificates=${certificates}`,
            },
          ],
          after: () => {
            writer.core.emit('data.changed', { what: ['officer'] })
            reserved.write()
          },
        }
      }
    },
  },
})
