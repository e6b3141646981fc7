import type { Locator } from '@playwright/test'
import { putRecords } from './hub.ts'
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

type Sandbox = { readonly url?: string; readonly accounts: ReadonlyArray<{ name: string; password: string }> }

/** A new version of a platform's rules, with its notice, as the sandbox's hub would send it; then a sync. */
export const putStricterRules = async (desk: Workstation): Promise<void> => {
  const { url = '', accounts } = await desk.call<Sandbox>('sandbox.state', {})
  const [hr] = accounts
  if (hr === undefined) throw new Error('the sandbox has no account')
  await putRecords({ url, account: hr.name, password: hr.password }, [
    {
      type: 'profile',
      id: 'profile-v4',
      data: {
        platform: 'zhaopin',
        version: '2026 V4',
        effective_from: '2026-11-01',
        document: {
          cells: { wechat: { delivered: { hr: ['masked', 'full', 't', 'ZP-21'] } } },
          retention: { rejected_days: [20, 'D4'] },
        },
      },
    },
    {
      type: 'notice',
      id: 'notice-v4',
      data: {
        title: '智联招聘规则 2026 V4',
        body: '投递简历的微信不再显示，未录用者的简历 20 天后销毁。',
        requires_consent: true,
        version: '2026 V4',
      },
    },
  ])
  await desk.by('sync-now').click()
}
