import { openSyncAccount } from './sync-account.ts'
import type { HubTokens } from '../../electron/core/sync/hub-client.ts'

/** One whole run in a process of its own, for tests that kill it. Everything comes over the IPC channel. */
type Order = {
  readonly url: string
  readonly home: string
  readonly tokens: HubTokens
  readonly pageSize: number
  readonly now: number
}

process.once('message', (order: Order) => {
  const account = openSyncAccount(order)
  process.send?.('running')
  void account.runner.once().then(
    () => {
      account.place.close()
      process.exit(0)
    },
    () => process.exit(1),
  )
})
