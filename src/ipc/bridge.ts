/** What the preload puts on the window (`electron/preload`); the only door out of the page. */
type Bridge = {
  readonly call: (route: string, input: unknown) => Promise<unknown>
  readonly on: (event: string, listener: (payload: unknown) => void) => (() => void) | undefined
}

const isBridge = (value: unknown): value is Bridge =>
  typeof value === 'object' &&
  value !== null &&
  'call' in value &&
  typeof value.call === 'function' &&
  'on' in value &&
  typeof value.on === 'function'

/** The bridge, or null when the page was opened in something that is not this program. */
export const findBridge = (): Bridge | null => {
  const found: unknown = Reflect.get(window, 'candor')
  return isBridge(found) ? found : null
}
