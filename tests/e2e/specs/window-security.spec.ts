import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import type { Program } from '../fixtures/program.ts'

/** Electron's security checklist and route I1 of the threat model, against the real window (with stubs inside). */

type Bridge = { candor: { call(route: unknown, input?: unknown): Promise<{ ok: boolean; error: { code: string } }> } }

const fetchFromPage = (page: Page, address: string): Promise<string> =>
  page.evaluate(
    (url) =>
      fetch(url).then(
        async (answer) => `${answer.status} ${(await answer.text()).slice(0, 40)}`,
        () => 'refused',
      ),
    address,
  )

const windowCount = ({ app }: Program): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

test('the page has no Node, no Electron and one object of ours with two functions', async ({ launchShell }) => {
  const { page } = await launchShell()
  const surface = await page.evaluate(() => ({
    process: typeof (globalThis as { process?: unknown }).process,
    require: typeof (globalThis as { require?: unknown }).require,
    electron: typeof (globalThis as { electron?: unknown }).electron,
    candor: Object.keys((window as never as Bridge).candor).sort(),
    frozen: Reflect.set(window, 'candor', {}),
  }))
  expect(surface).toEqual({
    process: 'undefined',
    require: 'undefined',
    electron: 'undefined',
    candor: ['call', 'on'],
    frozen: false,
  })
})

test('the window is sandboxed, isolated and lives in memory', async ({ launchShell }) => {
  const { app } = await launchShell()
  const found = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as Electron.WebContents & {
      getLastWebPreferences(): Electron.WebPreferences
    }
    const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences()
    return {
      preferences: { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag },
      spellcheck: contents.session.isSpellCheckerEnabled(),
      persistent: contents.session.isPersistent(),
      storage: contents.session.getStoragePath(),
    }
  })
  expect(found).toEqual({
    preferences: {
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    },
    spellcheck: false,
    persistent: false,
    storage: null,
  })
})

test('every answer carries the policy, and every document its own nonce', async ({ launchShell }) => {
  const { page } = await launchShell()
  const look = (): Promise<string> =>
    page.evaluate(() => fetch('index.html').then((answer) => answer.headers.get('content-security-policy') ?? ''))
  const [first, second] = [await look(), await look()]
  const nonce = /'nonce-([^']+)'/
  expect(first).toContain("default-src 'none'")
  expect(first).not.toMatch(/unsafe-(inline|eval)/)
  expect(nonce.exec(first)?.[1]).toHaveLength(24)
  expect(nonce.exec(first)?.[1]).not.toBe(nonce.exec(second)?.[1])
})

test('inline scripts, handlers, eval and foreign frames are refused by the policy', async ({ launchShell }) => {
  const { page } = await launchShell()
  const ran = await page.evaluate(async () => {
    const place = window as never as { ran: string[]; violations: string[] }
    place.ran = []
    const script = document.createElement('script')
    script.textContent = 'window.ran.push("inline")'
    document.body.append(script)
    const holder = document.createElement('div')
    holder.innerHTML =
      '<img src="missing.png" onerror="window.ran.push(\'handler\')"><iframe src="https://example.org/"></iframe>'
    document.body.append(holder)
    // In a task of its own: while Playwright evaluates, the policy on eval is suspended.
    setTimeout(() => {
      try {
        new Function('window.ran.push("eval")')()
      } catch {
        // Refused, as it should be.
      }
    })
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { ran: place.ran, violations: place.violations.map((line) => line.split(' ')[0]).sort() }
  })
  expect(ran.ran).toEqual([])
  expect(ran.violations).toEqual(
    expect.arrayContaining(['frame-src', 'script-src', 'script-src-attr', 'script-src-elem']),
  )
})

test('the page reads no file and reaches no network', async ({ launchShell }) => {
  const { page } = await launchShell()
  for (const address of [
    'file:///etc/hostname',
    'https://example.org/',
    'http://127.0.0.1:9/',
    'app://other/index.html',
  ]) {
    expect(await fetchFromPage(page, address), address).toBe('refused')
  }
})

test('no address leads out of the folder of the page', async ({ launchShell }) => {
  const { page } = await launchShell()
  for (const path of [
    '..%2f..%2fpackage.json',
    '%2e%2e/main/index.js',
    '..%5c..%5cpackage.json',
    '%2fetc%2fhostname',
    'x%00.html',
  ]) {
    expect(await fetchFromPage(page, `app://candor/${path}`), path).toMatch(/^(403|404) $|^refused$/)
  }
})

test('the window cannot be led away and opens no other window', async ({ launchShell }) => {
  const program = await launchShell()
  const { page } = program
  await page.evaluate(() => {
    location.href = 'https://example.org/'
    window.open('https://example.org/')
    window.open('app://candor/index.html')
    const link = document.createElement('a')
    link.href = 'file:///etc/hostname'
    link.target = '_blank'
    document.body.append(link)
    link.click()
  })
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
  expect(page.url()).toBe('app://candor/index.html')
  expect(await windowCount(program)).toBe(1)
})

test('every permission is refused but putting text on the clipboard', async ({ launchShell }) => {
  const { page } = await launchShell()
  const states = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
      'persistent-storage',
    ]
    const found: Record<string, string> = {}
    for (const name of names) {
      found[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => 'denied',
      )
    }
    return found
  })
  expect(new Set(Object.values(states))).toEqual(new Set(['denied']))
})

test('a second window, a frame and a page of another origin cannot call', async ({ launchShell }) => {
  const { app } = await launchShell()
  const answers = await app.evaluate(async ({ app: electron, BrowserWindow }) => {
    const preload = `${electron.getAppPath()}/out/preload/index.cjs`
    const ask = async (address: string, partition: string): Promise<string> => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, partition, sandbox: true } })
      await foreign.loadURL(address)
      const told = (await foreign.webContents.executeJavaScript(
        `window.candor.call('system.state', {}).then((told) => told.ok ? 'served' : told.error.code)`,
      )) as string
      foreign.destroy()
      return told
    }
    return [await ask('app://candor/index.html', 'candor'), await ask('data:text/html,<p>', 'other')]
  })
  expect(answers).toEqual(['E_SENDER', 'E_SENDER'])
})

test('calls of the wrong shape get typed errors, and nothing ends', async ({ launchShell }) => {
  const { page } = await launchShell()
  const codes = await page.evaluate(async () => {
    const { candor } = window as never as Bridge
    const routes = ['__proto__', 'constructor', 'toString', 'nope', '', 7, null, undefined, {}, ['system.state']]
    const answers = [
      ...routes.map((route) => candor.call(route, {})),
      candor.call('vault.lock', 'x'),
      candor.call('sandbox.start', {}),
    ]
    return (await Promise.all(answers)).map((told) => told.error.code)
  })
  expect(codes).toEqual([...Array.from({ length: 10 }, () => 'E_ROUTE'), 'E_INPUT', 'E_SESSION'])
})

test('nothing is downloaded', async ({ launchShell }) => {
  const { page, app } = await launchShell()
  const started = app.evaluate(
    ({ session }) =>
      new Promise<string>((resolve) => {
        session
          .fromPartition('candor')
          .once('will-download', (event) => setTimeout(() => resolve(event.defaultPrevented ? 'refused' : 'begun'), 50))
        setTimeout(() => resolve('never asked'), 3000)
      }),
  )
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob(['x']))
    link.download = 'x.txt'
    link.click()
  })
  expect(await started).toBe('refused')
})
