import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers, type ReaderCall, type WriterCall, type Written } from '../handler.ts'
import { namesOf } from '../scorecards/colleagues.ts'
import type { HubClient } from '../sync/hub-client.ts'
import { askHub } from './ask-hub.ts'

/** @throws IpcError E_CONFLICT in a workspace without a hub, which has nobody abroad */
const requireHub = ({ account }: ReaderCall): HubClient => {
  if (account.hub === null) throw new IpcError('E_CONFLICT', 'a local workspace has nobody abroad', { reason: 'local' })
  return account.hub
}

const written =
  (detail: string) =>
  (call: WriterCall): Written<Record<string, never>> => ({
    output: {},
    entries: [{ action: 'policy_change', outcome: 'done', detail }],
    after: () => call.core.emit('data.changed', { what: ['people'] }),
  })

export const adminCrossBorderHandlers = defineHandlers({
  'admin.cross_border': {
    read: async (call) => {
      const { reach, answer } = await askHub(call, (hub) => hub.crossBorder(), { record: null, accounts: [] })
      const { record, accounts } = answer
      const nameOf = namesOf(call)
      return {
        reach,
        record: record === null ? null : { ...record, at: Date.parse(record.at), by: nameOf(record.by) },
        accounts,
      }
    },
  },
  'admin.save_cross_border': {
    prepare: async (call, record) => {
      await requireHub(call).putCrossBorder(record)
      return written('cross_border recorded')
    },
  },
  'admin.end_cross_border': {
    prepare: async (call) => {
      await requireHub(call).endCrossBorder()
      return written('cross_border ended')
    },
  },
  'admin.set_overseas': {
    prepare: async (call, { id, on }) => {
      await requireHub(call).setOverseas(id, on)
      return written(`overseas ${on ? 'on' : 'off'} ${id}`)
    },
  },
})
