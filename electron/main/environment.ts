import { join } from 'node:path'
import { app } from 'electron'

/** Everything that main reads from its surroundings: variables, switches, folders. */
export type Environment = {
  /** Everything that the program writes is under it, but the sandbox hub's data. */
  readonly home: string
  /** Chromium's own folder; holds no personal data, the page lives in an in-memory partition. */
  readonly profile: string
  readonly hubHome: string
  /** The root of the program: `package.json`, `out`, `resources`. */
  readonly programRoot: string
  readonly packaged: boolean
  readonly language: 'zh-CN' | 'en-US'
  readonly debug: boolean
  /** Tests only: no graphics card is there, and Chromium's GPU process would die and restart. */
  readonly softwareRendering: boolean
  /** Tests only: host core as the product does, even where this runtime is too old for the store. */
  readonly utilityCore: boolean
  /** Tests only: no window before the driver says that it watches; it loses one that opens while it connects. */
  readonly waitForDriver: boolean
}

/** Call before `ready`: moves Chromium's folder away from its default place. */
export const readEnvironment = (): Environment => {
  // Fixed, so that the command line finds the same folder: `Candor` in the system's folder for program data.
  app.setName('Candor')
  const given = app.commandLine.getSwitchValue('user-data-dir')
  const home = process.env.CANDOR_HOME || given || join(app.getPath('appData'), 'Candor')
  const profile = given || join(home, 'profile')
  app.setPath('userData', profile)
  return {
    home,
    profile,
    hubHome: process.env.CANDOR_HUB_HOME || `${home}-sandbox-hub`,
    programRoot: app.getAppPath(),
    packaged: app.isPackaged,
    language: languageOf(process.env.CANDOR_LANG || app.getPreferredSystemLanguages()[0] || 'zh-CN'),
    debug: process.env.CANDOR_DEBUG === '1',
    softwareRendering: !app.isPackaged && app.commandLine.hasSwitch('candor-software-rendering'),
    utilityCore: !app.isPackaged && app.commandLine.hasSwitch('candor-utility-core'),
    waitForDriver: !app.isPackaged && app.commandLine.hasSwitch('candor-wait-for-driver'),
  }
}

const languageOf = (tag: string): 'zh-CN' | 'en-US' => (tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US')

/** What a child may know: the way to the network and its own folders. Node's own switches and test knobs stay outside. */
const passedOn = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SystemRoot',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CANDOR_LANG',
  'CANDOR_DEBUG',
] as const

/** Variables of unpackaged builds only. */
const testKnobs = ['CANDOR_CLOCK_OFFSET', 'CANDOR_CRASH_AT'] as const

/**
 * The environment of a child process.
 * @param crashAgain false after a restart: the crash that a test asked for happens once
 */
export const childEnvironment = (
  environment: Environment,
  { crashAgain = true }: { readonly crashAgain?: boolean } = {},
): Record<string, string> => {
  const knobs = environment.packaged ? [] : testKnobs.filter((name) => crashAgain || name !== 'CANDOR_CRASH_AT')
  const entries = [...passedOn, ...knobs].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(entries),
    CANDOR_HOME: environment.home,
    CANDOR_HUB_HOME: environment.hubHome,
    ...(environment.packaged ? { CANDOR_PACKAGED: '1' } : {}),
  }
}
