import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '../fixtures/index.ts'

/** What axe holds to be serious or critical on the page as it stands, one line each. */
export const findingsOf = async (page: Page): Promise<string[]> => {
  // Legacy mode: the other one opens a page of its own, which this program refuses.
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  // An axe that did not get to look finds nothing either.
  expect(passes.length).toBeGreaterThan(8)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** A folder to keep the pictures in, for whoever wants to look. */
const pictures = process.env['CANDOR_SHOTS']

/** Nothing serious on the page when it stands still; its picture is kept where somebody asked for it. */
export const lookAt = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(300)
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) })
  expect([name, await findingsOf(page)]).toEqual([name, []])
}
