import { messageLimits, type TemplateView } from '../../shared/domain/messages.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { withoutAiLabel } from '../../shared/text/ai-label.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'
import { unknownPlaceholders } from '../../shared/text/fill-placeholders.ts'
import { defineHandlers } from '../handler.ts'

/** More would be a list that nobody reads. */
const mostTemplates = 100

/** Contacts of the kinds that a candidate has; a page or an office's line is the enterprise's own. */
const personal = new Set(['phone', 'email', 'wechat', 'qq', 'id_number', 'qr'])

const changed = { what: ['messages'] } as const

export const templateHandlers = defineHandlers({
  'message_template.list': {
    read: (call) => ({
      items: call.store.all<TemplateView>('SELECT id, kind, name, body, at FROM message_template ORDER BY kind, name'),
    }),
  },
  'message_template.save': {
    write: (call, input) => {
      const body = withoutAiLabel(input.body.replace(/\r\n?/g, '\n'))
      const [unknown] = unknownPlaceholders(body)
      if (unknown !== undefined) {
        throw new IpcError('E_INPUT', 'a text may name job, company and recruiter only', { placeholder: unknown })
      }
      // A template outlives everybody that it is written to, so nobody's contact may get caught in it.
      const found = [...findContacts(input.name), ...findContacts(body)].find(({ kind }) => personal.has(kind))
      if (found !== undefined) throw new IpcError('E_INPUT', 'a template holds no contact', { contact: found.kind })
      const limit = messageLimits[input.kind]
      if (body.trim() === '' || [...body].length > limit) {
        throw new IpcError('E_INPUT', 'the text is too long', { limit, length: [...body].length })
      }
      const { n } = call.store.get<{ n: number }>('SELECT count(*) AS n FROM message_template') ?? { n: 0 }
      const known =
        input.id !== undefined && call.store.get('SELECT 1 FROM message_template WHERE id = ?', input.id) !== undefined
      if (input.id !== undefined && !known) throw new IpcError('E_NOT_FOUND', 'there is no such template (any more)')
      if (!known && n >= mostTemplates) throw new IpcError('E_CONFLICT', 'there are as many templates as there can be')
      const id = input.id ?? crypto.randomUUID()
      call.store.run(
        `INSERT INTO message_template (id, kind, name, body, at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, body = excluded.body, at = excluded.at`,
        id,
        input.kind,
        input.name,
        body,
        call.now,
      )
      return { output: { id }, entries: [], after: () => call.core.emit('data.changed', changed) }
    },
  },
  'message_template.remove': {
    write: (call, { id }) => {
      call.store.run('DELETE FROM message_template WHERE id = ?', id)
      return { output: {}, entries: [], after: () => call.core.emit('data.changed', changed) }
    },
  },
})
