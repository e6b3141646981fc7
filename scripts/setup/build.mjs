import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { modules, node24, root } from './paths.mjs'
import { run, SetupError } from './run-process.mjs'

const sources = ['electron', 'src', 'package-lock.json', 'electron.vite.config.ts']

const newest = (path) => {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  // A folder's own time counts too: it changes when a file in it is removed.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const built = join(root, 'out', 'renderer', 'index.html')

export const isBuildStale = () =>
  !existsSync(built) || Math.max(...sources.map((path) => newest(join(root, path)))) > statSync(built).mtimeMs

/** `out/`, when a source is newer. */
export const build = async (say) => {
  if (!isBuildStale()) return
  say('building …')
  const { code } = await run(node24, [
    join(modules, 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ])
  if (code !== 0) throw new SetupError('The build failed; what is wrong stands above.')
}
