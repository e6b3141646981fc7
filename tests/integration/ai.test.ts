import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePeople, readIn, tellingText } from '../fixtures/many-people.ts'
import { startModelEndpoint, textsOf } from '../helpers/model-endpoint.ts'
import { failureOf, model, openModelHome, secret, type ModelHome } from '../helpers/model-home.ts'

const people = makePeople(220)

let home: ModelHome
let endpoint: ModelHome['endpoint']
let core: ModelHome['core']
let one: ModelHome['one']
const ask: ModelHome['ask'] = (...asked) => home.ask(...asked)

beforeAll(async () => {
  home = await openModelHome()
  ;({ endpoint, core, one } = home)
})
beforeEach(() => endpoint.say('候选人有六年 Java 经验。'))
afterAll(() => home.close())

describe('the two switches', () => {
  it('[D22] [ZP-16] is off until the owner of the workspace and the user have both switched it on', async () => {
    expect(await core.call('ai.status', {})).toMatchObject({
      active: false,
      enterprise: { on: false },
      user: { on: false },
    })
    expect(await failureOf(ask(one.id))).toBe('off')
    expect(await failureOf(core.call('ai.set_enterprise', { on: true }))).toBe('E_CONFLICT')
    await core.call('ai.set_endpoint', { address: endpoint.address, model, key: secret })
    await core.call('ai.set_enterprise', { on: true })
    expect(await failureOf(ask(one.id))).toBe('off')
    await core.call('ai.set_enterprise', { on: false })
    await core.call('ai.set_user', { on: true })
    expect(await failureOf(ask(one.id))).toBe('off')
    expect(endpoint.requests).toEqual([])
    await core.call('ai.set_enterprise', { on: true })
    expect(await core.call('ai.status', {})).toMatchObject({
      active: true,
      enterprise: { by: 'hr' },
      user: { by: 'hr' },
    })
    expect(await failureOf(ask(one.id))).toBe('none')
  })

  it('[D22] stops what is under way when either is switched off, and keeps nothing of it', async () => {
    for (const route of ['ai.set_user', 'ai.set_enterprise'] as const) {
      await home.setUp()
      const before = home.countOutputs()
      endpoint.answer = () => undefined
      const waiting = failureOf(ask(one.id))
      await expect.poll(async () => (await core.call('ai.status', {})).running).toBe(1)
      await core.call(route, { on: false })
      expect(await waiting).toBe('E_CANCELLED')
      expect(await failureOf(ask(one.id))).toBe('off')
      expect(home.countOutputs()).toBe(before)
    }
    await home.setUp()
  })

  it('[D22] asks the user anew when the texts are to go to somebody else, who does not get the old key', async () => {
    const other = await startModelEndpoint()
    await core.call('ai.set_endpoint', { address: other.address, model })
    expect(await core.call('ai.status', {})).toMatchObject({
      active: false,
      user: { on: false },
      endpoint: { has_key: false },
    })
    expect(await failureOf(ask(one.id))).toBe('off')
    await core.call('ai.test', {})
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
    await other.close()
    await home.setUp()
  })

  it('takes https only, but for this machine', async () => {
    for (const address of [
      'http://model.example',
      'ftp://127.0.0.1',
      'https://u:p@model.example',
      'nonsense',
      'https://m.example/?a=b',
    ]) {
      expect([address, await failureOf(core.call('ai.set_endpoint', { address, model }))]).toEqual([address, 'E_INPUT'])
    }
    expect(await failureOf(core.call('ai.set_endpoint', { address: 'https://model.example/v1', model }))).toBe('none')
    await home.setUp()
  })

  it('keeps the key where nobody reads it: not in an answer, a log, or a file in clear', async () => {
    const status = JSON.stringify([await core.call('ai.status', {}), await home.entries()])
    expect(status).not.toContain(secret)
    expect(status).toContain('"has_key":true')
    const files = readdirSync(core.home, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
    expect(files.map(({ name }) => name)).toContain('ai.bin')
    for (const file of files) {
      expect([file.name, readFileSync(join(file.parentPath, file.name)).includes(secret)]).toEqual([file.name, false])
    }
    await ask(one.id)
    expect(endpoint.requests.at(-1)?.headers.authorization).toBe(`Bearer ${secret}`)
    expect(endpoint.requests.at(-1)?.path).toBe('/v1/chat/completions')
  })
})

describe('what goes out', () => {
  it('[ZP-18] tells of none of 220 people in the bytes that an endpoint receives', { timeout: 240_000 }, async () => {
    const kinds = ['summary', 'evaluation', 'questions', 'greeting'] as const
    const hits: string[] = []
    let identifiers = 0
    for (const [at, somebody] of people.entries()) {
      const text = tellingText(somebody, at)
      identifiers += readIn(text, somebody).length
      const { id } = at === 0 ? one : await home.takeIn(somebody, text)
      const before = endpoint.requests.length
      await ask(id, kinds[at % kinds.length])
      const sent = endpoint.requests.slice(before)
      expect(sent).toHaveLength(1)
      for (const request of sent) {
        const raw = request.bytes.toString('utf8')
        for (const reading of [textsOf(request), raw, JSON.stringify(request.headers)]) {
          hits.push(...readIn(reading, somebody).map((hit) => `${at} ${hit}`))
        }
        for (const own of [somebody.company, somebody.school, '周婷', '13700137000', 'female', one.id, id]) {
          if (raw.includes(own)) hits.push(`${at} ${own}`)
        }
      }
    }
    expect(hits).toEqual([])
    expect(identifiers).toBeGreaterThan(1500)
  })

  it('[ZP-18] is entered before it leaves: person, model and fields', async () => {
    let atArrival: unknown
    endpoint.answer = (response) => {
      void home.entries().then((rows) => {
        atArrival = rows[0]
        response.writeHead(500).end()
      })
    }
    expect(await failureOf(ask(one.id))).toBe('down')
    expect(atArrival).toMatchObject({
      action: 'share',
      outcome: 'done',
      detail: `ai ${model}`,
      fields: ['body'],
      job: home.job,
    })
    expect((atArrival as { subject?: string }).subject).toBeDefined()
  })

  it('offers the model no tools and asks for no stream', async () => {
    await ask(one.id)
    const body = JSON.parse(endpoint.requests.at(-1)?.bytes.toString('utf8') ?? '') as object
    expect(Object.keys(body).sort()).toEqual(['max_tokens', 'messages', 'model', 'stream', 'temperature'])
    expect(body).toMatchObject({ stream: false, model })
  })

  it('leaves companies and schools in place only where the enterprise says so', async () => {
    await core.call('ai.set_endpoint', { address: endpoint.address, model, strict: false })
    await ask(one.id)
    expect(textsOf(endpoint.requests.at(-1) as never)).toContain(home.person.company)
    await core.call('ai.set_endpoint', { address: endpoint.address, model })
    await ask(one.id)
    expect(textsOf(endpoint.requests.at(-1) as never)).not.toContain(home.person.company)
  })
})

describe('a posting', () => {
  it('is drafted from a few points about a job, with the model’s name beside it', async () => {
    endpoint.say('职责：负责支付系统。')
    const { output } = await core.call('ai.run', {
      kind: 'posting',
      run: 'posting-1',
      title: '后端工程师',
      notes: '三年 Java；投递找周婷 13700137000',
    })
    expect(output).toMatchObject({ author: 'ai', kind: 'posting', model, text: '职责：负责支付系统。' })
    expect(textsOf(endpoint.requests.at(-1) as never)).not.toContain('13700137000')
    await core.call('ai.discard', { id: output.id })
  })
})
