import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers } from '../handler.ts'
import { requireHost } from './hub-hosts.ts'

const entry = (detail: string) => [{ action: 'policy_change', outcome: 'done', detail }] as const

export const hubHostHandlers = defineHandlers({
  'hub_host.list': { bare: ({ core }) => ({ items: core.settings.get().hub_hosts }) },
  'hub_host.register': {
    perform: ({ core, now }, { hub, place }) => {
      const host = requireHost(hub)
      const item = { host, place, at: now }
      const others = core.settings.get().hub_hosts.filter((one) => one.host !== host)
      core.settings.set({ hub_hosts: [...others, item] })
      return Promise.resolve({ output: item, entries: entry('hub host registered') })
    },
  },
  'hub_host.remove': {
    perform: ({ core }, { host }) => {
      const known = core.settings.get().hub_hosts
      if (!known.some((one) => one.host === host)) throw new IpcError('E_NOT_FOUND', 'this host is not registered')
      core.settings.set({ hub_hosts: known.filter((one) => one.host !== host) })
      return Promise.resolve({ output: {}, entries: entry('hub host removed') })
    },
  },
})
