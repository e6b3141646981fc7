// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { ref, shallowRef } from 'vue'
import DevicesPanel from '../../../../../src/features/ledger/DevicesPanel.vue'
import { i18n } from '../../../../../src/i18n/index.ts'
import { ApiError } from '../../../../../src/ipc/api.ts'
import { logState, type LogState } from '../../../../../electron/shared/domain/log-health.ts'
import { mountInPage, type Mounted } from '../../mount-in-page.ts'

let page: Mounted | undefined
afterEach(() => page?.unmount())

const device = (state: LogState, n: number) => ({
  device: `device-${n}`,
  name: `工位 ${n}`,
  account: 'acc-hr',
  account_name: '周岚',
  revoked: false,
  seen_at: '2026-11-26T08:00:00Z',
  size: 12,
  root: 'x',
  faults: 1,
  state,
  ...(['rewritten', 'put_back', 'hub_behind'].includes(state)
    ? {
        fault: {
          kind: state,
          since: '2026-11-25T08:00:00Z',
          at: '2026-11-26T08:00:00Z',
          account: 'acc-hr',
          held: 12,
          claimed: 7,
        },
      }
    : {}),
})

const show = async (answer: { readonly data?: unknown; readonly error?: ApiError }): Promise<string> => {
  const devices = {
    data: shallowRef(answer.data),
    error: shallowRef(answer.error),
    loading: ref(false),
    slow: ref(false),
    reload: () => Promise.resolve(),
  }
  page = await mountInPage(DevicesPanel, { devices })
  return page.root.textContent
}

describe('[ZP-96] the logs of all devices', () => {
  it.each(['zh-CN', 'en-US'] as const)(
    'say in %s how each stands and what to do, and how much is where',
    async (language) => {
      i18n.global.locale.value = language
      const items = logState.options.map((state, n) => device(state, n))
      await show({ data: { hub: true, now: 0, items: [{ ...device('same', 9), here: 15 }, ...items] } })
      const rows = [...(page?.root.querySelectorAll('[data-testid="device-row"]') ?? [])]
      expect(rows.map((row) => row.getAttribute('data-state'))).toEqual(['same', ...logState.options])
      const said = rows.map((row) =>
        [...row.querySelectorAll('td')].map((cell) => cell.textContent.replaceAll(/\s+/gu, ' ').trim()),
      )
      // Each state has words of its own for what it is and for what comes next.
      const same = said[0]
      for (const column of [1, 4])
        expect(new Set(said.slice(1).map((cells) => cells[column])).size).toBe(logState.options.length)
      expect(same?.[3]).toBe('15 / 12')
      const sizes = Object.fromEntries(said.slice(1).map((cells, n) => [logState.options[n], cells[3]]))
      expect(sizes).toMatchObject({ rewritten: '7 / 12', put_back: '7 / 12', offline: '— / 12', same: '12 / 12' })
      expect(said.flat().filter((text) => /ledger\./u.test(text))).toEqual([])
    },
  )

  it('say what an empty list, no hub and a hub out of reach mean', async () => {
    i18n.global.locale.value = 'zh-CN'
    expect(await show({ data: { hub: true, now: 0, items: [] } })).toContain('服务端还没有登记任何设备')
    page?.unmount()
    expect(await show({ data: { hub: false, now: 0, items: [] } })).toContain('本工作区没有服务端')
    page?.unmount()
    const away = await show({ error: new ApiError('E_HUB_UNREACHABLE', '') })
    expect(away).toContain('本机的记录不受影响')
    page?.unmount()
    expect(await show({ error: new ApiError('E_HUB_ANSWER', '') })).not.toContain('不受影响')
  })
})
