import { expect } from 'vitest'
import type { RouteDefinition } from '../../../electron/shared/ipc/define-route.ts'
import { routes } from '../../../electron/shared/ipc/routes/index.ts'
import type { CoreHome } from '../../helpers/core-home.ts'
import { sayEntry, type Place, type Step } from './entry-story.ts'

export const definitions = routes as Readonly<Record<string, RouteDefinition>>

/** What a story is told in. */
export type Scene = {
  /** The program as it is now: a step may end it and start another. */
  home: CoreHome
  readonly place: Place
  /** Hashes and ids with what the story calls them. */
  readonly names: Map<string, string>
  /** Entries of the log that earlier steps have told. */
  known: number
  readonly before?: (step: Step) => Promise<void>
  readonly after?: (step: Step) => Promise<void>
}

export const newEntries = ({ core }: CoreHome, from: number) => {
  const grown = (core.vault?.ledger.size() ?? 0) - from
  return grown <= 0 ? [] : (core.vault?.ledger.list({ limit: grown, cursor: null }).items.toReversed() ?? [])
}

/** Names, numbers and words of the stories: what people typed and whom it is about. */
const theirs =
  /欧阳|修远|李四|赵六|王五|孙小美|钱多多|1391234|1380000|1370000|example|支付系统|沟通顺畅|很好|您好|欢迎|仲裁|和解|子女|判决|电话|来信|138 0013|无异常|经验与职位/u

/** Rows of a list, the two ends of a link and cards that end together stand in an order that is by chance. */
const isRow = (line: string): boolean => /^(search_hit|merge) |\(card_cache /u.test(line)

/** Rows in the order of their names, and neighbours that say the same, once. */
const inShort = (lines: readonly string[]): string[] =>
  [...lines.filter((line) => !isRow(line)), ...lines.filter(isRow).sort()].flatMap((line, at, all) =>
    line === all[at - 1] ? [] : [line === all[at + 1] ? `${line} *` : line],
  )

/** Calls every step's route; gives what the steps said and what has happened, for comparison. */
export const tellStory = async (scene: Scene, story: readonly Step[]) => {
  const expected: unknown[] = []
  const told: unknown[] = []
  for (const step of story) {
    const { route, code, log } = step
    await scene.before?.(step)
    const { access, action } = definitions[route] ?? {}
    // As on the next day: a row of a list is entered once a day.
    if (action === 'search_hit') scene.home.core.vault?.ledgerDb.db.run('DELETE FROM search_hit_day')
    const from = scene.home.core.vault?.ledger.size() ?? scene.known
    const before = scene.home.core.account
    const answer = await scene.home.router.call(route, step.input?.(scene.place) ?? {})
    if (answer.ok) scene.place.answers.set(route, answer.data)
    const atOnce = newEntries(scene.home, from)
    await scene.after?.(step)
    // What is begun and ends later is entered at its end, too; a sync enters what it brings, whoever started it.
    const all = access === 'destroy' || route === 'backup.start' ? newEntries(scene.home, from) : atOnce
    const { account, vault } = scene.home.core
    const actor = { ...(account ?? before)?.actor, device: vault?.ledger.deviceId }
    // The lock between two steps is that of whoever was there before.
    for (const { entry } of all.filter((one) => one.entry.action !== 'lock'))
      expect([route, entry.actor]).toMatchObject([route, actor])
    for (const { entry } of all)
      expect([route, JSON.stringify(entry)]).not.toEqual([route, expect.stringMatching(theirs)])
    const said = all.map(({ entry }) => sayEntry(entry, scene.names))
    told.push({ route, code: answer.ok ? undefined : answer.error.code, log: inShort(said) })
    expected.push({ route, code, log: [...log] })
    scene.known = vault?.ledger.size() ?? scene.known
  }
  return { told, expected }
}
