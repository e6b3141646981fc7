import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../handler.ts'
import { authorOf, listColleagues } from '../scorecards/colleagues.ts'

/** @throws IpcError E_NOT_FOUND in a workspace without a hub, whose one officer has nobody to stand in for them */
const requireHub = ({ account }: ReaderCall) => {
  if (account.hub !== null) return account.hub
  throw new IpcError('E_NOT_FOUND', 'a local workspace has no hub')
}

const told = (call: WriterCall) => () => call.core.emit('data.changed', { what: ['approvals'] })
const deputyRoles: readonly string[] = ['hr', 'admin', 'officer']

export const deputyHandlers = defineHandlers({
  'approval.deputies': {
    read: async (call) => {
      const { hub } = call.account
      const own = authorOf(call.account).id
      const rows = hub === null ? [] : await hub.listDeputies()
      return {
        items: rows.map(({ id, approver, approver_id: approverId, deputy, from, until, ended_at: ended }) => ({
          id,
          approver,
          deputy,
          from: Date.parse(from),
          until: Date.parse(until),
          ...(ended === undefined ? {} : { ended_at: Date.parse(ended) }),
          may_end:
            ended === undefined &&
            Date.parse(until) > call.now &&
            (approverId === own || call.account.role === 'admin'),
        })),
        colleagues: listColleagues(call)
          .filter(({ role }) => deputyRoles.includes(role))
          .map(({ id, name }) => ({ id, name })),
        now: call.now,
      }
    },
  },
  'approval.name_deputy': {
    prepare: async (call, { deputy, from, until }) => {
      const hub = requireHub(call)
      const named = await hub.nameDeputy({
        deputy_id: deputy,
        from: new Date(from).toISOString(),
        until: new Date(until).toISOString(),
      })
      return (writer) => ({
        output: { id: named.id },
        entries: [
          {
            action: 'policy_change',
            outcome: 'done',
            detail: `deputy ${deputy} from ${named.from} until ${named.until}`,
          },
        ],
        after: told(writer),
      })
    },
  },
  'approval.end_deputy': {
    prepare: async (call, { id }) => {
      await requireHub(call).endDeputy(id)
      return (writer) => ({
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail: `deputy ended ${id}` }],
        after: told(writer),
      })
    },
  },
})
