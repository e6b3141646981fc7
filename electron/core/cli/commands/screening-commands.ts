import type { RecordId } from '../../../shared/domain/ids.ts'
import type { SameKind } from '../../../shared/domain/match-views.ts'
import type { CandidateRow } from '../../../shared/domain/views.ts'
import type { Command } from '../command.ts'
import { formatTable } from '../format-lines.ts'
import { jobOf } from './work-commands.ts'

/** Who a record may be the same as, and why. Kinds of values and no value: a contact is not printed, masked or not. */
const sameOf = (row: CandidateRow, basis: readonly SameKind[]) => ({
  id: row.id,
  platform: row.platform,
  ...(row.name === undefined ? {} : { name: row.name }),
  ...(row.application === undefined ? {} : { job_id: row.application.job_id, job_title: row.application.job_title }),
  basis,
})

/** Saved views, how much waits in conversations and pools, how a score came about, and who may be the same person. */
export const screeningCommands: readonly Command[] = [
  {
    name: 'views',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const { items } = await call('view.list', {})
      return { document: { items }, lines: items.map(({ id, name }) => `${id}  ${name}`) }
    },
  },
  {
    name: 'view remove',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      const id = word(0, 'ID')
      await call('view.remove', { id })
      return { document: { id }, lines: [id] }
    },
  },
  {
    name: 'messages',
    usage: '  (how many conversations, how many unread)',
    needs: 'account',
    run: async ({ call }) => {
      const counts = await call('message.counts', {})
      return { document: counts, lines: [`${counts.threads}  ${counts.unread}`] }
    },
  },
  {
    name: 'pool',
    usage: '  (pools, members, whom to ask again)',
    needs: 'account',
    run: async ({ call }) => {
      const counts = await call('pool.counts', {})
      return { document: counts, lines: [`${counts.members}  ${counts.to_ask}`, ...counts.pools] }
    },
  },
  {
    name: 'matching explain',
    usage: 'ID [--job ID]   (every point of the score with its reason)',
    needs: 'account',
    run: async (context) => {
      const id = context.word(0, 'ID') as RecordId
      const { zh, en, fit } = await context.call('matching.explain', { id, ...jobOf(context, id) })
      return { document: { zh, en, fit }, lines: (context.language === 'en-US' ? en : zh).split('\n') }
    },
  },
  {
    name: 'duplicates',
    usage: 'ID [--job ID]   (who may be the same person, by kinds of values)',
    needs: 'account',
    run: async (context) => {
      const id = context.word(0, 'ID') as RecordId
      const { suggested, linked, distinct } = await context.call('duplicate.list', { id, ...jobOf(context, id) })
      const said = (list: typeof linked) =>
        list.map(({ link, row, basis, at, by }) => ({ link, ...sameOf(row, basis), at, by }))
      const document = {
        suggested: suggested.map(({ row, basis }) => sameOf(row, basis)),
        linked: said(linked),
        distinct: said(distinct),
      }
      const lines = (['suggested', 'linked', 'distinct'] as const).flatMap((kind) =>
        document[kind].map((one) => [kind, one.id, one.platform, one.name, one.job_title, one.basis.join(',')]),
      )
      return { document, lines: formatTable(lines) }
    },
  },
]
