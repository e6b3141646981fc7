import type { ClosingMark, ClosingView } from '../../shared/domain/closing.ts'
import type { ClosingAnswer } from '../../shared/domain/sync-records.ts'
import { addWorkingDays } from '../../shared/retention/working-days.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { leave } from '../accounts/session.ts'
import type { OpenAccount } from '../context.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../handler.ts'
import { authorOf, namesOf } from '../scorecards/colleagues.ts'
import { endEverything } from './end-everything.ts'
import { openDuties, requireNoDuties } from './open-duties.ts'

const count = (call: ReaderCall, table: string): number =>
  call.store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0

const markOf = ({ vault, account }: Pick<ReaderCall, 'vault' | 'account'>): ClosingMark | undefined =>
  vault.accounts.get(account.view.id)?.closing

const mark = ({ vault, account }: Pick<ReaderCall, 'vault' | 'account'>, closing: ClosingMark): void => {
  const known = vault.accounts.get(account.view.id)
  if (known !== undefined) vault.accounts.put({ ...known, closing })
}

/** Recruiters close a workspace without a hub; at a hub it is for administrators and the officer. @throws IpcError E_CONFLICT */
const requireCloser = ({ account }: ReaderCall): void => {
  if (account.hub === null || account.role !== 'hr') return
  throw new IpcError('E_CONFLICT', 'an administrator or the officer closes a workspace', { reason: 'hub' })
}

const viewOf = (call: ReaderCall, hub: ClosingAnswer | null): ClosingView => {
  const closing = markOf(call)
  const people = count(call, 'candidate')
  const running = people > 0 || count(call, 'destruction_job') > 0
  return {
    employer: call.account.actor.employer,
    state: closing?.kind === 'workspace' ? (running ? 'running' : 'empty') : hub?.state === 'asked' ? 'asked' : 'open',
    people,
    messages: count(call, 'message'),
    files: count(call, "registered_file WHERE state = 'present'"),
    duties: openDuties(call),
    ...(hub === null
      ? {}
      : {
          hub: {
            candidates: hub.candidates,
            jobs: hub.jobs,
            accounts: hub.accounts,
            ...hub.open,
            needs_second: hub.needs_second,
            ...(hub.asked_by === undefined ? {} : { asked_by: namesOf(call)(hub.asked_by) }),
            own: hub.asked_by === authorOf(call.account).id,
          },
        }),
    ...(closing === undefined ? {} : { due_at: closing.due_at }),
    now: call.now,
  }
}

const changed = { what: ['candidates', 'messages', 'retention', 'jobs', 'quarantine'] } as const

/** Everything of this account, here and now; keys of what belonged to no record go once the transaction stands. */
const end = (call: WriterCall, closing: ClosingMark) => {
  const { entries, slots } = endEverything(call)
  return {
    entries,
    settle: (): void => {
      mark(call, closing)
      for (const slot of slots) call.account.keystore.destroy(slot)
      call.account.indexer.poke()
      call.core.emit('data.changed', changed)
    },
  }
}

const dueAt = ({ core, now }: ReaderCall): number => addWorkingDays(core.profiles.calendar, now, 1).at

/** The last that an account does: its certificates reach the hub, then nobody is signed in and its name is gone from here. */
const leaveForGood = async (call: ReaderCall, account: OpenAccount): Promise<void> => {
  await account.retention.runDue()
  // The hub may be away: its own clock ends what it has (ZP-81).
  await account.sync.once().catch(() => undefined)
  await account.hub?.signOut()
  const { accounts } = call.vault
  const known = accounts.get(account.view.id)
  if (known !== undefined) {
    const { me: _who, refresh_token: _token, agency: _firm, ...rest } = known
    accounts.put({ ...rest, name: `#${account.view.id.slice(0, 6)}` })
  }
  if (call.core.account === account) await leave(call.core)
  accounts.setCurrent(null)
  call.core.emit('state.changed', { phase: 'open' })
}

export const closingHandlers = defineHandlers({
  'closing.view': {
    read: async (call) => {
      requireCloser(call)
      const running = markOf(call) !== undefined
      return viewOf(call, running ? null : ((await call.account.hub?.closing()) ?? null))
    },
  },
  'closing.begin': {
    prepare: async (call, { confirm }) => {
      requireCloser(call)
      if (confirm !== call.account.actor.employer)
        throw new IpcError('E_INPUT', 'the name of the enterprise is typed to confirm', { field: 'confirm' })
      if (markOf(call) !== undefined) throw new IpcError('E_CONFLICT', 'this workspace is being closed already')
      requireNoDuties(call)
      const hub = (await call.account.hub?.closeEmployer(confirm)) ?? null
      if (hub?.state === 'asked')
        return (writer) => ({
          output: viewOf(writer, hub),
          entries: [{ action: 'policy_change', outcome: 'done', detail: 'workspace close asked' }],
        })
      return (writer) => {
        const ended = end(writer, { kind: 'workspace', at: call.now, due_at: dueAt(call) })
        return {
          output: { ...viewOf(writer, null), state: 'running' },
          entries: [{ action: 'policy_change', outcome: 'done', detail: 'workspace close begun' }, ...ended.entries],
          after: () => {
            ended.settle()
            writer.account.retention.kick()
          },
        }
      }
    },
  },
  'closing.finish': {
    prepare: async (call) => {
      if (markOf(call)?.kind !== 'workspace' || viewOf(call, null).state !== 'empty')
        throw new IpcError('E_CONFLICT', 'the workspace is not empty yet', { reason: 'not_empty' })
      await call.account.sync.once().catch(() => undefined)
      await call.account.hub?.finishClosing()
      const { account } = call
      return () => ({
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail: 'workspace closed' }],
        after: () => {
          call.core.changing = leaveForGood(call, account)
        },
      })
    },
  },
  'account.cancel': {
    prepare: async (call, { confirm }) => {
      const { account } = call
      if (account.hub === null)
        throw new IpcError('E_CONFLICT', 'a local workspace has no account to cancel; close it', { reason: 'local' })
      if (confirm !== account.view.name)
        throw new IpcError('E_INPUT', 'the name of the account is typed to confirm', { field: 'confirm' })
      const due = Date.parse(await account.hub.cancelAccount(confirm))
      return (writer) => {
        const ended = end(writer, { kind: 'account', at: call.now, due_at: due })
        return {
          output: { due_at: due },
          entries: [{ action: 'policy_change', outcome: 'done', detail: 'account cancelled' }, ...ended.entries],
          after: () => {
            ended.settle()
            call.core.changing = leaveForGood(call, account)
          },
        }
      }
    },
  },
})
