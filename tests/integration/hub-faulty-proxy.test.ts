import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFaultyProxy, type FaultyProxy } from '../helpers/faulty-proxy.ts'

/** The proxy is a tool of other tests; this shows that each of its faults is one. */
let proxy: FaultyProxy
let served = 0
const origin = createServer((_request, response) => {
  served += 1
  const body = JSON.stringify({ changes: [1, 2, 3], page: served })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
})

beforeAll(async () => {
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve))
  const address = origin.address()
  proxy = await startFaultyProxy(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})
afterAll(async () => {
  await proxy.close()
  origin.close()
})

const get = async (path = '/v1/changes') => (await fetch(proxy.url + path)).json()

describe('faulty proxy', () => {
  it('passes everything on untouched, then does each fault once', async () => {
    expect(await get()).toEqual({ changes: [1, 2, 3], page: 1 })
    proxy.inject({ kind: 'status', status: 429, retryAfter: 7 })
    const limited = await fetch(`${proxy.url}/v1/changes`)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    proxy.inject({ kind: 'repeat_page' })
    expect(await get()).toEqual({ changes: [1, 2, 3], page: 1 })
    proxy.inject({ kind: 'reorder' })
    expect(await get()).toEqual({ changes: [3, 2, 1], page: 2 })
    proxy.inject({ kind: 'rewrite', change: () => ({ mine: true }) })
    expect(await get()).toEqual({ mine: true })
    proxy.inject({ kind: 'nonsense' })
    await expect(get()).rejects.toThrow()
    proxy.inject({ kind: 'truncated' })
    await expect(get()).rejects.toThrow()
    const before = served
    proxy.inject({ kind: 'cut', asked: false })
    await expect(get()).rejects.toThrow()
    expect(served).toBe(before)
    proxy.inject({ kind: 'cut', asked: true })
    await expect(get()).rejects.toThrow()
    expect(served).toBe(before + 1)
    proxy.inject({ kind: 'stall', milliseconds: 20 }, { path: '/other' })
    expect(await get()).toMatchObject({ page: before + 2 })
    expect(await get('/other')).toMatchObject({ page: before + 3 })
    expect(proxy.seen.at(-1)).toBe('GET /other')
  })
})
