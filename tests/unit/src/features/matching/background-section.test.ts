// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { nextTick } from 'vue'
import BackgroundSection from '../../../../../src/features/matching/BackgroundSection.vue'
import { useSession } from '../../../../../src/stores/session.ts'
import { answerWith, mountInPage, type Mounted } from '../../mount-in-page.ts'

let mounted: Mounted | undefined
const byId = (id: string): HTMLElement | null => document.querySelector(`[data-testid="${id}"]`)
const settle = async (): Promise<void> => {
  for (let n = 0; n < 20; n++) await Promise.resolve()
  await nextTick()
}

const check = { id: 'check-1', provider: '诚信背调', scope: ['employment'], asked_at: 0, by: '人事' }
const locked = { rule: 'BACKGROUND_CONSENT', clause: 'ZP-57', lift: 'BACKGROUND_ANSWER' }

/** The section of somebody whose application is in `stage`, as a recruiter sees it. */
const open = async (stage: string, state?: string): Promise<void> => {
  answerWith({
    'background.list': () => ({ items: state === undefined ? [] : [{ ...check, state }], locked, days: 30 }),
    'system.state': () => ({ phase: 'ready', now: 0, account: { role: 'hr', local: true } }),
  })
  mounted = await mountInPage(BackgroundSection, {
    detail: { id: 'rec-1', life: 'live', application: { id: 'app-1', job_id: 'job-1', stage } },
  })
  await useSession().refresh()
  await settle()
}

afterEach(() => {
  mounted?.unmount()
})

test.each(['new', 'reviewed', 'interview', 'offer'])('[ZP-57] in %s a check can be asked for', async (stage) => {
  await open(stage)
  expect(byId('background-ask')?.textContent).toContain('征求同意')
})

test.each(['hired', 'rejected', 'withdrawn'])(
  '[ZP-57] nothing is asked for once the application is %s, and no way to it is named',
  async (stage) => {
    await open(stage, 'refused')
    expect(byId('background-section')).not.toBeNull()
    expect(byId('background-row')?.dataset.state).toBe('refused')
    expect([byId('background-ask'), byId('background-locked')]).toEqual([null, null])
  },
)

test('[ZP-57] the answer to a check that was asked for before is still taken down after a rejection', async () => {
  await open('rejected', 'asked')
  expect(byId('background-answer')).not.toBeNull()
  expect(byId('background-locked')?.textContent).toContain('ZP-57')
})
