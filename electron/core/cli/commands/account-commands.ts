import { syncRole } from '../../../shared/domain/sync-atoms.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'

/** The enterprise's people, for administrators. */
export const accountCommands: readonly Command[] = [
  {
    name: 'accounts',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const page = await call('admin.people', {})
      return {
        document: page,
        lines: formatTable(
          page.items.map(({ id, name, role, status, checks, devices = 0, sessions = 0, seen_at: seen }) => [
            id,
            name,
            role,
            status,
            checks.real_name && checks.employment ? 'verified' : 'unverified',
            devices,
            sessions,
            seen === undefined ? '-' : formatTime(seen),
          ]),
        ),
      }
    },
  },
  {
    name: 'accounts invite',
    usage: '--role hr|headhunter|admin|officer|interviewer [--employer FIRM]',
    needs: 'account',
    run: async ({ call, need, flags }) => {
      const role = syncRole.safeParse(need('role'))
      if (!role.success)
        throw new UsageError([
          `--role 只能是 ${syncRole.options.join('、')}`,
          `--role is one of ${syncRole.options.join(', ')}`,
        ])
      const made = await call('admin.invite', {
        role: role.data,
        consent: false,
        ...(typeof flags.employer === 'string' ? { agency: flags.employer } : {}),
      })
      return { document: made, lines: [`${made.link}  ${formatTime(made.expires_at)}`] }
    },
  },
  ...(['suspend', 'revoke', 'reinstate'] as const).map((verb): Command => ({
    name: `accounts ${verb}`,
    usage: 'ACCOUNT',
    needs: 'account',
    run: async ({ call, word }) => {
      const id = word(0, 'ACCOUNT')
      const status = verb === 'reinstate' ? 'active' : verb === 'suspend' ? 'suspended' : 'revoked'
      await call('admin.change_person', { id, status })
      return { document: { id, status }, lines: [`${id}  ${status}`] }
    },
  })),
  {
    name: 'accounts hand-over',
    usage: 'ACCOUNT --account ID [--job ID]',
    needs: 'account',
    run: async ({ call, word, need, flags }) => {
      const moved = await call('admin.hand_over', {
        from: word(0, 'ACCOUNT'),
        to: need('account'),
        ...(typeof flags.job === 'string' ? { job_ids: [flags.job] } : {}),
      })
      return { document: moved, lines: [String(moved.jobs)] }
    },
  },
]
