import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../fixtures/index.ts'
import { startHub } from '../pages/hub.ts'
import { Workstation } from '../pages/workstation.ts'

/**
 * What a hand feels in the real window (`docs/performance.md`, P12 and P13), with as many people as `CANDOR_BENCH_PEOPLE` says: from
 * the passphrase to the list, from a key to the painted result, and frames while the list is scrolled. Each stands beside the frames of
 * the same window at rest. Nothing is asserted on time.
 */

const people = Number(process.env['CANDOR_BENCH_PEOPLE'] ?? 1000)
/** A first sync of that many takes minutes for each ten thousand. */
const syncMs = 120_000 + people * 60
const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0
const ms = (value: number): string => `${value.toFixed(1)} ms`

type Long = {
  readonly duration: number
  readonly scripts: number
  readonly forced: number
  readonly style: number
  readonly by: string
}

test(`keys and scrolling in the window, with ${people} people`, async ({ launch }) => {
  test.setTimeout(240_000 + syncMs)
  const folder = mkdtempSync(join(tmpdir(), 'candor-bench-hub-'))
  const hub = await startHub(folder, people)
  const first = await launch()
  const before = new Workstation(first.page)
  await before.setUp()
  await before.by('sign-in-hub').fill(hub.url)
  await before.by('sign-in-account').fill(hub.account)
  await before.by('sign-in-password').fill(hub.password)
  await before.by('sign-in-submit').click()
  await before.by('nav-settings').waitFor({ timeout: 60_000 })
  await expect
    .poll(
      async () => {
        // A first sync of many outlasts the idle lock, which would end the sync with the session (D20).
        await before.call('lock.stay', {})
        return before.call<{ progress: { state: string }; unindexed: number }>('sync.status', {})
      },
      { timeout: syncMs, intervals: [1000] },
    )
    .toMatchObject({ progress: { state: 'done' }, unindexed: 0 })
  await before.acceptRules()
  await before.open('candidates')
  await before.by('candidate-row').first().waitFor()
  await first.close()

  const { page } = await launch({ home: first.home })
  const desk = new Workstation(page)
  await desk.by('passphrase').waitFor()
  const start = performance.now()
  await desk.unlock()
  await desk.by('account-resume').click()
  await desk.by('candidate-row').first().waitFor()
  const firstList = performance.now() - start

  const frames = (scroll: boolean): Promise<number[]> =>
    page.evaluate(
      (moving) =>
        new Promise<number[]>((resolve) => {
          let list: Element | null = document.querySelector('[data-testid="candidate-row"]')
          while (list && !(list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== 'visible'))
            list = list.parentElement
          const taken: number[] = []
          let last = performance.now()
          const step = (): void => {
            const now = performance.now()
            taken.push(now - last)
            last = now
            if (moving && list) list.scrollTop = (list.scrollTop + 90) % (list.scrollHeight - list.clientHeight)
            if (taken.length === 300) resolve(taken.slice(1))
            else requestAnimationFrame(step)
          }
          requestAnimationFrame(step)
        }),
      scroll,
    )
  /** What the engine itself says of long frames: time in scripts, in style and layout, and the rest of it. */
  const longFrames = (): Promise<Long[]> =>
    page.evaluate(
      () =>
        new Promise<Long[]>((resolve) => {
          new PerformanceObserver((list, observer) => {
            observer.disconnect()
            const entries = list.getEntries() as unknown as ReadonlyArray<{
              duration: number
              startTime: number
              renderStart: number
              styleAndLayoutStart: number
              scripts: ReadonlyArray<{ duration: number; invoker: string; forcedStyleAndLayoutDuration: number }>
            }>
            resolve(
              entries.map(({ duration, startTime, styleAndLayoutStart: style, scripts }) => ({
                duration,
                scripts: scripts.reduce((sum, script) => sum + script.duration, 0),
                forced: scripts.reduce((sum, script) => sum + script.forcedStyleAndLayoutDuration, 0),
                style: style === 0 ? 0 : startTime + duration - style,
                by: scripts.map(({ invoker }) => invoker).join(' '),
              })),
            )
          }).observe({ type: 'long-animation-frame', buffered: true })
          setTimeout(() => resolve([]), 2000)
        }),
    )
  const atRest = await frames(false)
  const known = (await longFrames()).length
  const scrolled = await frames(true)
  const long = (await longFrames()).slice(known).toSorted((a, b) => b.duration - a.duration)

  /** From the key until the frame after the one in which the page has drawn the change. */
  const painted = (key: string): Promise<number> =>
    page.evaluate(
      (pressed) =>
        new Promise<number>((resolve) => {
          const pressedAt = performance.now()
          window.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }))
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - pressedAt)))
        }),
      key,
    )
  const keys: number[] = []
  for (let press = 0; press < 120; press++) keys.push(await painted(press % 20 < 10 ? 'j' : 'k'))

  /** From the click until the person is painted. */
  const opened: number[] = []
  for (let row = 1; row <= 12; row++) {
    opened.push(
      await page.evaluate(
        (at) =>
          new Promise<number>((resolve) => {
            const target = document.querySelectorAll<HTMLElement>('[data-testid="candidate-row"]')[at]
            const id = target?.dataset['id']
            const clickedAt = performance.now()
            target?.click()
            const look = (): void => {
              const shown =
                document.querySelector<HTMLElement>('[data-testid="candidate-detail"]')?.dataset['id'] === id
              const refused = document.querySelector('[data-testid="candidate-detail"] [data-testid="error-message"]')
              if (shown || refused || performance.now() - clickedAt > 5000) resolve(performance.now() - clickedAt)
              else requestAnimationFrame(look)
            }
            requestAnimationFrame(look)
          }),
        row,
      ),
    )
  }

  const found: number[] = []
  for (const words of ['Java', '后端', '北京', '销售', '会计', 'Redis', '经理', '本科', '重庆', '运营']) {
    const typed = performance.now()
    await desk.by('candidate-search').fill(words)
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-testid="candidate-row"] mark').first()).toContainText(new RegExp(words, 'iu'))
    found.push(performance.now() - typed)
  }

  const rest = quantile(atRest, 0.5)
  const times = (value: number): string => `${(value / rest).toFixed(2)} × a frame at rest`
  const lines = [
    `people                        ${people}`,
    `frame at rest                 median ${ms(rest)}, longest ${ms(Math.max(...atRest))}`,
    `P12 passphrase to first list  ${ms(firstList)} (with the driver's way)`,
    `P12 key to painted row        median ${ms(quantile(keys, 0.5))}, p95 ${ms(quantile(keys, 0.95))}, ${times(quantile(keys, 0.95))}`,
    `P12 click to painted person   median ${ms(quantile(opened, 0.5))}, longest ${ms(Math.max(...opened))}, ${times(quantile(opened, 0.5))}`,
    `P12 search to painted result  median ${ms(quantile(found, 0.5))}, longest ${ms(Math.max(...found))} (with the driver's way)`,
    `P13 frame while scrolling     median ${ms(quantile(scrolled, 0.5))}, longest ${ms(Math.max(...scrolled))}, ` +
      `${scrolled.filter((one) => one > 50).length} of ${scrolled.length} over 50 ms, ${times(quantile(scrolled, 0.5))}`,
  ]
  for (const { duration, scripts, forced, style, by } of long.slice(0, 8))
    lines.push(
      `    long frame of ${ms(duration)}: scripts ${ms(scripts)} (layout forced in them ${ms(forced)}), style and layout ${ms(style)}; ${by}`,
    )
  console.log(`\n${lines.join('\n')}`)
  expect(scrolled.length).toBe(atRest.length)
  await hub.kill()
  rmSync(folder, { recursive: true, force: true })
})
