import { messageLimits, type MessageKind } from '../../shared/domain/messages.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { policyOf } from '../candidates/policy-request.ts'
import { defineHandlers, type WriterCall, type Written } from '../handler.ts'
import { confirmContact } from './confirm-contact.ts'
import { doNotContactHandlers } from './do-not-contact.ts'
import { getMessage } from './message-rows.ts'
import { composeText, openForMessages, sendMessage } from './send-message.ts'
import { templateHandlers } from './template-handlers.ts'
import { countUnread, threadPage } from './thread-list.ts'
import { threadView } from './thread-view.ts'

const changed = { what: ['messages'] } as const

const send =
  (kind: MessageKind) =>
  (call: WriterCall, input: { readonly application_id: string; readonly text: string }): Written<{ id: string }> => {
    const { id, entries } = sendMessage(call, {
      applicationId: input.application_id,
      kind,
      text: input.text,
      author: 'human',
    })
    return { output: { id }, entries, after: () => call.core.emit('data.changed', changed) }
  }

export const messageHandlers = defineHandlers({
  ...doNotContactHandlers,
  ...templateHandlers,
  'message.list': {
    disclose: (call, input) => {
      const { items, subjects, next, closed } = threadPage(call, input)
      return {
        entries: [],
        hits: { subjects, ...(input.job_id === undefined ? {} : { job: input.job_id }) },
        answer: () => ({ items: [...items], next_cursor: next, closed }),
      }
    },
  },
  'message.counts': { read: (call) => countUnread(call.store) },
  'message.thread': {
    disclose: (call, input) => {
      const place = openForMessages(call, input.application_id)
      const { candidate, current, request } = place
      return {
        entries: [
          {
            action: 'view',
            outcome: 'shown',
            subject: { platform: candidate.platform, id: candidate.platform_id },
            job: current.job_id,
            fields: ['chat'],
            policy: policyOf(request, 'ZP-28'),
          },
        ],
        answer: () => threadView(call, place),
      }
    },
  },
  'message.mark_read': {
    write: (call, input) => {
      // Whoever may not open a conversation has not read it.
      openForMessages(call, input.application_id)
      const { changes } = call.store.run(
        `UPDATE message SET read_at = ? WHERE application_id = ? AND author = 'candidate' AND read_at IS NULL`,
        call.now,
        input.application_id,
      )
      return {
        output: { read: changes },
        entries: [],
        after: () => {
          if (changes > 0) call.core.emit('data.changed', changed)
        },
      }
    },
  },
  'message.preview': {
    read: (call, input) => {
      const place = openForMessages(call, input.application_id)
      const text = composeText(call, place, {
        applicationId: input.application_id,
        kind: input.kind,
        text: input.text,
        author: 'human',
      })
      return { text, length: [...text].length, limit: messageLimits[input.kind] }
    },
  },
  'message.send': { write: send('chat') },
  'message.greet': { write: send('greeting') },
  'message.invite': { write: send('invitation') },
  'message.recall': {
    write: (call, { id }) => {
      const row = getMessage(call.store, id)
      if (row === undefined || row.author === 'candidate') {
        throw new IpcError('E_NOT_FOUND', 'there is no such message of ours')
      }
      const { candidate, current } = openForMessages(call, row.application_id)
      // While a run is under way the hub may have it already, and not have said so yet.
      if (call.account.sync.status().progress.state === 'running') {
        throw new IpcError('E_CONFLICT', 'it is being sent just now', { reason: 'sending' })
      }
      const { changes } = call.store.run('DELETE FROM outbox WHERE id = ?', id)
      if (changes === 0) throw new IpcError('E_CONFLICT', 'it has been sent', { reason: 'sent' })
      call.store.run('DELETE FROM message WHERE id = ?', id)
      return {
        output: {},
        entries: [
          {
            action: 'stage',
            outcome: 'done',
            subject: { platform: candidate.platform, id: candidate.platform_id },
            job: current.job_id,
            detail: `message ${row.kind} recalled`,
          },
        ],
        after: () => call.core.emit('data.changed', changed),
      }
    },
  },
  'message.confirm_contact': {
    write: (call, input) => ({
      output: {},
      entries: confirmContact(call, input),
      after: () => {
        call.account.indexer.poke()
        call.core.emit('data.changed', { what: ['messages', 'candidates'] })
      },
    }),
  },
})
