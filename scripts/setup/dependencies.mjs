import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isInstalled, modules, root } from './paths.mjs'
import { run, SetupError } from './run-process.mjs'

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** True when what lies in node_modules is not what package-lock.json asks for. */
export const areDependenciesStale = () => {
  const installedFile = join(modules, '.package-lock.json')
  if (!isInstalled() || !existsSync(installedFile)) return true
  const installed = packagesOf(installedFile)
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).some(([path, wanted]) => {
    if (path === '' || wanted.link) return false
    const present = installed[path]
    return present ? present.version !== wanted.version : !wanted.optional
  })
}

/** `npm ci` when node_modules is missing or does not fit the lock file. */
export const installDependencies = async (say) => {
  if (!areDependenciesStale()) return
  say('installing the packages of package-lock.json (npm ci) …')
  const { code, complaint } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true })
  if (code !== 0) throw new SetupError(`npm ci failed:\n${complaint.trim()}`)
  if (!isInstalled()) {
    throw new SetupError(
      'The package `node` has no executable: its install script was blocked. Run `npm rebuild node` (newer npm: `npm install-scripts approve node` first).',
    )
  }
}
