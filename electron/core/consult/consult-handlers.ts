import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers, type ReaderCall } from '../handler.ts'
import { consultProfileOf, policyMark, type ConsultProfile } from './consult-profile.ts'
import { listOfThread, listThreads, messageOf, openWords, putConsultation, threadOf } from './consultation-rows.ts'
import { readDesk, refuseConsult, ruleAgainst } from './may-answer.ts'

const changed = { what: ['consultations'] } as const

const requireDesk = (call: ReaderCall): ConsultProfile => {
  const desk = consultProfileOf(call)
  if (desk === undefined) throw new IpcError('E_NOT_FOUND', 'no platform of this workspace has consultations')
  return desk
}

const requireThread = (call: ReaderCall, id: string) => {
  const rows = listOfThread(call.store, id)
  const thread = threadOf(call.vault.keys.asideKey(), rows)
  if (thread === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such consultation (any more)')
  return { rows, thread }
}

export const consultHandlers = defineHandlers({
  'consult.desk': { read: (call) => readDesk(call, consultProfileOf(call)) },
  'consult.list': {
    read: (call) => {
      const items = listThreads(call.store, call.vault.keys.asideKey())
      return { items, unread: items.reduce((sum, { unread }) => sum + unread, 0) }
    },
  },
  'consult.thread': {
    disclose: (call, { id }) => {
      const desk = requireDesk(call)
      const { rows, thread } = requireThread(call, id)
      const key = call.vault.keys.asideKey()
      const rule = ruleAgainst(call, desk, rows)
      return {
        // Nobody to name: the platform gave an alias, and not even that is written down.
        entries: [{ action: 'view', outcome: 'shown', policy: policyMark(desk, 'QY-22'), detail: 'consultation' }],
        answer: () => ({
          thread,
          messages: rows.map((row) => messageOf(key, row)),
          ...(rule === undefined ? {} : { refusal: { rule, clause: desk.profile.clauseOf(rule) } }),
        }),
      }
    },
  },
  'consult.mark_read': {
    write: (call, { id }) => {
      const { changes } = call.store.run(
        `UPDATE consultation SET read_at = ? WHERE thread_id = ? AND author = 'user' AND read_at IS NULL`,
        call.now,
        id,
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
  'consult.reply': {
    write: (call, { threads: [id = '', ...others], text }) => {
      const desk = requireDesk(call)
      if (others.length > 0) refuseConsult(desk, 'CONSULT_BULK')
      const { rows, thread } = requireThread(call, id)
      const rule = ruleAgainst(call, desk, rows, text)
      if (rule !== undefined) refuseConsult(desk, rule)
      const sent = crypto.randomUUID()
      const key = call.vault.keys.asideKey()
      const asked = rows.findLast(({ author }) => author === 'user')
      const { alias, topic } = asked === undefined ? thread : openWords(key, asked)
      putConsultation(call.store, key, {
        id: sent,
        thread_id: id,
        at: call.now,
        author: 'institution',
        state: call.account.keeps ? 'queued' : 'sent',
        hidden: [],
        alias,
        ...(topic === undefined ? {} : { topic }),
        text,
      })
      const body = { thread_id: id, text }
      call.account.outbox.enqueue(call.store, { kind: 'consultation', id: sent, body }, call.now)
      return {
        output: { id: sent },
        entries: [
          { action: 'stage', outcome: 'done', policy: policyMark(desk, 'QY-25'), detail: 'consultation answered' },
        ],
        after: () => call.core.emit('data.changed', changed),
      }
    },
  },
})
