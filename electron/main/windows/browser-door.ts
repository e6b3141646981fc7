import type { BrowserWindow, Dialog, MessageBoxOptions, Shell } from 'electron'

const words = {
  'zh-CN': {
    message: (host: string) => `在浏览器中打开 ${host} 登录邮箱？`,
    detail: '登录在浏览器中完成，Candor 看不到你的密码。',
    buttons: ['打开浏览器', '取消'],
  },
  'en-US': {
    message: (host: string) => `Open ${host} in the browser to sign in to the mailbox?`,
    detail: 'You sign in there; Candor never sees your password.',
    buttons: ['Open browser', 'Cancel'],
  },
} as const

/** An address that the system's browser may be given: a web page by https, or one of this machine; undefined for anything else. */
export const browserAddress = (text: string): URL | undefined => {
  if (text.length > 4000 || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const here = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  const plain = url.protocol === 'http:' && here
  return (url.protocol === 'https:' || plain) && url.username === '' && url.password === '' ? url : undefined
}

/**
 * The one way from this program into the system's browser. The person sees by the system's own dialog which place it is: a page
 * that was taken over can neither send anybody anywhere nor let an address carry something out unseen.
 */
export const createBrowserDoor =
  (
    dialog: Pick<Dialog, 'showMessageBox'>,
    shell: Pick<Shell, 'openExternal'>,
    window: () => BrowserWindow | undefined,
    language: () => 'zh-CN' | 'en-US',
  ): ((address: string) => Promise<boolean>) =>
  async (address) => {
    const url = browserAddress(address)
    if (url === undefined) return false
    const { message, detail, buttons } = words[language()]
    const options: MessageBoxOptions = {
      type: 'question',
      message: message(url.host),
      detail,
      buttons: [...buttons],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    }
    const over = window()
    const { response } = await (over ? dialog.showMessageBox(over, options) : dialog.showMessageBox(options))
    if (response !== 0) return false
    await shell.openExternal(url.href)
    return true
  }
