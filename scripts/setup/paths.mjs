import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const modules = join(root, 'node_modules')
export const bin = join(modules, '.bin')
export const runtimeFolder = join(root, '.runtime')
export const runtimeFile = join(runtimeFolder, 'runtime.json')

/** Node 24 of the dev dependency: the store needs Node-API 10, which the Node of the machine may lack. */
export const node24 =
  process.platform === 'win32' ? join(modules, 'node', 'bin', 'node.exe') : join(modules, 'node', 'bin', 'node')

/** Downloads that every clone on this machine may share. */
export const cacheFolder =
  process.platform === 'win32'
    ? join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'candor', 'cache')
    : process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Caches', 'candor')
      : join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'candor')

/**
 * The environment of every tool that the scripts start: `node` is Node 24 there, and it keeps what it made of the sources, so
 * that the next start of the command line takes half as long. A kept form of another source is never used (Node compares).
 */
export const toolEnvironment = (extra = {}) => ({
  NODE_COMPILE_CACHE: join(runtimeFolder, 'compile-cache'),
  ...process.env,
  PATH: [dirname(node24), bin, process.env.PATH].join(delimiter),
  ...extra,
})

export const isInstalled = () => existsSync(node24)
