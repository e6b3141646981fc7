import type { Command } from '../command.ts'

/** Saved views, and how much waits in conversations and pools: figures and names that somebody gave, nobody's data. */
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
]
