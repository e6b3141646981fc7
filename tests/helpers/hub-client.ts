import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import { z } from 'zod'
import {
  change,
  changesPage,
  outboxAnswer,
  tokenAnswer,
  type Change,
} from '../../electron/shared/domain/sync-records.ts'

/** Talks HTTP to a hub and holds every answer against `resources/hub.openapi.yaml`. */
export type HubClient = {
  call(method: string, path: string, options?: CallOptions): Promise<HubAnswer>
  /** Signs in by password and gives a client that sends the token. */
  signIn(account: string, password: string): Promise<HubClient & { readonly token: string; readonly refresh: string }>
  withToken(token: string): HubClient
}
export type CallOptions = {
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}
export type HubAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  readonly text: string
  /** Of a problem. */
  readonly code: string | undefined
  as<Z extends z.ZodType>(schema: Z): z.output<Z>
}

type Responses = Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>>
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Responses }>>>>
  readonly components: { readonly schemas: { readonly Problem: object } }
}

export const openapiFile = new URL('../../resources/hub.openapi.yaml', import.meta.url)
const contract = parse(readFileSync(openapiFile, 'utf8')) as Document
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
const compiled = new Map<object, ValidateFunction>()

const check = (schema: object, value: unknown, what: string): void => {
  const resolved = '$ref' in schema ? contract.components.schemas.Problem : schema
  const validate = compiled.get(resolved) ?? ajv.compile(resolved)
  compiled.set(resolved, validate)
  if (!validate(value)) throw new Error(`${what} breaks the contract: ${ajv.errorsText(validate.errors)}`)
}

const pathPattern = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.]/g, '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)
const routes = Object.entries(contract.paths).map(([path, methods]) => ({ pattern: pathPattern(path), path, methods }))

const verify = (method: string, path: string, answer: HubAnswer): void => {
  const bare = path.split('?')[0] ?? path
  const route =
    routes.find((one) => one.path === bare) ??
    routes.find((one) => one.pattern.test(bare) && one.methods[method.toLowerCase()] !== undefined)
  const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
  const what = `${method} ${route?.path ?? bare} ${answer.status}`
  const responses = route?.methods[method.toLowerCase()]?.responses
  if (responses === undefined) {
    if (answer.status !== 404 && answer.status !== 405) throw new Error(`${what} is not in the contract`)
    return
  }
  const described = responses[String(answer.status)] ?? (answer.status >= 400 ? responses['default'] : undefined)
  if (described === undefined) throw new Error(`${what}: this status is not in the contract`)
  if (described.content === undefined) {
    if (answer.bytes.length > 0) throw new Error(`${what}: a body that the contract does not name`)
    return
  }
  const media = described.content[type]
  if (media === undefined) throw new Error(`${what}: media type ${type} is not in the contract`)
  if (media.schema !== undefined) check(media.schema, JSON.parse(answer.text), what)
}

export const hubClient = (url: string, token?: string): HubClient => {
  const call: HubClient['call'] = async (method, path, options = {}) => {
    const response = await fetch(url + path, {
      method,
      // What a route answers is held against the contract, not where that leads.
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
      ...(options.form === undefined ? {} : { body: new URLSearchParams(options.form) }),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString('utf8')
    const json: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined
    const answer: HubAnswer = {
      status: response.status,
      headers: response.headers,
      bytes,
      text,
      code: z.object({ code: z.string() }).safeParse(json).data?.code,
      as: (schema) => schema.parse(json),
    }
    verify(method, path, answer)
    return answer
  }
  return {
    call,
    withToken: (other) => hubClient(url, other),
    signIn: async (username, password) => {
      const answer = await call('POST', '/v1/oauth/token', { form: { grant_type: 'password', username, password } })
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status} ${answer.code}`)
      const { access_token: access, refresh_token: refresh = '' } = answer.as(tokenAnswer)
      return { ...hubClient(url, access), token: access, refresh }
    },
  }
}

/** Every change from the start (or from a cursor), page by page. */
export const pullAll = async (client: HubClient, limit = 1000, from = '') => {
  const changes: Change[] = []
  let cursor = from
  for (;;) {
    const answer = await client.call('GET', `/v1/changes?limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    if (answer.status !== 200) throw new Error(`changes answered ${answer.status} ${answer.code}`)
    const page = answer.as(changesPage)
    changes.push(...z.array(change).parse(page.changes))
    cursor = page.next_cursor
    if (!page.has_more) return { changes, cursor }
  }
}

/** One outbox item; its result. */
export const pushItem = async (client: HubClient, kind: string, body: unknown, id = randomUUID()) => {
  const answer = await client.call('POST', '/v1/outbox', {
    json: { items: [{ id, kind, at: new Date().toISOString(), body }] },
  })
  const [result] = answer.as(outboxAnswer).results
  if (result === undefined) throw new Error('no result')
  return result
}

export const findChange = async (client: HubClient, type: string, id: string): Promise<Change | undefined> =>
  (await pullAll(client)).changes.find((one) => one.type === type && one.id === id)
