import type { Locator } from '@playwright/test'
import type { Workstation } from './workstation.ts'

/** The rules as the window shows them. */
export class Rules {
  readonly #desk: Workstation

  constructor(desk: Workstation) {
    this.#desk = desk
  }

  cell(field: string, channel: string): Locator {
    return this.#desk.page.locator(`[data-testid="rules-cell"][data-field="${field}"][data-channel="${channel}"]`)
  }

  async choose(what: 'rules-platform' | 'rules-role' | 'rules-filter' | 'rules-part', value: string): Promise<void> {
    await this.#desk.page.locator(`[data-testid="${what}"][data-value="${value}"]`).click()
  }

  /** Lays rules of one's own over a platform's; an empty text takes them away. */
  async tighten(platform: string, text: string): Promise<void> {
    await this.#desk.open('rules')
    await this.choose('rules-part', 'tighten')
    await this.#desk.page.locator(`[data-testid="tighten-platform"][data-value="${platform}"]`).click()
    await this.#desk.by('tighten-text').fill(text)
    await this.#desk.by('tighten-submit').click()
  }
}
