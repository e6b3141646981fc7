import type { JobId } from '../../../shared/domain/ids.ts'
import { reportInput, type Figure } from '../../../shared/domain/reports.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { Command } from '../command.ts'
import { formatTable, formatTime } from '../format-lines.ts'

const told = ({ n, least }: Figure): string => (n === null ? (least === undefined ? '<5' : `>=${least}`) : String(n))

export const aiCommands: readonly Command[] = [
  {
    name: 'ai status',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const status = await call('ai.status', {})
      const { enterprise, user, endpoint } = status
      const row = (name: string, { on, by, at }: typeof enterprise) => [
        name,
        on ? 'on' : 'off',
        by,
        at === undefined ? '' : formatTime(at),
      ]
      return {
        document: status,
        lines: [
          ...formatTable([row('enterprise', enterprise), row('user', user)]),
          endpoint === undefined ? 'no endpoint' : `${endpoint.model}  ${endpoint.address}`,
        ],
      }
    },
  },
  {
    name: 'report',
    usage: 'KIND [--job ID] [--from YYYY-MM] [--to YYYY-MM]',
    needs: 'account',
    run: async ({ call, word, flags }) => {
      const given = (name: string): object => (typeof flags[name] === 'string' ? { [name]: flags[name] } : {})
      const input = reportInput.safeParse({
        kind: word(0, 'KIND'),
        ...(typeof flags.job === 'string' ? { job_id: flags.job as JobId } : {}),
        ...given('from'),
        ...given('to'),
      })
      if (!input.success) throw new IpcError('E_INPUT', 'there is no such report', { fields: 'KIND' })
      const report = await call('report.get', input.data)
      return {
        document: report,
        lines: formatTable([
          ['', ...report.columns],
          ...report.rows.map((row) => [row.title ?? row.key, ...row.cells.map(told)]),
          ...(report.totals.length === 0 ? [] : [['', ...report.totals.map(told)]]),
        ]),
      }
    },
  },
]
