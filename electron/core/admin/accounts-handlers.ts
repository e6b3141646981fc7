import type { Person } from '../../shared/domain/admin-people.ts'
import type { AccountListRow } from '../../shared/domain/sync-records.ts'
import { defineHandlers } from '../handler.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import { askHub } from './ask-hub.ts'

const unchecked = { real_name: false, employment: false, caller: false }

const personOf = (row: AccountListRow, own: string): Person => {
  const { agency, seen_at: seen, verification = unchecked, email: _email, ...rest } = row
  return {
    ...rest,
    own: row.id === own,
    verification,
    ...(agency === undefined ? {} : { agency: agency.name }),
    ...(seen === undefined ? {} : { seen_at: Date.parse(seen) }),
  }
}

export const adminAccountHandlers = defineHandlers({
  'admin.people': {
    read: async (call) => {
      const { reach, answer } = await askHub(call, (hub) => hub.listAccounts(), [])
      const { id } = authorOf(call.account)
      return { reach, items: answer.map((row) => personOf(row, id)), now: call.now }
    },
  },
})
