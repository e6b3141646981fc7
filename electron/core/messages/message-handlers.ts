import type { MessageKind } from '../../shared/domain/messages.ts'
import { defineHandlers, type WriterCall, type Written } from '../handler.ts'
import { sendMessage } from './send-message.ts'

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
  'message.send': { write: send('chat') },
  'message.greet': { write: send('greeting') },
  'message.invite': { write: send('invitation') },
})
