import { createCore, type RunningCore } from '../../electron/core/create-core.ts'
import type { OpenAccount, OpenVault } from '../../electron/core/context.ts'
import { applyPage } from '../../electron/core/sync/apply-changes.ts'
import { createKeyPool } from '../../electron/core/sync/key-pool.ts'
import { createNoContactList } from '../../electron/core/ledger/no-contact.ts'
import type { CoreRouteName, Input, Output } from '../../electron/shared/ipc/routes/index.ts'
import { startBenchHub } from './hub-process.ts'
import type { Place } from './place.ts'

export type FilledCore = {
  readonly running: RunningCore
  readonly vault: OpenVault
  readonly account: OpenAccount
  /** Through the same router as the window, with the same ledger. */
  call<N extends CoreRouteName>(route: N, input: Input<N>): Promise<Output<N>>
  /** Takes changes in as a page of the hub; the index catches up afterwards. */
  apply(changes: readonly unknown[]): void
}

const passphrase = 'only a benchmark knows this one'

const noParser = {
  parse: () => Promise.reject(new Error('nothing is parsed here')),
  parseTable: () => Promise.reject(new Error('nothing is parsed here')),
  parsePages: () => Promise.reject(new Error('nothing is parsed here')),
  close: () => Promise.resolve(),
}

type Call = FilledCore['call']

/** Core in this process over the home of `place`, and its routes as the window calls them. */
const startCore = (place: Place): { readonly running: RunningCore; readonly call: Call } => {
  const running = createCore({ home: place.folder('home'), fetch, parser: noParser, emit: () => undefined })
  const call: Call = async (route, input) => {
    const answer = await running.router.call(route, input)
    if (!answer.ok) throw new Error(`${route}: ${answer.error.code} ${answer.error.message}`)
    return answer.data as Output<typeof route>
  }
  return { running, call }
}

/**
 * Starts core anew over a home that was filled and closed, as a person does in the morning; its hub is out of reach.
 * @returns milliseconds from the accepted passphrase to the first page of the list
 */
export const openAgain = async (place: Place): Promise<number> => {
  const { running, call } = startCore(place)
  try {
    await call('vault.unlock', { passphrase })
    const [registered] = running.core.vault?.accounts.list() ?? []
    if (registered === undefined) throw new Error('nobody has signed in here')
    const start = performance.now()
    await call('account.resume', { id: registered.id })
    await call('candidate.list', { limit: 50 })
    return performance.now() - start
  } finally {
    await running.stop('quit')
  }
}

/** The whole of core in this process, signed in to a real hub and synced with it once; more people come by `apply`. */
export const openFilledCore = async (place: Place): Promise<FilledCore> => {
  const hub = await startBenchHub(place.folder('small-hub'), 12)
  try {
    const { running, call } = startCore(place)
    await call('notice.answer', { choice: 'accept' })
    await call('vault.create', { passphrase })
    await call('account.sign_in', { hub: hub.url, account: hub.hr.name, password: hub.hr.password })
    const { vault, account } = running.core
    if (vault === null || account === null) throw new Error('nobody is signed in')
    await account.sync.once()
    const pool = createKeyPool(account.keystore)
    const context = {
      store: account.store.db,
      keystore: account.keystore,
      asideKey: vault.keys.asideKey(),
      sensitiveKey: vault.keys.sensitiveKey(),
      searchKey: vault.keys.searchKey(),
      profiles: running.core.profiles,
      ledger: vault.ledger,
      findTombstone: () => undefined,
      noContact: createNoContactList(vault.ledgerDb, () => vault.keys.tombstoneKey()),
      actor: account.actor,
      viewer: { account: account.actor.account, role: 'hr', firms: [] },
      jobPlatform: 'zhaopin',
      newId: () => crypto.randomUUID(),
    } as const
    const apply = (changes: readonly unknown[]): void => {
      applyPage(context, pool, { changes, cursor: null }, running.core.clock.now())
    }
    return { running, vault, account, call, apply }
  } finally {
    await hub.stop()
  }
}
