// @vitest-environment happy-dom
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import SecondFactorDialog from '../../../../../src/features/second-factor/SecondFactorDialog.vue'
import { call } from '../../../../../src/ipc/api.ts'
import { mountInPage, type Mounted } from '../../mount-in-page.ts'

/** Core as it stands before and after a proof; everything that was called, in order. */
const core = { proved: false, enrolled: true, calls: [] as string[] }
let page: Mounted

beforeEach(async () => {
  Object.assign(core, { proved: false, enrolled: true, calls: [] })
  Reflect.set(window, 'candor', {
    call: async (route: string, input: { code?: string }) => {
      core.calls.push(route)
      if (route === 'factor.prove') {
        core.proved = input.code === '123456'
        return core.proved
          ? { ok: true, data: {} }
          : { ok: false, error: { code: 'E_WRONG_CODE', message: '', data: {} } }
      }
      const data = { reason: 'proof', enrolled: core.enrolled, accepted: 'totp recovery' }
      return core.proved
        ? { ok: true, data: { made: 1 } }
        : { ok: false, error: { code: 'E_SECOND_FACTOR', message: '', data } }
    },
    on: () => () => undefined,
  })
  page = await mountInPage(SecondFactorDialog)
})
afterEach(() => {
  page.unmount()
  Reflect.deleteProperty(window, 'candor')
})

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await nextTick()
}
const find = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)
const type = async (code: string): Promise<void> => {
  const field = find('factor-code') as HTMLInputElement
  field.value = code
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
  document.querySelector('#proof-form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}
const make = () =>
  call('package.make', { record_id: '00000000-0000-4000-8000-000000000001' as never, kind: 'copy', language: 'zh-CN' })

describe('[ZP-94] a call that takes a proof', () => {
  it('waits for the code and is made once more', async () => {
    const made = make()
    await settle()
    await type('000000')
    expect(find('error-message')?.dataset['code']).toBe('E_WRONG_CODE')
    await type('123456')
    expect(await made).toEqual({ made: 1 })
    expect(core.calls).toEqual(['package.make', 'factor.prove', 'factor.prove', 'package.make'])
    expect(find('factor-code')).toBeNull()
  })

  it('fails with what core said when the person gives none, or has no factor to give', async () => {
    core.enrolled = false
    const made = make().catch((thrown: unknown) => thrown)
    await settle()
    expect([find('factor-code'), find('proof-submit')]).toEqual([null, null])
    find('proof-cancel')?.click()
    expect(await made).toMatchObject({ code: 'E_SECOND_FACTOR' })
    expect(core.calls).toEqual(['package.make'])
  })
})
