import { writeFileSync } from 'node:fs'
import type { Command } from '../command.ts'
import { formatTable, formatTime } from '../format-lines.ts'
import { readable } from './work-commands.ts'

export const interviewCommands: readonly Command[] = [
  {
    name: 'interviews',
    usage: '   (of the coming seven days)',
    needs: 'account',
    run: async ({ call }) => {
      const { items } = await call('interview.list', {})
      return {
        document: { items },
        lines: formatTable(
          items.map((row) => [
            row.id,
            formatTime(row.starts_at),
            row.minutes,
            row.kind,
            row.state,
            row.job_title,
            row.name,
          ]),
        ),
      }
    },
  },
  {
    name: 'interview calendar',
    usage: 'ID --out F   (an .ics file without anybody in it)',
    needs: 'account',
    run: async ({ call, word, need }) => {
      const { ics, file_name: name } = await call('interview.calendar', { id: word(0, 'ID') })
      // Never over a file that is there.
      readable(() => writeFileSync(need('out'), ics, { flag: 'wx' }))
      return { document: { file_name: name }, lines: [name] }
    },
  },
]
