import type { DeviceView } from '../../shared/domain/admin-people.ts'
import type { DeviceRow, SignInAlarm } from '../../shared/domain/sync-records.ts'
import { defineHandlers } from '../handler.ts'
import { namesOf } from '../scorecards/colleagues.ts'
import { askDocumentPlace, writeDocument } from '../retention/files/save-document.ts'
import { changed } from './accounts-handlers.ts'
import { askHub, requireHub } from './ask-hub.ts'
import { csvCell } from './csv-cell.ts'

const deviceOf = (row: DeviceRow, here: string, nameOf: (id: string) => string): DeviceView => {
  const { account_id: account, seen_at: seen, ...rest } = row
  return { ...rest, account: nameOf(account), seen_at: Date.parse(seen), here: row.id === here }
}

const sharedOf = ({ account_id: account, ...alarm }: SignInAlarm, nameOf: (id: string) => string) => ({
  ...alarm,
  account: nameOf(account),
  first_at: Date.parse(alarm.first_at),
  last_at: Date.parse(alarm.last_at),
})

const at = (name: string, time: string | undefined) => (time === undefined ? {} : { [name]: Date.parse(time) })

/** Where accounts are in use, and how that is ended. */
export const accessHandlers = defineHandlers({
  'admin.devices': {
    read: async (call) => {
      const { reach, answer } = await askHub(
        call,
        async (hub) => ({ devices: await hub.listDevices(), shared: await hub.listSignInAlarms() }),
        { devices: [], shared: [] },
      )
      const nameOf = namesOf(call)
      const here = call.vault.ledger.deviceId
      return {
        reach,
        items: answer.devices.map((row) => deviceOf(row, here, nameOf)),
        shared: answer.shared.map((alarm) => sharedOf(alarm, nameOf)),
        now: call.now,
      }
    },
  },
  'admin.revoke_device': {
    prepare: async (call, { id }) => {
      const hub = requireHub(call)
      // Asked first: this may be the very device that asks.
      const { candidates } = await hub.deviceHoldings(id)
      await hub.revokeDevice(id)
      return changed({ held: candidates }, `device ${id} revoked holding ${candidates.length}`)
    },
  },
  'admin.save_holdings': {
    prepare: async (call, { id }) => {
      const { candidates } = await requireHub(call).deviceHoldings(id)
      const path = await askDocumentPlace(call.core, `device-${id}.csv`)
      const bytes = Buffer.from(`${['candidate_id', ...candidates].map(csvCell).join('\r\n')}\r\n`)
      const detail = `device ${id} holding ${candidates.length}`
      return () => writeDocument(path, bytes, [{ action: 'export', outcome: 'done', detail }])
    },
  },
  'account.access': {
    read: async (call) => {
      const { reach, answer } = await askHub(
        call,
        async (hub) => ({
          sessions: await hub.listSessions(),
          devices: await hub.listDevices(),
          shared: await hub.listSignInAlarms(),
        }),
        { sessions: [], devices: [], shared: [] },
      )
      const nameOf = namesOf(call)
      const own = call.account.me()?.id
      const here = call.vault.ledger.deviceId
      return {
        reach,
        sessions: answer.sessions.map(({ device, created_at, seen_at, ...row }) => ({
          ...row,
          ...(device === undefined ? {} : { device: device.name }),
          ...at('created_at', created_at),
          ...at('seen_at', seen_at),
        })),
        // Administrators and officers get everybody's; here it is about oneself.
        devices: answer.devices.filter((row) => row.account_id === own).map((row) => deviceOf(row, here, nameOf)),
        shared: answer.shared.filter((one) => one.account_id === own).map((alarm) => sharedOf(alarm, nameOf)),
        now: call.now,
      }
    },
  },
  'account.end_session': {
    prepare: async (call, { id }) => {
      await requireHub(call).endSession(id)
      return (writer) => ({
        output: {},
        entries: [{ action: 'sign_in', outcome: 'done', detail: 'session ended' }],
        after: () => writer.core.emit('data.changed', { what: ['people'] }),
      })
    },
  },
  'account.end_other_sessions': {
    prepare: async (call) => {
      const hub = requireHub(call)
      const others = (await hub.listSessions()).filter(({ current }) => !current)
      for (const { id } of others) await hub.endSession(id)
      return (writer) => ({
        output: { ended: others.length },
        entries: [{ action: 'sign_in', outcome: 'done', detail: `sessions ended ${others.length}` }],
        after: () => writer.core.emit('data.changed', { what: ['people'] }),
      })
    },
  },
  'account.change_password': {
    prepare: async (call, { current, next }) => {
      await requireHub(call).changePassword(current, next)
      return (writer) => ({
        output: {},
        entries: [{ action: 'sign_in', outcome: 'done', detail: 'password changed' }],
        // Every other session has ended with it.
        after: () => writer.core.emit('data.changed', { what: ['people'] }),
      })
    },
  },
})
