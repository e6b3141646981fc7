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

/** Asks the person for a second factor; true once the hub has taken one. */
type AskProof = (error: ApiError) => Promise<boolean>
let askProof: AskProof | undefined
/** The one dialog that does it, for as long as it is mounted. */
export const setProofAsker = (next: AskProof | undefined): void => {
  askProof = next
}

/**
 * Calls a route. Where core wants a proof first, the dialog asks for it and the route is called once more. Core has already checked the output against the route's schema, so the page trusts its shape.
 *
 * @throws ApiError with the contract's code, or `E_INTERNAL` when nothing sensible came back
 */
export const call = async <N extends RouteName>(route: N, input: Input<N>): Promise<Output<N>> => {
  try {
    return await callOnce(route, input)
  } catch (thrown) {
    const wanted = thrown instanceof ApiError && thrown.code === 'E_SECOND_FACTOR' && thrown.data['reason'] === 'proof'
    if (!wanted || askProof === undefined || !(await askProof(thrown))) throw thrown
    return await callOnce(route, input)
  }
}

const callOnce = async <N extends RouteName>(route: N, input: Input<N>): Promise<Output<N>> => {
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
