import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

/**
 * What a hand feels in the real window, with the sandbox's people (`docs/performance.md`, P12 and P13): from a key to the painted
 * result, and frames while the list is scrolled. Each beside the frames of the same window at rest. Nothing is asserted on time.
 */

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0
const ms = (value: number): string => `${value.toFixed(1)} ms`

test('keys and scrolling in the window', async ({ launch }) => {
  test.setTimeout(300_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  await desk.by('candidate-row').first().waitFor()

  const frames = (scroll: boolean): Promise<number[]> =>
    page.evaluate(
      (moving) =>
        new Promise<number[]>((resolve) => {
          let list: Element | null = document.querySelector('[data-testid="candidate-row"]')
          while (list && !(list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== 'visible'))
            list = list.parentElement
          const taken: number[] = []
          let before = performance.now()
          const step = (): void => {
            const now = performance.now()
            taken.push(now - before)
            before = now
            if (moving && list) list.scrollTop = (list.scrollTop + 90) % (list.scrollHeight - list.clientHeight)
            if (taken.length === 300) resolve(taken.slice(1))
            else requestAnimationFrame(step)
          }
          requestAnimationFrame(step)
        }),
      scroll,
    )
  const atRest = await frames(false)
  const scrolled = await frames(true)

  /** From the key until the frame after the one in which the page has drawn the change. */
  const painted = (key: string): Promise<number> =>
    page.evaluate(
      (pressed) =>
        new Promise<number>((resolve) => {
          const before = performance.now()
          window.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }))
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - before)))
        }),
      key,
    )
  const keys: number[] = []
  for (let press = 0; press < 120; press++) keys.push(await painted(press % 20 < 10 ? 'j' : 'k'))

  const found: number[] = []
  for (const words of ['Java', '后端', '北京', '销售', '会计', 'Redis', '经理', '本科', '重庆', '运营']) {
    const before = performance.now()
    await desk.by('candidate-search').fill(words)
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-testid="candidate-row"] mark').first()).toContainText(new RegExp(words, 'iu'))
    found.push(performance.now() - before)
  }
  const rest = quantile(atRest, 0.5)
  const lines = [
    `frame at rest                 median ${ms(rest)}, longest ${ms(Math.max(...atRest))}`,
    `P13 frame while scrolling     median ${ms(quantile(scrolled, 0.5))}, longest ${ms(Math.max(...scrolled))}, ` +
      `${scrolled.filter((one) => one > 50).length} of ${scrolled.length} over 50 ms, ${(quantile(scrolled, 0.5) / rest).toFixed(2)} × at rest`,
    `P12 key to painted row        median ${ms(quantile(keys, 0.5))}, p95 ${ms(quantile(keys, 0.95))}, ` +
      `${(quantile(keys, 0.95) / (2 * rest)).toFixed(2)} × two frames at rest`,
    `P12 search to painted result  median ${ms(quantile(found, 0.5))}, longest ${ms(Math.max(...found))} (with the driver's way)`,
  ]
  console.log(`\n${lines.join('\n')}`)
  expect(scrolled.length).toBe(atRest.length)
})
