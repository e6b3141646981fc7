import { clipboardSeconds } from '../security/passing-clipboard.ts'
import type { PassingClipboard } from '../security/passing-clipboard.ts'
import type { SandboxHub } from '../sandbox/sandbox-hub.ts'
import type { MainHandlers } from './dispatch-call.ts'

/** The routes that main answers itself, because they are about processes and not about candidates. */
export const createMainHandlers = (
  lock: () => Promise<void>,
  sandbox: SandboxHub,
  clipboard: PassingClipboard,
): MainHandlers => ({
  'clipboard.copy': async ({ text }) => {
    await clipboard.copy(text)
    return { cleared_after_s: clipboardSeconds }
  },
  'vault.lock': async () => {
    await lock()
    return {}
  },
  'sandbox.start': async () => {
    const { url, accounts } = await sandbox.start()
    return { url, accounts: [...accounts] }
  },
  'sandbox.state': () => {
    const hub = sandbox.current()
    return hub ? { running: true, url: hub.url, accounts: [...hub.accounts] } : { running: false, accounts: [] }
  },
})
