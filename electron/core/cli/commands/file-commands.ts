import { fileAnswer } from '../../../shared/domain/file-views.ts'
import { legalBasis } from '../../../shared/domain/vocabulary.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'

/** Plain files outside that are registered for their destruction (D21). */
export const fileCommands: readonly Command[] = [
  {
    name: 'files',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const page = await call('file.list', {})
      return {
        document: page,
        lines: formatTable(
          page.items.map((file) => [
            file.id,
            file.label,
            file.state,
            file.problem,
            formatTime(file.expires_at),
            file.path,
          ]),
        ),
      }
    },
  },
  {
    name: 'file look',
    usage: 'ID   (looks for it now)',
    needs: 'account',
    run: async ({ call, word }) => {
      const id = word(0, 'ID')
      const { found } = await call('file.look_again', { id })
      return { document: { id, found }, lines: [`${id}  ${found ? 'destroyed' : 'not destroyed'}`] }
    },
  },
  {
    name: 'file point',
    usage: 'ID --from PATH   (it lies there now: destroyed if it is the registered one)',
    needs: 'account',
    run: async ({ call, word, need }) => {
      const id = word(0, 'ID')
      need('from')
      await call('file.point_to', { id })
      return { document: { id }, lines: [id] }
    },
  },
  {
    name: 'file answer',
    usage: `ID ${fileAnswer.options.join('|')} [--basis ${legalBasis.options.join('|')}]`,
    needs: 'account',
    run: async ({ call, word, flags }) => {
      const id = word(0, 'ID')
      const answer = fileAnswer.safeParse(word(1, 'ANSWER'))
      const basis = legalBasis.optional().safeParse(flags.basis)
      if (!answer.success || !basis.success)
        throw new UsageError(['没有这种答复或依据；用 --help 查看', 'there is no such answer or basis; see --help'])
      await call('file.answer', {
        id,
        answer: answer.data,
        ...(basis.data === undefined ? {} : { legal_basis: basis.data }),
      })
      return { document: { id }, lines: [id] }
    },
  },
]
