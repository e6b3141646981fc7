import type { Answer, ErrorCode, ErrorData } from '@shared/ipc/ipc-error.ts'
import type { Input, Output, RouteName } from '@shared/ipc/routes/index.ts'
import { findBridge } from './bridge.ts'

/** A refusal or a failure, as the page shows it: `code` picks the words, `data` names the rule. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, message: string, data: ErrorData = {}) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.data = data
  }
}

export const toApiError = (thrown: unknown): ApiError =>
  thrown instanceof ApiError ? thrown : new ApiError('E_INTERNAL', thrown instanceof Error ? thrown.message : '')

/** A page of rows crosses as one JSON string; small answers may come as objects. */
export const decode = (raw: unknown): unknown => (typeof raw === 'string' ? JSON.parse(raw) : raw)

const isAnswer = (value: unknown): value is Answer<unknown> =>
  typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean'

/**
 * Calls a route. Core has already checked the output against the route's schema, so the page trusts its shape.
 *
 * @throws ApiError with the contract's code, or `E_INTERNAL` when nothing sensible came back
 */
export const call = async <N extends RouteName>(route: N, input: Input<N>): Promise<Output<N>> => {
  const bridge = findBridge()
  if (!bridge) throw new ApiError('E_SENDER', 'no bridge')
  let answer: unknown
  try {
    // Vue's proxies cannot be cloned over the bridge; inputs are plain data.
    answer = decode(await bridge.call(route, JSON.parse(JSON.stringify(input))))
  } catch (thrown) {
    throw toApiError(thrown)
  }
  if (!isAnswer(answer)) throw new ApiError('E_INTERNAL', 'no answer')
  if (!answer.ok) throw new ApiError(answer.error.code, answer.error.message, answer.error.data)
  return answer.data as Output<N>
}
