import { sendMessage } from '../../electron/core/messages/send-message.ts'
import { putPendingEntries, movePendingEntries } from '../../electron/core/ledger/pending-entries.ts'
import type { WriterCall } from '../../electron/core/handler.ts'
import { openPolicyPlace, type PolicyPlace } from './policy-place.ts'
import { change, iso } from './sync-records.ts'

export type ChatPlace = PolicyPlace & {
  /** A word of the candidate, of a model or of a colleague, as the hub brings it. */
  say(id: string, application: string, text: string, more?: Record<string, unknown>): void
  /** What a model writes through core, as the assistant does. */
  greetAsAi(application: string, text: string): string
  /** Items of a kind that the hub has taken, their bodies alone. */
  sent(kind: string): unknown[]
}

let revisions = 100

export const openChatPlace = async (): Promise<ChatPlace> => {
  const place = await openPolicyPlace()
  const writer = (): WriterCall => {
    const { core } = place.core
    const { account, vault } = core
    if (account === null || vault === null) throw new Error('nobody is signed in')
    return { core, vault, account, now: core.clock.now(), store: account.store.db, index: account.index.reader }
  }
  return Object.assign(place, {
    say: (id: string, application: string, text: string, more: Record<string, unknown> = {}) => {
      const at = iso(Date.now() + place.wall)
      const data = { application_id: application, from: 'candidate', text, at, ...more }
      place.hub.put({ ...change('message', id, (revisions += 1), data), at })
    },
    greetAsAi: (application: string, text: string): string => {
      const call = writer()
      const sent = call.store.transaction(() => {
        const made = sendMessage(call, { applicationId: application, kind: 'greeting', text, author: 'ai' })
        putPendingEntries(call.store, call.vault.ledger, call.account.actor, made.entries)
        return made
      })
      movePendingEntries(call.store, call.vault.ledger)
      return sent.text
    },
    sent: (kind: string) => place.hub.sent.filter((item) => item.kind === kind).map(({ body }) => body),
  })
}
