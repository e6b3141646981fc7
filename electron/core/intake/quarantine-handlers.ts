import type { QuarantineView } from '../../shared/domain/views.ts'
import type { Output } from '../../shared/ipc/routes/index.ts'
import { defineHandlers } from '../handler.ts'
import { arrivedAt, followQuarantine, followRequest } from '../mailbox/follow-quarantine.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { readLetter, receiveMail } from '../requests/receive-mail.ts'
import { programVersion } from '../program-version.ts'
import { openAbout, openAsideBytes, removeAside, requireAside } from './quarantine-rows.ts'
import { prepareTakeIn } from './take-in.ts'
import { sha256, type Taken } from './arrival.ts'

const answerOf = (taken: Taken): Output<'quarantine.retry'> => {
  switch (taken.result) {
    case 'imported':
      return { result: 'imported', record_id: taken.recordId }
    case 'merged':
      return 'recordId' in taken ? { result: 'duplicate', record_id: taken.recordId } : { result: 'duplicate' }
    case 'refused':
      return { result: 'refused', reason: taken.rule }
    case 'unpacked':
      return { result: 'unpacked' }
    case 'asked':
      return { result: 'asked', reason: taken.asks }
    case 'quarantined':
      return { result: 'quarantined', reason: taken.reason }
  }
}

export const quarantineHandlers = defineHandlers({
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
          program: string | null
        }>(
          `SELECT id, at, reason, detail, extension, size, attempts, program FROM quarantine WHERE asks IS NULL
           ORDER BY at DESC`,
        )
        .map(({ detail, extension, program, ...row }): QuarantineView => ({
          ...row,
          label: extension === '' ? '?' : extension,
          updated: program !== programVersion,
          ...(detail === null || detail === '' ? {} : { detail }),
        })),
    }),
  },
  'quarantine.retry': {
    prepare: async (call, input) => {
      const row = requireAside(call.store, input.id)
      const { keystore } = call.account
      const about = openAbout(keystore, row)
      const commit = await prepareTakeIn(call, {
        name: about.name,
        bytes: openAsideBytes(call.store, keystore, row),
        way: about.way,
        jobId: input.job_id ?? about.job,
        platform: about.platform,
        source: about.source,
        origin: about.origin,
        ...(about.mailbox === undefined ? {} : { mail: { mailbox: about.mailbox, identity: about.message } }),
        aside: row.id,
      })
      return (writer) => {
        const written = commit(writer)
        const taken = written.output
        const output = answerOf(taken)
        if (taken.result === 'quarantined') {
          // The first one stays, with its date; the new one would be the same file again.
          const again = requireAside(writer.store, taken.quarantineId)
          removeAside(writer.store, again.id)
          writer.store.run(
            'UPDATE quarantine SET attempts = attempts + 1, reason = ?, program = ? WHERE id = ?',
            taken.reason,
            programVersion,
            row.id,
          )
          return {
            ...written,
            output,
            after: () => {
              keystore.destroy(again.key_slot)
              written.after?.()
            },
          }
        }
        followQuarantine(writer.store, row.id, taken)
        removeAside(writer.store, row.id)
        return {
          ...written,
          output,
          after: () => {
            keystore.destroy(row.key_slot)
            written.after?.()
            writer.core.emit('data.changed', { what: ['quarantine'] })
          },
        }
      }
    },
  },
  'quarantine.to_request': {
    prepare: async (call, { id, kind }) => {
      const row = requireAside(call.store, id)
      const about = openAbout(call.account.keystore, row)
      const bytes = openAsideBytes(call.store, call.account.keystore, row)
      const letter = await readLetter(call, bytes)
      if (letter === undefined) throw new IpcError('E_FILE', 'this file is no mail', { reason: 'no_mail' })
      return (writer) => {
        const received = receiveMail(writer, {
          kind,
          bytes,
          letter,
          receivedAt: arrivedAt(writer.store, row.id) ?? row.at,
          identity: about.message ?? sha256(bytes),
        })
        followRequest(writer.store, row.id, received.recordId)
        removeAside(writer.store, row.id)
        return {
          output: { request_id: received.id, known: !received.isNew },
          // A message that came before says no more than it did then; what goes is a second copy.
          entries: received.isNew
            ? received.entries
            : [{ action: 'request', outcome: 'done', detail: `known ${kind} self mail` }],
          after: () => {
            call.account.keystore.destroy(row.key_slot)
            call.core.emit('data.changed', { what: ['quarantine', 'requests'] })
          },
        }
      }
    },
  },
  'quarantine.discard': {
    write: (call, input) => {
      const row = requireAside(call.store, input.id)
      followQuarantine(call.store, row.id, null)
      removeAside(call.store, row.id)
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
