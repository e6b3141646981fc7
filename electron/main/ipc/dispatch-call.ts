import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { routes } from '../../shared/ipc/routes/index.ts'
import type { Input, MainRouteName, Output, RouteName } from '../../shared/ipc/routes/index.ts'
import { dataText, errorText } from './answer-text.ts'

/** One handler a main route; a missing one and one too many are compile errors. */
export type MainHandlers = { readonly [N in MainRouteName]: (input: Input<N>) => Promise<Output<N>> | Output<N> }

export type Dispatch = {
  readonly isTrusted: boolean
  /** True while the vault is open; core decides, main has it from `state.changed`. */
  readonly isUnlocked: boolean
  readonly handlers: MainHandlers
  readonly callCore: (route: string, input: unknown) => Promise<string>
}

const isRoute = (route: unknown): route is RouteName => typeof route === 'string' && Object.hasOwn(routes, route)

/**
 * The way of a call of the page: trusted top frame → known route → schema, role and handler in the process that owns the
 * route. Never throws and never answers `undefined`.
 * @returns the text of an `Answer`
 */
export const dispatchCall = async (route: unknown, input: unknown, by: Dispatch): Promise<string> => {
  try {
    if (!by.isTrusted) throw new IpcError('E_SENDER', 'only the page itself may call')
    if (!isRoute(route)) throw new IpcError('E_ROUTE', 'no such route')
    if (routes[route].host === 'core') return await by.callCore(route, input)
    return await callMain(route as MainRouteName, input, by)
  } catch (error) {
    return errorText(error)
  }
}

const callMain = async (route: MainRouteName, input: unknown, by: Dispatch): Promise<string> => {
  const { roles, input: schema } = routes[route]
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new IpcError('E_INPUT', 'the input does not fit the route', { route })
  if (!by.isUnlocked && !roles.some((role) => role === 'public')) throw new IpcError('E_SESSION', 'the vault is locked')
  // The table's type ties each handler to its route; here only the route's own schema has been applied to the input.
  const handle = by.handlers[route] as (input: unknown) => unknown
  return dataText(await handle(parsed.data))
}
