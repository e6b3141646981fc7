import { app, clipboard, dialog, Menu, Notification, powerMonitor, safeStorage, session, shell } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Clock } from '../shared/clock.ts'
import { eventChannel } from '../shared/ipc/channels.ts'
import type { HostRequest } from '../shared/ipc/core-messages.ts'
import { IpcError } from '../shared/ipc/ipc-error.ts'
import { chooseSpawn } from './core-host/choose-spawn.ts'
import { createCoreHost } from './core-host/core-host.ts'
import type { HostedProcess, SpawnHosted } from './core-host/hosted-process.ts'
import { createParserRelay } from './core-host/parser-relay.ts'
import { programFiles } from './core-host/program-files.ts'
import { utilityHost } from './core-host/utility-host.ts'
import { childEnvironment, readEnvironment } from './environment.ts'
import { createMainHandlers } from './ipc/main-handlers.ts'
import { registerIpc } from './ipc/register-ipc.ts'
import { createBrowserDoor } from './windows/browser-door.ts'
import { createAskPlaces } from './windows/ask-places.ts'
import { createKeychain } from './keys/keychain.ts'
import { startLockTriggers } from './lock/lock-triggers.ts'
import type { LockTriggers } from './lock/lock-triggers.ts'
import { createVaultPhase } from './lock/vault-phase.ts'
import { createSaveCalendar } from './windows/save-calendar.ts'
import { createSaveExport } from './windows/save-export.ts'
import { createDesktopWatch } from './desktop/desktop-state.ts'
import { noticeWords } from './desktop/notice-words.ts'
import { createTray, type ProgramTray } from './desktop/tray.ts'
import { createLinkBox } from './links/link-box.ts'
import { linkOfArguments, linkScheme, parseLink, type Link } from './links/parse-link.ts'
import { driverAttached } from './windows/driver-attached.ts'
import { createLog } from './log.ts'
import { createSandboxHub } from './sandbox/sandbox-hub.ts'
import { registerPageScheme, servePage } from './security/app-protocol.ts'
import { guardEveryNavigation } from './security/navigation-guard.ts'
import { cutOffNetwork } from './security/network-guard.ts'
import { createPassingClipboard } from './security/passing-clipboard.ts'
import { denyPermissions } from './security/permissions.ts'
import { refusedSwitch } from './security/refused-switches.ts'
import { pagePartition } from './security/web-preferences.ts'
import { openMainWindow, restartPage } from './windows/main-window.ts'
import { menuTemplate } from './windows/menu-template.ts'
import { menuTexts } from './windows/menu-texts.ts'
import { readWindowState, windowStatePath, writeWindowState } from './windows/window-state.ts'
import type { Notice } from '../shared/domain/desktop.ts'
import type { EventName, Events } from '../shared/ipc/events.ts'
import type { Input } from '../shared/ipc/routes/index.ts'

// Boot order: surroundings → one instance → what must be said before `ready` → core (its start hides behind Chromium's)
// → session → menu → window.

const environment = readEnvironment()
const log = createLog(environment.debug)
const files = programFiles(environment.programRoot)
const clock: Clock = { now: () => Date.now() }

const refused = refusedSwitch(environment.packaged, (name) => app.commandLine.hasSwitch(name))
if (refused !== undefined) {
  process.stderr.write(`candor: the switch --${refused} is refused\n`)
  app.exit(2)
}
if (!app.requestSingleInstanceLock()) app.exit(0)

registerPageScheme()
guardEveryNavigation(app)
app.commandLine.appendSwitch('disable-http-cache')
// Or the page from before the lock would stay in memory, ready to be shown again.
app.commandLine.appendSwitch('disable-back-forward-cache')
if (environment.softwareRendering) app.disableHardwareAcceleration()
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()

const choice = environment.utilityCore
  ? ({ kind: 'utility' } as const)
  : chooseSpawn(process.versions['napi'], environment.programRoot, process.resourcesPath)
const spawn: SpawnHosted = (entry, options) => {
  if (choice.kind === 'utility') return utilityHost(files.utilityEntry)(entry, options)
  if (choice.kind === 'node') return choice.spawn(entry, options)
  throw new IpcError('E_RUNTIME', 'this Electron is too old for the store, and no Node 24 lies beside it')
}

const keychain = createKeychain(safeStorage, process.platform)
const parsers = createParserRelay(choice.kind === 'utility' ? files.parser : undefined)
const askPlaces = createAskPlaces(
  dialog,
  () => window,
  () => app.getPath('documents'),
)
const openBrowser = createBrowserDoor(
  dialog,
  shell,
  () => window,
  () => desktop.get().language,
)
const answerHost = async (what: HostRequest, value: string, asking: HostedProcess) => {
  switch (what) {
    case 'keychain_backend':
      return keychain.backend()
    case 'place_open':
      return askPlaces.open()
    case 'place_folder':
      return askPlaces.folder()
    case 'place_save':
      return askPlaces.save(value)
    case 'browser_open':
      return (await openBrowser(value)) ? 'opened' : ''
    case 'keychain_wrap':
      return keychain.wrap(value)
    case 'keychain_unwrap':
      return keychain.unwrap(value)
    case 'parser_start':
      return parsers.start(asking)
    case 'parser_kill':
      return parsers.kill(value)
    case 'parser_memory':
      return parsers.memory(value)
  }
}

const core = createCoreHost({
  spawn: (restarted) =>
    spawn(files.core, { name: 'Candor core', env: childEnvironment(environment, { crashAgain: !restarted }) }),
  answerHost,
  clock,
})
const sandbox = createSandboxHub({
  spawn: (args) => spawn(files.hub, { name: 'Candor sandbox', args, env: childEnvironment(environment) }),
})
const passing = createPassingClipboard(clipboard)
const phase = createVaultPhase()
const links = createLinkBox(clock)
let window: BrowserWindow | undefined
let triggers: LockTriggers | undefined
let tray: ProgramTray | undefined
let quitting = false
let shown: Input<'menu.show'> = { sections: [], commands: [] }

const tellPage = <N extends EventName>(name: N, payload: Events[N]): void => {
  if (window && !window.isDestroyed()) window.webContents.send(eventChannel, name, JSON.stringify(payload))
}
/** Menu and tray as language, phase and page have it now. */
const drawMenus = (): void => {
  if (!app.isReady()) return
  const { language, phase: now } = desktop.get()
  const state = { language, unlocked: phase.isUnlocked(), signedIn: phase.isUnlocked() && now === 'signed_in' }
  const { sections, commands } = state.signedIn ? shown : { sections: [], commands: [] }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        ...state,
        sections,
        person: commands.includes('person'),
        packaged: environment.packaged,
        platform: process.platform,
        lock: () => void lock(),
        run: (command) => tellPage('menu.command', { command }),
      }),
    ),
  )
  tray?.show(state)
}
const desktop = createDesktopWatch((route, input) => core.call(route, input), environment.language, drawMenus)

const startCore = (): Promise<void> =>
  core.start().then(
    () => {
      log('core ready')
      void desktop.refresh()
    },
    // Every call from now on is answered with this error; the page shows it.
    (error: unknown) => log('core did not start', { code: error instanceof IpcError ? error.code : 'E_INTERNAL' }),
  )

let locking: Promise<void> | undefined
const restartLocked = async (): Promise<void> => {
  links.clear()
  await Promise.all([core.stop('lock'), passing.clear()])
  phase.forget()
  desktop.forget()
  const started = startCore()
  if (window && !window.isDestroyed()) await restartPage(window)
  await started
}
/** Ends core, so that no key and no row stays in memory; the page starts anew at the lock screen. */
const lock = (): Promise<void> => (locking ??= restartLocked().finally(() => (locking = undefined)))
const lockIfOpen = (): void => {
  if (phase.isUnlocked()) void lock()
}

core.onEvent((name, json) => {
  if (name === 'state.changed') {
    phase.hear(json)
    void desktop.refresh()
  }
  if (name === 'notice.due') notify(JSON.parse(json) as Notice)
  if (name === 'clock.moved') sandbox.moveClock(Number((JSON.parse(json) as { offset_s: number }).offset_s))
  if (window && !window.isDestroyed()) window.webContents.send(eventChannel, name, json)
})
core.onExit(({ code, then }) => {
  log('core ended', { code, then })
  if (then === 'stopped') return
  phase.forget()
  desktop.forget()
  if (window && !window.isDestroyed()) void restartPage(window)
})

/** Quietly, and only while the window is not in front: there the page says it itself. */
const notify = (said: Notice): void => {
  const { settings, language } = desktop.get()
  if (settings.notices[said.kind] !== 'system' || !Notification.isSupported()) return
  if (window && !window.isDestroyed() && window.isFocused()) return
  const { title, body, section } = noticeWords(said, language)
  const shownNotice = new Notification({ title, body, silent: true })
  shownNotice.on('click', () => {
    showWindow()
    tellPage('menu.command', { command: `go:${section}` })
  })
  shownNotice.show()
}

const showWindow = (): void => {
  if (!window || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

const stateFile = windowStatePath(environment.home)
/** Only where it was asked for, and where there is a tray to come back from. */
const hideInstead = (event: { preventDefault(): void }): void => {
  const { settings, language } = desktop.get()
  if (quitting || !settings.close_to_tray || tray === undefined || !window) return
  event.preventDefault()
  window.hide()
  const state = readWindowState(stateFile)
  if (state.saidTray || !Notification.isSupported()) return
  writeWindowState(stateFile, { ...state, saidTray: true })
  const { stays: title, staysText: body } = menuTexts[language]
  new Notification({ title, body, silent: true }).show()
}
/** A link waits until somebody is signed in; what it is stays out of every log. */
const follow = (link: Link | null): void => {
  if (link === null) return
  links.put(link)
  tellPage('link.arrived', {})
}

const open = (): void => {
  window = openMainWindow({ programRoot: environment.programRoot, packaged: environment.packaged, stateFile })
  window.on('close', hideInstead)
  triggers?.watch(window.webContents)
  window.webContents.on('did-finish-load', () => log('page loaded'))
}

app.on('second-instance', (_event, words) => {
  showWindow()
  follow(linkOfArguments(words))
})
app.on('open-url', (event, url) => {
  event.preventDefault()
  showWindow()
  follow(parseLink(url))
})
app.on('activate', () => (window && !window.isDestroyed() ? showWindow() : open()))
app.on('window-all-closed', () => app.quit())
app.on('before-quit', (event) => {
  if (quitting) return
  event.preventDefault()
  quitting = true
  void Promise.all([core.stop('quit'), sandbox.stop(), passing.clear()]).finally(() => app.quit())
})

// A Node child needs no `ready`; a utility process does.
const early = choice.kind === 'utility' ? undefined : startCore()

const askPath = async (defaultPath: string, filter: { name: string; extensions: string[] }) => {
  const options = { defaultPath, filters: [filter] }
  const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  return filePath === '' ? undefined : filePath
}

const saveParts = {
  callCore: (route: string, input: unknown) => core.call(route, input),
  folder: () => app.getPath('documents'),
}
const saveCalendar = createSaveCalendar({
  ...saveParts,
  askPath: (path) => askPath(path, { name: 'iCalendar', extensions: ['ics'] }),
})
const saveExportParts = {
  ...saveParts,
  askPath: (path: string, as: string) => askPath(path, { name: as.toUpperCase(), extensions: [as] }),
}

const openProgram = async (): Promise<void> => {
  triggers = startLockTriggers({
    monitor: powerMonitor,
    clock,
    lock: lockIfOpen,
    isUnlocked: phase.isUnlocked,
    idleLimit: () => desktop.get().settings.lock_after_minutes * 60,
    onCountdown: (seconds) => tellPage('lock.countdown', { seconds }),
  })
  if (environment.packaged) app.setAsDefaultProtocolClient(linkScheme)
  follow(linkOfArguments(process.argv))
  const page = session.fromPartition(pagePartition, { cache: false })
  denyPermissions(page)
  denyPermissions(session.defaultSession)
  cutOffNetwork(page)
  servePage(page, files.page)
  registerIpc({
    windowId: () => (window && !window.isDestroyed() ? window.webContents.id : undefined),
    isUnlocked: phase.isUnlocked,
    handlers: createMainHandlers({
      lock,
      stay: () => triggers?.stay(),
      sandbox,
      clipboard: passing,
      links,
      saveCalendar,
      saveCertificate: createSaveExport('certificate.export', saveExportParts),
      saveAnchor: createSaveExport('ledger.anchor_file', saveExportParts),
      showMenu: (next) => {
        shown = next
        drawMenus()
      },
    }),
    callCore: (route, input) => core.call(route, input),
  })
  tray = createTray({
    open: showWindow,
    lock: lockIfOpen,
    sync: () => void core.call('sync.start', {}),
    quit: () => app.quit(),
  })
  drawMenus()
  const started = early ?? startCore()
  open()
  await started
}

// Not awaited: Electron becomes ready only after this module has ended.
const driver = environment.waitForDriver ? driverAttached() : Promise.resolve()
void Promise.all([app.whenReady(), driver]).then(openProgram)
