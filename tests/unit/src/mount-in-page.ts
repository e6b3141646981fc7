import { createPinia } from 'pinia'
import { createApp, h, nextTick, type App, type Component } from 'vue'
import { i18n } from '../../../src/i18n/index.ts'

export type Mounted = { readonly root: HTMLElement; readonly app: App; readonly unmount: () => void }

/** Mounts a component as the window would (words, stores), without a router. */
export const mountInPage = async (component: Component, props: Record<string, unknown> = {}): Promise<Mounted> => {
  const root = document.createElement('div')
  document.body.append(root)
  const app = createApp({ render: () => h(component, props) })
  app.use(createPinia()).use(i18n).mount(root)
  await nextTick()
  return {
    root,
    app,
    unmount: () => {
      app.unmount()
      root.remove()
    },
  }
}

type Handler = (input: Record<string, unknown>) => unknown
/** Puts a bridge on the window that answers as core does: one JSON string. Returns the calls made. */
export const answerWith = (
  handlers: Readonly<Record<string, Handler>>,
): Array<{ route: string; input: Record<string, unknown> }> => {
  const calls: Array<{ route: string; input: Record<string, unknown> }> = []
  Reflect.set(window, 'candor', {
    call: async (route: string, input: Record<string, unknown>) => {
      calls.push({ route, input })
      const handler = handlers[route]
      return JSON.stringify(
        handler
          ? { ok: true, data: handler(input) }
          : { ok: false, error: { code: 'E_ROUTE', message: 'none', data: { rule: 'X' } } },
      )
    },
    on: () => () => undefined,
  })
  return calls
}
