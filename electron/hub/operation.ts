import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { SyncRole } from '../shared/domain/sync-records.ts'
import { HubProblem } from './hub-problem.ts'
import type { Hub } from './hub.ts'
import type { Session } from './session.ts'

/** One documented answer of an operation. */
export type AnswerShape = {
  readonly description: string
  /** JSON unless `media` says otherwise; no schema = no body, or bytes. */
  readonly schema?: z.ZodType
  readonly media?: string
}

export type OperationAnswer = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** The route wrote the response itself (event streams). */
  readonly hijacked?: true
}

export type OperationInput<B, Q> = {
  readonly hub: Hub
  readonly body: B
  readonly query: Q
  readonly param: (name: string) => string
  readonly header: (name: string) => string | undefined
  /** Address of the caller: for rate limits only, never logged. */
  readonly address: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

type Shape<BZ extends z.ZodType, QZ extends z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** OpenAPI form: `/v1/things/{id}`. */
  readonly path: string
  readonly id: string
  readonly tag: string
  readonly summary: string
  /** `candidate`: the bearer is a candidate link's token. */
  readonly auth: 'none' | 'session' | 'candidate'
  readonly roles?: readonly SyncRole[]
  /** Suspended accounts may call it. */
  readonly evenSuspended?: true
  readonly body?: BZ
  readonly form?: true
  /** Bytes that a body may have; 64 KiB where nothing is said. */
  readonly bodyLimit?: number
  /** It makes something: repeated with the same `Idempotency-Key`, it answers as the first time and makes nothing more. */
  readonly once?: true
  /** How often a minute one account may call it, where less than an account's own limit is enough for anybody. */
  readonly perMinute?: number
  readonly query?: QZ
  readonly answers: Readonly<Record<number, AnswerShape>>
  /** Codes of problems beside those that every route may answer with. */
  readonly problems?: Readonly<Record<number, string>>
}

export type Operation = Shape<z.ZodType, z.ZodType> & {
  handle(input: OperationInput<unknown, unknown>, session: Session | undefined): Promise<OperationAnswer>
}

/** Declares a route once: the server serves it and the OpenAPI file describes it from the same object. */
export const operation = <BZ extends z.ZodType = z.ZodUndefined, QZ extends z.ZodType = z.ZodUndefined>(
  shape: Shape<BZ, QZ>,
  handle: (input: OperationInput<z.output<BZ>, z.output<QZ>>, session: Session) => Promise<OperationAnswer>,
): Operation => ({
  ...shape,
  handle: (input, session) =>
    handle(
      {
        ...input,
        body: parsePart(shape.body, input.body, 'body'),
        query: parsePart(shape.query, input.query, 'query'),
      },
      // Routes without sign-in do not look at it; the server has checked it for all others.
      session as Session,
    ),
})

const parsePart = <Z extends z.ZodType>(schema: Z | undefined, value: unknown, part: string): z.output<Z> => {
  if (schema === undefined) return undefined as z.output<Z>
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  // Paths only: values may be somebody's data.
  const where = parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || '(whole)')
  throw new HubProblem(400, 'invalid_request', `the ${part} does not fit: ${where.join(', ')}`)
}

export const noContent: AnswerShape = { description: 'Done' }
