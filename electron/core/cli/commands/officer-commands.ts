import type { RecordId } from '../../../shared/domain/ids.ts'
import { incidentChannel, incidentKind, incidentPart } from '../../../shared/domain/incidents.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { Command, CommandContext } from '../command.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'

/** A day in Asia/Shanghai, or a time with its zone. */
const timeOf = (text: string): number => {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00+08:00` : text)
  if (!Number.isFinite(at)) throw new UsageError(['日期形如 2026-11-26', 'a date is like 2026-11-26'])
  return at
}

const requireWritten = (files: ReadonlyArray<{ readonly written: boolean }>): void => {
  if (files.some(({ written }) => !written))
    throw new IpcError('E_FILE', 'a file could not be written there; another place may do')
}

const open = async ({ call, need, flags, core }: CommandContext) => {
  const kind = incidentKind.safeParse(need('kind'))
  if (!kind.success)
    throw new UsageError([
      `--kind 只能是 ${incidentKind.options.join('、')}`,
      `--kind is one of ${incidentKind.options.join(', ')}`,
    ])
  const now = core.clock.now()
  const opened = await call('incident.open', {
    kind: kind.data,
    title: need('name'),
    discovered_at: typeof flags.at === 'string' ? timeOf(flags.at) : now,
    from_at: timeOf(need('from')),
    to_at: typeof flags.to === 'string' ? timeOf(flags.to) : now,
    ...(typeof flags.account === 'string' ? { account: flags.account } : {}),
  })
  return { document: opened, lines: [`${opened.id}  ${opened.persons}  ${opened.gone}  ${opened.logs}`] }
}

/** Incidents and what an auditor takes along. */
export const officerCommands: readonly Command[] = [
  {
    name: 'officer',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const desk = await call('officer.desk', {})
      const { approvals, holds, requests, incidents, files, dates } = desk
      return {
        document: desk,
        lines: formatTable([
          ['approvals', approvals.holds + approvals.handovers],
          ['holds', holds.running, holds.ending],
          ['requests', requests.open, requests.warn, requests.alarm],
          ['incidents', incidents.open, incidents.late, incidents.untold],
          ['files', files.outside, files.tasks],
          ['dates', dates.over, dates.soon],
        ]),
      }
    },
  },
  {
    name: 'incidents',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const page = await call('incident.list', {})
      return {
        document: page,
        lines: formatTable(
          page.items.map((one) => [
            one.id,
            one.kind,
            one.state,
            formatTime(one.discovered_at),
            `${one.told}/${one.persons}`,
            one.title,
          ]),
        ),
      }
    },
  },
  {
    name: 'incident open',
    usage: `--kind ${incidentKind.options.join('|')} --name TITLE --from DATE [--to DATE] [--at DATE] [--account ID]`,
    needs: 'account',
    run: open,
  },
  {
    name: 'incident write',
    usage: `ID ${incidentPart.options.join('|')} --reason TEXT`,
    needs: 'account',
    run: async ({ call, word, need }) => {
      const part = incidentPart.safeParse(word(1, 'PART'))
      if (!part.success) throw new UsageError(['没有这一部分；用 --help 查看', 'there is no such part; see --help'])
      const saved = await call('incident.save', { id: word(0, 'ID'), parts: { [part.data]: need('reason') } })
      return { document: saved, lines: [`${saved.id}  ${saved.state}  ${saved.missing.join(' ')}`.trim()] }
    },
  },
  {
    name: 'incident tell',
    usage: `ID RECORD… --channel ${incidentChannel.options.join('|')}`,
    needs: 'account',
    run: async ({ call, words, word, need }) => {
      const channel = incidentChannel.safeParse(need('channel'))
      if (!channel.success)
        throw new UsageError(['没有这种方式；用 --help 查看', 'there is no such channel; see --help'])
      const records = words.slice(1) as RecordId[]
      const saved = await call('incident.tell', { id: word(0, 'ID'), record_ids: records, channel: channel.data })
      return { document: saved, lines: [`${saved.id}  ${saved.state}  ${saved.told}/${saved.persons}`] }
    },
  },
  {
    name: 'incident mark',
    usage: 'ID public|reported|closed',
    needs: 'account',
    run: async ({ call, word }) => {
      const what = word(1, 'WHAT')
      if (what !== 'public' && what !== 'reported' && what !== 'closed')
        throw new UsageError(['只能是 public、reported 或 closed', 'it is public, reported or closed'])
      const saved = await call('incident.mark', { id: word(0, 'ID'), what })
      return { document: saved, lines: [`${saved.id}  ${saved.state}`] }
    },
  },
  {
    name: 'audit',
    usage: '--from DATE [--to DATE] --out DIR   (evidence for an auditor, without contacts)',
    needs: 'account',
    run: async ({ call, need, flags, core }) => {
      need('out')
      const made = await call('audit.make', {
        from_at: timeOf(need('from')),
        to_at: typeof flags.to === 'string' ? timeOf(flags.to) : core.clock.now(),
      })
      requireWritten(made.files)
      return { document: made, lines: formatTable(made.files.map(({ name, size }) => [name, size])) }
    },
  },
]
