import { z } from 'zod'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { FetchLike } from '../sync/hub-transport.ts'
import { retryAfter } from '../sync/hub-transport.ts'
import { modelError, type OpenModel } from './ai-switches.ts'

export type Message = { readonly role: 'system' | 'user'; readonly content: string }

const largestBody = 512 * 1024
/** Longest answer that is kept, in characters. */
export const longestAnswer = 8000

/** An answer of `/v1/chat/completions`, as far as it is used: calls of tools and whatever else it holds are left where they are. */
const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
})

/** The base address with the one path that is ever asked for. */
export const completionsOf = (address: string): string => {
  const base = address.replace(/\/+$/, '').replace(/\/chat\/completions$/, '')
  return `${/\/v\d+$/.test(base) ? base : `${base}/v1`}/chat/completions`
}

/** No tools, no memory, no name of anybody: a text goes in and a text comes out. */
export const requestBody = (model: string, messages: readonly Message[], longest: number): string =>
  JSON.stringify({ model, messages, temperature: 0.2, max_tokens: longest, stream: false })

const readBody = async (response: Response): Promise<string> => {
  if (response.body === null) return ''
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += piece.length
    if (size > largestBody) throw modelError('too_large', 'the answer is larger than any may be')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

const isTls = (error: unknown): boolean => {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    const { code } = at as Error & { readonly code?: unknown }
    if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|TLS|SSL/.test(`${typeof code === 'string' ? code : ''} ${at.message}`))
      return true
  }
  return false
}

const refuseStatus = (response: Response, now: number): void => {
  const { status } = response
  if (status >= 200 && status < 300) return
  const wait = retryAfter(response.headers, now)
  const pause = wait === null ? {} : { retry_after_s: Math.ceil(wait / 1000) }
  if (status === 401 || status === 403) throw modelError('key', 'the endpoint does not take the key')
  if (status === 429 || status === 503) throw modelError('busy', 'the endpoint asks for a pause', pause)
  if (status >= 500) throw modelError('down', 'the endpoint failed')
  // A redirect would carry the key and the text to somebody else.
  throw modelError('rejected', 'the endpoint does not take the request')
}

/** Signs that take no room or turn the direction of a text have no place in what people read. */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

const textOf = (body: string): string => {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    throw modelError('malformed', 'the answer cannot be read')
  }
  const answer = completion.safeParse(parsed)
  const [choice] = answer.success ? answer.data.choices : []
  if (choice === undefined) throw modelError('malformed', 'the answer cannot be read')
  if (choice.finish_reason === 'content_filter' || (choice.message.refusal ?? '') !== '')
    throw modelError('declined', 'the model declined to answer')
  const text = (choice.message.content ?? '')
    .replace(/^\s*<think>[\s\S]*?<\/think>/u, '')
    .replaceAll('\r\n', '\n')
    .replace(unseen, '')
    .trim()
  if (text === '') throw modelError('malformed', 'the answer holds no text')
  if (text.length > longestAnswer) throw modelError('too_large', 'the answer is longer than any may be')
  return text
}

export type Asked = {
  readonly model: OpenModel
  /** As `requestBody` made it and as it was checked: these bytes leave and no others. */
  readonly body: string
  readonly signal: AbortSignal
  readonly now: number
}

/** One request, one text, within the time. @throws IpcError E_MODEL with a reason, E_CANCELLED */
export const askModel = async (fetch: FetchLike, { model, body, signal, now }: Asked): Promise<string> => {
  const late = AbortSignal.timeout(model.endpoint.timeout_s * 1000)
  try {
    const response = await fetch(completionsOf(model.endpoint.address), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(model.key === undefined ? {} : { authorization: `Bearer ${model.key}` }),
      },
      body,
      signal: AbortSignal.any([signal, late]),
    })
    refuseStatus(response, now)
    return textOf(await readBody(response))
  } catch (error) {
    if (signal.aborted) throw new IpcError('E_CANCELLED', 'stopped on request')
    if (error instanceof IpcError) throw error
    if (late.aborted) throw modelError('timeout', 'the endpoint took too long')
    throw isTls(error)
      ? modelError('tls', "the endpoint's certificate is not valid for it")
      : modelError('down', 'the endpoint does not answer')
  }
}
