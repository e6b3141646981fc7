import { defineHandlers } from '../handler.ts'
import { assignmentHandlers } from './assignment-handlers.ts'
import { listColleagues } from './colleagues.ts'
import { mentionHandlers } from './mention-handlers.ts'
import { noteHandlers } from './note-handlers.ts'
import { scorecardHandlers } from './scorecard-handlers.ts'

export const collaborationHandlers = {
  ...noteHandlers,
  ...scorecardHandlers,
  ...mentionHandlers,
  ...assignmentHandlers,
  ...defineHandlers({
    'colleague.list': {
      read: (call) => {
        const items = listColleagues(call)
        if (items.length > 0) return { items }
        return { items, why: call.account.view.local ? ('local' as const) : ('hub' as const) }
      },
    },
  }),
}
