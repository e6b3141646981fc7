import type { ApplicationId } from '../../../shared/domain/ids.ts'
import { legalBasis } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { Command, CommandContext } from '../command.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'

const decide =
  (status: 'granted' | 'refused') =>
  async ({ call, word, flags }: CommandContext) => {
    const id = word(0, 'ID')
    const { state } = await call('handover.decide', {
      id,
      status,
      ...(typeof flags.officer === 'string' ? { officer: flags.officer } : {}),
    })
    return { document: { id, state }, lines: [`${id}  ${state}`] }
  }

/** The one package of a hired person (K22). */
export const handoverCommands: readonly Command[] = [
  {
    name: 'retention hand-over',
    usage: 'REQUEST --out FILE   (writes the package that was approved, once)',
    needs: 'account',
    run: async ({ call, word, need }) => {
      const id = word(0, 'ID')
      need('out')
      const { written, size } = await call('handover.make', { id })
      if (!written) throw new IpcError('E_FILE', 'the package could not be written there; another place may do')
      return { document: { id, size }, lines: [`${id}  ${size}`] }
    },
  },
  {
    name: 'retention hand-over ask',
    usage: `APPLICATION --basis ${legalBasis.options.join('|')} --reason TEXT`,
    needs: 'account',
    run: async ({ call, word, need }) => {
      const basis = legalBasis.safeParse(need('basis'))
      if (!basis.success) throw new UsageError(['没有这种依据；用 --help 查看', 'there is no such basis; see --help'])
      const asked = await call('handover.request', {
        application_id: word(0, 'ID') as ApplicationId,
        legal_basis: basis.data,
        reason: need('reason'),
      })
      return { document: asked, lines: [asked.id] }
    },
  },
  { name: 'retention hand-over approve', usage: 'REQUEST [--officer NAME]', needs: 'account', run: decide('granted') },
  { name: 'retention hand-over refuse', usage: 'REQUEST [--officer NAME]', needs: 'account', run: decide('refused') },
  {
    name: 'retention hand-overs',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const page = await call('handover.list', {})
      return {
        document: page,
        lines: formatTable(
          page.items.map((row) => [row.application_id, row.label, row.state, row.id, formatTime(row.due_at)]),
        ),
      }
    },
  },
]
