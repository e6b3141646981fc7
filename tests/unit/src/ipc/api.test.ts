// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest'
import { ApiError, call } from '../../../../src/ipc/api.ts'

const answer = (raw: unknown): void => {
  Reflect.set(window, 'candor', { call: async () => raw, on: () => undefined })
}
const failure = async (): Promise<ApiError> => {
  try {
    await call('job.list', {})
  } catch (thrown) {
    if (thrown instanceof ApiError) return thrown
  }
  return expect.unreachable('it did not fail')
}
afterEach(() => Reflect.deleteProperty(window, 'candor'))

describe('a call', () => {
  test('unwraps an answer, as a string or as an object', async () => {
    answer(JSON.stringify({ ok: true, data: { items: [] } }))
    expect(await call('job.list', {})).toEqual({ items: [] })
    answer({ ok: true, data: { items: [] } })
    expect(await call('job.list', {})).toEqual({ items: [] })
  })
  test('throws a refusal with its code and rule', async () => {
    answer({ ok: false, error: { code: 'E_CHANNEL', message: 'no', data: { rule: 'NOT_DISCLOSED', clause: 'ZP-26' } } })
    const error = await failure()
    expect([error.code, error.data]).toEqual(['E_CHANNEL', { rule: 'NOT_DISCLOSED', clause: 'ZP-26' }])
  })
  test.each([undefined, null, '', '{', 42, {}, { ok: 'yes' }])(
    '%o is an internal error, never an answer',
    async (raw) => {
      answer(raw)
      expect((await failure()).code).toBe('E_INTERNAL')
    },
  )
  test('outside of the program there is nothing to call', async () => {
    expect((await failure()).code).toBe('E_SENDER')
  })
})
