import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds `resources/profiles`, looked for upwards: the same for sources, for `out/` and inside a package. */
const findResources = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const candidate = join(folder, 'resources')
    if (existsSync(join(candidate, 'profiles'))) return candidate
    const parent = dirname(folder)
    if (parent === folder) throw new Error('the program folder is incomplete: resources/profiles is missing')
    folder = parent
  }
}

const userData = (): string => {
  if (process.platform === 'win32') return join(process.env.APPDATA ?? homedir(), 'Candor')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Candor')
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Candor')
}

const seconds = (text: string | undefined): number => {
  const value = Number(text ?? 0)
  return Number.isFinite(value) ? Math.trunc(value) : 0
}

const resources = findResources()
/** A packaged program lies in an archive or beside one; test switches do nothing there (`docs/interfaces.md`). */
const packaged = /[\\/]app\.asar/.test(resources) || process.env.CANDOR_PACKAGED === '1'

/** The only place of core that reads the environment. */
export const environment = {
  home: process.env.CANDOR_HOME ?? userData(),
  language: process.env.CANDOR_LANG,
  debug: process.env.CANDOR_DEBUG === '1',
  packaged,
  clockOffsetSeconds: packaged ? 0 : seconds(process.env.CANDOR_CLOCK_OFFSET),
  crashAt: packaged ? undefined : process.env.CANDOR_CRASH_AT,
  resources,
} as const
