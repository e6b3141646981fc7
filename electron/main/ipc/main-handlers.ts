import type { LinkBox } from '../links/link-box.ts'
import { clipboardSeconds } from '../security/passing-clipboard.ts'
import type { PassingClipboard } from '../security/passing-clipboard.ts'
import type { SandboxHub } from '../sandbox/sandbox-hub.ts'
import type { SaveCalendar } from '../windows/save-calendar.ts'
import type { SaveExport } from '../windows/save-export.ts'
import type { Input } from '../../shared/ipc/routes/index.ts'
import type { MainHandlers } from './dispatch-call.ts'

export type MainServices = {
  readonly lock: () => Promise<void>
  /** Somebody is there. */
  readonly stay: () => void
  readonly sandbox: SandboxHub
  readonly clipboard: PassingClipboard
  readonly links: LinkBox
  readonly saveCalendar: SaveCalendar
  readonly saveCertificate: SaveExport<'certificate.export'>
  readonly saveAnchor: SaveExport<'ledger.anchor_file'>
  readonly showMenu: (shown: Input<'menu.show'>) => void
}

/** The routes that main answers itself, because they are about processes and windows and not about candidates. */
export const createMainHandlers = (by: MainServices): MainHandlers => ({
  'clipboard.copy': async ({ text }) => {
    await by.clipboard.copy(text)
    return { cleared_after_s: clipboardSeconds }
  },
  'vault.lock': async () => {
    await by.lock()
    return {}
  },
  'lock.stay': () => {
    by.stay()
    return {}
  },
  'link.take': () => ({ link: by.links.take() }),
  'menu.show': (shown) => {
    by.showMenu(shown)
    return {}
  },
  'interview.save_calendar': async ({ id }) => ({ saved: await by.saveCalendar('interview.calendar', { id }) }),
  'post.save_calendar': async (asked) => ({ saved: await by.saveCalendar('post.calendar', asked) }),
  'ledger.save_anchor': async (asked) => ({ saved: await by.saveAnchor(asked) }),
  'certificate.save': async (asked) => ({ saved: await by.saveCertificate(asked) }),
  'sandbox.start': async () => {
    const { url, accounts } = await by.sandbox.start()
    return { url, accounts: [...accounts] }
  },
  'sandbox.state': () => {
    const hub = by.sandbox.current()
    return hub ? { running: true, url: hub.url, accounts: [...hub.accounts] } : { running: false, accounts: [] }
  },
})
