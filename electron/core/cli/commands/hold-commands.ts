import type { RecordId } from '../../../shared/domain/ids.ts'
import type { Command, CommandContext } from '../command.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'

/** `2027-03-01` is the beginning of that day in Asia/Shanghai; with an hour it is RFC 3339. */
export const timeOf = (text: string): number => {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00:00+08:00` : text)
  if (Number.isNaN(at)) throw new UsageError(['日期写作 2027-03-01', 'a date is written 2027-03-01'])
  return at
}

const decide =
  (status: 'granted' | 'refused') =>
  async ({ call, word, flags }: CommandContext) => {
    const id = word(0, 'ID')
    const { state } = await call('hold.decide', {
      id,
      status,
      ...(typeof flags.officer === 'string' ? { officer: flags.officer } : {}),
    })
    return { document: { id, state }, lines: [`${id}  ${state}`] }
  }

/** Legal holds (QY-36). */
export const holdCommands: readonly Command[] = [
  {
    name: 'hold',
    usage: 'ID --until DATE --reason TEXT   (asks; somebody else approves)',
    needs: 'account',
    run: async ({ call, word, need }) => {
      const until = timeOf(need('until'))
      const asked = await call('hold.request', { id: word(0, 'ID') as RecordId, until, reason: need('reason') })
      return { document: asked, lines: [`${asked.id}  ${asked.state}`] }
    },
  },
  { name: 'hold approve', usage: 'HOLD [--officer NAME]', needs: 'account', run: decide('granted') },
  { name: 'hold refuse', usage: 'HOLD [--officer NAME]', needs: 'account', run: decide('refused') },
  {
    name: 'hold release',
    usage: 'HOLD --reason TEXT   (what is overdue by then goes at once)',
    needs: 'account',
    run: async ({ call, core, word, need }) => {
      const id = word(0, 'ID')
      await call('hold.release', { id, reason: need('reason') })
      await core.account?.retention.runDue()
      return { document: { id }, lines: [id] }
    },
  },
  {
    name: 'holds',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const page = await call('hold.list', {})
      return {
        document: page,
        lines: formatTable(
          page.items.map((hold) => [hold.id, hold.label, hold.state, formatTime(hold.until), hold.by, hold.approver]),
        ),
      }
    },
  },
  {
    name: 'officer',
    usage: 'NAME   (whom a workspace without a hub names as its protection officer)',
    needs: 'account',
    run: async ({ call, word }) => {
      await call('account.name_officer', { officer: word(0, 'NAME') })
      return { document: {}, lines: [] }
    },
  },
]
