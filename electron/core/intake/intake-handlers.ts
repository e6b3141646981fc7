import { z } from 'zod'
import { platform } from '../../shared/domain/vocabulary.ts'
import type { QuarantineView } from '../../shared/domain/views.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers } from '../handler.ts'
import { aad, fromSealable } from '../keys/sealed-columns.ts'
import { prepareImport } from './import-file.ts'

/** Largest file taken in, in bytes. */
const maxBytes = 30 * 1024 * 1024

const sealedName = z.object({
  name: z.string(),
  platform,
  source: z.string(),
  origin: z.string().optional(),
})

type QuarantineRow = {
  readonly id: string
  readonly key_slot: string
  readonly sealed_name: Uint8Array
  readonly sealed: Uint8Array
}

export const intakeHandlers = defineHandlers({
  'intake.add': {
    prepare: (call, input) => {
      const bytes = Buffer.from(input.content_base64, 'base64')
      if (bytes.length > maxBytes) {
        throw new IpcError('E_FILE', 'the file is too large', { bytes: bytes.length, limit: maxBytes })
      }
      return prepareImport(call, {
        name: input.name,
        bytes,
        jobId: input.job_id,
        platform: input.platform ?? 'direct',
        source: input.source,
        origin: input.origin,
      })
    },
  },
  'quarantine.list': {
    read: ({ store }) => ({
      items: store
        .all<{
          id: string
          at: number
          reason: string
          detail: string | null
          extension: string
          size: number
          attempts: number
        }>('SELECT id, at, reason, detail, extension, size, attempts FROM quarantine ORDER BY at DESC')
        .map(({ detail, extension, ...row }): QuarantineView => ({
          ...row,
          label: extension === '' ? '?' : extension,
          ...(detail === null || detail === '' ? {} : { detail }),
        })),
    }),
  },
  'quarantine.retry': {
    prepare: async (call, input) => {
      const row = call.store.get<QuarantineRow>(
        'SELECT id, key_slot, sealed_name, sealed FROM quarantine WHERE id = ?',
        input.id,
      )
      if (row === undefined) throw new IpcError('E_NOT_FOUND', 'this file is not in quarantine (any more)')
      const { keystore } = call.account
      const about = sealedName.parse(
        fromSealable(keystore.open(row.key_slot, aad('quarantine', 'sealed_name', row.id), row.sealed_name)),
      )
      const bytes = keystore.open(row.key_slot, aad('quarantine', 'sealed', row.id), row.sealed)
      const commit = await prepareImport(call, { ...about, origin: about.origin, bytes, jobId: input.job_id })
      return (writer) => {
        const written = commit(writer)
        const { output } = written
        if (output.result === 'quarantined') {
          // The first one stays, with its date; the new one would be the same file again.
          const again = writer.store.get<{ key_slot: string }>(
            'SELECT key_slot FROM quarantine WHERE id = ?',
            output.quarantine_id,
          )
          writer.store.run('DELETE FROM quarantine WHERE id = ?', output.quarantine_id)
          writer.store.run(
            'UPDATE quarantine SET attempts = attempts + 1, reason = ? WHERE id = ?',
            output.reason,
            row.id,
          )
          return {
            ...written,
            output: { result: 'quarantined', reason: output.reason },
            after: () => {
              if (again !== undefined) keystore.destroy(again.key_slot)
              written.after?.()
            },
          }
        }
        writer.store.run('DELETE FROM quarantine WHERE id = ?', row.id)
        return {
          ...written,
          output: {
            result: output.result,
            ...(output.result === 'refused' ? { reason: output.rule } : { record_id: output.record_id }),
          },
          after: () => {
            keystore.destroy(row.key_slot)
            written.after?.()
            writer.core.emit('data.changed', { what: ['quarantine'] })
          },
        }
      }
    },
  },
  'quarantine.discard': {
    write: (call, input) => {
      const row = call.store.get<{ key_slot: string }>('SELECT key_slot FROM quarantine WHERE id = ?', input.id)
      if (row === undefined) throw new IpcError('E_NOT_FOUND', 'this file is not in quarantine (any more)')
      call.store.run('DELETE FROM quarantine WHERE id = ?', input.id)
      return {
        output: {},
        entries: [{ action: 'destroyed', outcome: 'done', detail: 'quarantine discarded' }],
        after: () => {
          call.account.keystore.destroy(row.key_slot)
          call.core.emit('data.changed', { what: ['quarantine'] })
        },
      }
    },
  },
})
