import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

export const passphrase = 'lantern orchard 27 river'

/** What a person does in the window, by the names that `docs/interfaces.md` promises. */
export class Workstation {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  by(testid: string): Locator {
    return this.page.getByTestId(testid)
  }

  async language(): Promise<string> {
    return (await this.call<{ language: string }>('system.state', {})).language
  }

  /** Picks files for a job in the import dialog and waits until each has a result. */
  async takeIn(
    jobId: string,
    files: ReadonlyArray<{ readonly name: string; readonly mimeType: string; readonly buffer: Buffer }>,
  ): Promise<void> {
    await this.page
      .locator('input[type=file]')
      .first()
      .setInputFiles([...files])
    await this.by('intake-job').selectOption(jobId)
    await this.by('intake-submit').click()
    await expect(this.by('intake-file')).toHaveCount(files.length)
    await expect(this.by('intake-submit')).toBeHidden({ timeout: 120_000 })
    await this.page.keyboard.press('Escape')
  }

  /** From the first screen to an open vault; returns the recovery code. */
  async setUp(): Promise<string> {
    await this.by('consent-accept').click()
    await this.by('passphrase-new').fill(passphrase)
    await this.by('passphrase-repeat').fill(passphrase)
    await this.by('passphrase-submit').click()
    const code = (await this.by('recovery-code').textContent({ timeout: 60_000 })) ?? ''
    await this.by('recovery-continue').click()
    return code.trim()
  }

  /** Starts the sandbox's hub, if it does not run yet, and signs in as one of its accounts. */
  async signIn(account: string): Promise<void> {
    await this.by('sandbox-start').or(this.by('sandbox-account').first()).waitFor()
    if ((await this.by('sandbox-start').count()) > 0) await this.by('sandbox-start').click()
    const row = this.by('sandbox-account').filter({ hasText: account })
    await row.waitFor({ timeout: 120_000 })
    await row.click()
    await this.by('sign-in-submit').click()
    await this.by('nav-settings').waitFor({ timeout: 60_000 })
  }

  async open(
    section:
      | 'jobs'
      | 'candidates'
      | 'interviews'
      | 'reports'
      | 'sync'
      | 'retention'
      | 'ledger'
      | 'requests'
      | 'officer'
      | 'admin'
      | 'bulletin'
      | 'rules'
      | 'settings'
      | 'account',
  ): Promise<void> {
    await this.by(`nav-${section}`).click()
  }

  /** Waits until the sync that signing in has started is at its end and everything can be searched; accepts what it brought. */
  async sync(): Promise<void> {
    await expect
      .poll(() => this.call<{ progress: { state: string }; unindexed: number }>('sync.status', {}), {
        timeout: 180_000,
      })
      .toMatchObject({ progress: { state: 'done' }, unindexed: 0 })
    await this.acceptRules()
    await this.open('sync')
  }

  /** Accepts rules and notices, if the window asks for an answer. */
  async acceptRules(): Promise<void> {
    const { rules_to_answer: asked } = await this.call<{ rules_to_answer: boolean }>('system.state', {})
    if (!asked) return
    await this.by('rules-accept').click()
    await expect(this.by('rules-update')).toHaveCount(0)
  }

  /** Chooses language and appearance as a person does, in the settings. */
  async dress(language: 'zh' | 'en', theme: 'light' | 'dark'): Promise<void> {
    await this.open('settings')
    await this.by(`language-${language}`).click()
    // Not within the same moment: the page is being said anew.
    await expect(this.page.locator(`html[lang^="${language}"]`)).toBeAttached()
    await this.by(`theme-${theme}`).click()
    await expect(this.page.locator(`html[data-theme="${theme}"][lang^="${language}"]`)).toBeAttached()
  }

  async unlock(): Promise<void> {
    await this.by('passphrase').fill(passphrase)
    await this.by('unlock').click()
  }

  /** A route, as the page itself calls it. @throws when the answer is an error */
  async call<T>(route: string, input: unknown): Promise<T> {
    const answer = await this.page.evaluate(
      ([name, body]) =>
        (window as never as { candor: { call(route: string, input: unknown): Promise<unknown> } }).candor.call(
          name as string,
          body,
        ),
      [route, input] as const,
    )
    const { ok, data, error } = answer as { ok: boolean; data: T; error?: { code: string } }
    if (!ok) throw new Error(`${route}: ${error?.code ?? '?'}`)
    return data
  }
}
