import { writeFileSync } from 'node:fs'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { RecordId } from '../../../shared/domain/ids.ts'
import { syncOnce } from '../../accounts/session.ts'
import type { Command } from '../command.ts'
import { formatTable, formatTime } from '../format-lines.ts'

export const dutyCommands: readonly Command[] = [
  {
    name: 'sync',
    usage: '[--once]',
    needs: 'account',
    run: async ({ call, core }) => {
      await syncOnce(core)
      await core.account?.indexer.settle()
      const status = await call('sync.status', {})
      const { jobs, candidates, applications } = status.counts
      return { document: status, lines: [`${jobs} jobs, ${candidates} candidates, ${applications} applications`] }
    },
  },
  {
    name: 'status',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const status = await call('sync.status', {})
      return { document: status, lines: JSON.stringify(status, null, 2).split('\n') }
    },
  },
  {
    name: 'retention plan',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const plan = await call('retention.plan', {})
      return {
        document: plan,
        lines: formatTable(
          plan.items.map((row) => [
            row.application_id ?? row.record_id,
            row.label,
            row.state,
            formatTime(row.due_at),
            row.reason,
            row.clause,
            row.job_title,
          ]),
        ),
      }
    },
  },
  {
    name: 'retention run',
    usage: '',
    needs: 'account',
    run: async ({ call, core }) => {
      const { accepted } = await call('retention.run', {})
      await core.account?.retention.runDue()
      const status = await call('retention.status', {})
      return { document: { accepted, status }, lines: [`${accepted}  ${status.state}`] }
    },
  },
  {
    name: 'ledger list',
    usage: '[--candidate ID]',
    needs: 'account',
    run: async ({ call, flags }) => {
      const page = await call('ledger.list', {
        limit: 500,
        ...(typeof flags.candidate === 'string' ? { record_id: flags.candidate as RecordId } : {}),
        ...(typeof flags.cursor === 'string' ? { cursor: flags.cursor } : {}),
      })
      return {
        document: page,
        lines: formatTable(
          page.items.map((row) => [row.i, formatTime(row.at), row.action, row.outcome, row.account, row.detail]),
        ),
      }
    },
  },
  {
    name: 'ledger devices',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const { hub, items } = await call('ledger.devices', {})
      return {
        document: { hub, items },
        lines: formatTable(
          items.map((log) => [log.device, log.name, log.account, log.state, log.size, log.seen_at, log.faults]),
        ),
      }
    },
  },
  {
    name: 'ledger export',
    usage: 'FILE',
    needs: 'account',
    run: async ({ call, word }) => {
      const path = word(0, 'FILE')
      const { bundle, size } = await call('ledger.export', {})
      try {
        writeFileSync(path, bundle, { flag: 'wx', mode: 0o600 })
      } catch (error) {
        const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
        throw new IpcError('E_FILE', taken ? 'a file of this name is there already' : 'the file cannot be written')
      }
      return { document: { size }, lines: [`${size}`] }
    },
  },
]
