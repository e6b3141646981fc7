import type { Locator } from '@playwright/test'
import { expect } from '@playwright/test'
import type { Workstation } from './workstation.ts'

type Column = {
  readonly step: { readonly id: string; readonly stage: string }
  readonly cards: ReadonlyArray<{ readonly application?: { readonly id: string } }>
}

/** The pipeline board, as somebody uses it. */
export class Board {
  readonly desk: Workstation

  constructor(desk: Workstation) {
    this.desk = desk
  }

  column(step: string): Locator {
    return this.desk.page.locator(`[data-testid="board-column"][data-step="${step}"]`)
  }

  card(application: string): Locator {
    return this.desk.page.locator(`[data-testid="board-card"][data-application="${application}"]`)
  }

  async open(): Promise<void> {
    await this.desk.by('nav-pipeline').click()
    await this.desk.by('board-card').first().waitFor()
  }

  /** The job whose board is open. */
  async job(): Promise<string> {
    return this.desk.by('board-job').inputValue()
  }

  /** Where core says that an application stands. */
  async standsIn(application: string): Promise<string | undefined> {
    const { columns } = await this.desk.call<{ columns: Column[] }>('board.get', {
      job_id: await this.job(),
      limit: 100,
    })
    return columns.find(({ cards }) => cards.some((card) => card.application?.id === application))?.step.id
  }

  async expectIn(application: string, step: string): Promise<void> {
    await expect.poll(() => this.standsIn(application)).toBe(step)
    await expect(this.column(step).locator(`[data-application="${application}"]`)).toHaveCount(1)
  }

  async firstIn(step: string): Promise<string> {
    return (await this.column(step).getByTestId('board-card').first().getAttribute('data-application')) ?? ''
  }
}
