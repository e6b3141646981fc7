import { defineHandlers } from '../handler.ts'

export const syncHandlers = defineHandlers({
  'sync.start': { read: ({ account }) => ({ started: account.sync.start() }) },
  'sync.cancel': {
    read: ({ account }) => {
      account.sync.cancel()
      return {}
    },
  },
  'sync.status': { read: ({ account }) => account.sync.status() },
})
