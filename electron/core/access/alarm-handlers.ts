import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'
import { defineHandlers } from '../handler.ts'

const hour = 3_600_000

export const alarmHandlers = defineHandlers({
  'alarm.list': {
    read: async (call) => {
      // A workspace without a hub has one person, whose stops end by themselves.
      const rows = (await call.account.hub?.listAlarms()) ?? []
      return {
        items: rows.map(({ id, account, kind, counted, devices, at, until, lifted, decided_by, note, may_decide }) => ({
          id,
          account,
          kind,
          counted,
          devices,
          at: Date.parse(at),
          ...(until === undefined ? {} : { until: Date.parse(until) }),
          lifted,
          ...(decided_by === undefined ? {} : { decided_by }),
          ...(note === undefined ? {} : { note }),
          may_decide,
        })),
        now: call.now,
      }
    },
  },
  'alarm.decide': {
    prepare: async (call, { id, hours, note }) => {
      const { hub } = call.account
      if (hub === null) throw new IpcError('E_NOT_FOUND', 'a local workspace has no hub')
      if (findContacts(note).length > 0) throw new IpcError('E_INPUT', 'this holds no contact', { field: 'note' })
      const until = hours === undefined ? undefined : new Date(call.now + hours * hour).toISOString()
      await hub.decideAlarm(id, { note, ...(until === undefined ? {} : { until }) })
      const detail = until === undefined ? `alarm lifted ${id}` : `alarm extended ${id} until=${until}`
      return (writer) => ({
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail }],
        after: () => writer.core.emit('data.changed', { what: ['access'] }),
      })
    },
  },
})
