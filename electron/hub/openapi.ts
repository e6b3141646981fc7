import { z } from 'zod'
import { problem } from '../shared/domain/sync-records.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'

/**
 * The OpenAPI 3.1 document of the protocol, from the operations that the server itself serves. The file
 * `resources/hub.openapi.yaml` is this, written by `node electron/hub/write-openapi.ts`; a test keeps the two the same.
 */
export const openapiDocument = (): Record<string, unknown> => {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const entry of operations(true)) {
    const path = (paths[entry.path] ??= {})
    path[entry.method.toLowerCase()] = describe(entry)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Candor Sync Protocol',
      version: '1',
      description:
        'See docs/sync-protocol.md. Receivers ignore unknown fields. Paths under /sandbox/ exist in a sandbox only and are no part of the protocol.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'An access token of /v1/oauth/token' },
        candidate: { type: 'http', scheme: 'bearer', description: 'The token of a candidate’s link' },
      },
      schemas: { Problem: toJsonSchema(problem) },
    },
  }
}

const toJsonSchema = (schema: z.ZodType, io: 'input' | 'output' = 'output'): unknown => {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Unknown fields are ignored by the receiver.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  }) as Record<string, unknown>
  return json
}

const describe = (entry: Operation): Record<string, unknown> => ({
  operationId: entry.id,
  tags: [entry.tag],
  summary: entry.summary,
  ...(entry.roles === undefined ? {} : { description: `Roles: ${entry.roles.join(', ')}.` }),
  security: entry.auth === 'none' ? [] : [{ [entry.auth]: [] }],
  ...parametersOf(entry),
  ...(entry.body === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: {
            [entry.form === true ? 'application/x-www-form-urlencoded' : 'application/json']: {
              schema: toJsonSchema(entry.body, 'input'),
            },
          },
        },
      }),
  responses: responsesOf(entry),
})

const idempotencyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and body within 24 hours get the same answer',
  schema: { type: 'string', maxLength: 255 },
}

const parametersOf = (entry: Operation): Record<string, unknown> => {
  const path = [...entry.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = entry.query === undefined ? {} : (toJsonSchema(entry.query, 'input') as { properties?: object })
  const asked = Object.entries('properties' in query ? { ...query.properties } : {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }))
  const once = entry.once === true ? [idempotencyHeader] : []
  const parameters = [...path, ...asked, ...once]
  return parameters.length === 0 ? {} : { parameters }
}

type Described = { readonly content?: object }

/** A page of its own beside the problem that any route may answer with: both are in the contract. */
const responsesOf = (entry: Operation): Record<string, unknown> => {
  const answers = Object.fromEntries(Object.entries(entry.answers).map(answerOf))
  const problems = problemsOf(entry)
  const both = Object.entries(problems).map(([status, problem]) => {
    const own = answers[status] as Described | undefined
    const other = problem as Described
    return [
      status,
      own?.content === undefined ? other : { ...other, ...own, content: { ...own.content, ...other.content } },
    ]
  })
  return { ...answers, ...Object.fromEntries(both) }
}

const answerOf = ([status, answer]: [string, Operation['answers'][number]]): [string, unknown] => {
  if (answer.schema !== undefined) {
    return [
      status,
      { description: answer.description, content: { 'application/json': { schema: toJsonSchema(answer.schema) } } },
    ]
  }
  return [
    status,
    { description: answer.description, ...(answer.media === undefined ? {} : { content: { [answer.media]: {} } }) },
  ]
}

const problemsOf = (entry: Operation): Record<string, unknown> => {
  const codes: Record<string, string> = {
    ...(entry.body === undefined && entry.query === undefined ? {} : { 400: 'invalid_request' }),
    ...(entry.auth === 'none' ? {} : { 401: 'invalid_token' }),
    ...(entry.auth === 'session' ? { 403: 'role, account_suspended, account_revoked', 410: 'device_revoked' } : {}),
    429: 'rate_limited',
    ...entry.problems,
  }
  if (entry.once === true) codes[409] = [codes[409], 'idempotency_conflict'].filter(Boolean).join(', ')
  const schema = { $ref: '#/components/schemas/Problem' }
  const content = { 'application/problem+json': { schema } }
  const retry = { headers: { 'Retry-After': { schema: { type: 'string' } } } }
  return {
    ...Object.fromEntries(
      Object.entries(codes).map(([status, description]) => [
        status,
        { description, content, ...(status === '429' ? retry : {}) },
      ]),
    ),
    default: { description: 'Any other problem', content },
  }
}
