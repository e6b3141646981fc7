import { createRequire, registerHooks } from 'node:module'
import { clearEnvironment } from '../environment.ts'

/**
 * Built-in modules that the parsing libraries need. Everything else is refused: network (net, tls, http, dns, dgram …),
 * other processes and threads, the inspector, and whatever a later Node adds. Reading files is limited by `--permission`,
 * where the runtime has it.
 */
const allowed: ReadonlySet<string> = new Set([
  'assert',
  'async_hooks',
  'buffer',
  'events',
  'fs',
  'fs/promises',
  'os',
  'path',
  'stream',
  'stream/web',
  'string_decoder',
  'timers',
  'tty',
  'url',
  'util',
  'util/types',
  'zlib',
])

/** Packages that load native code which text extraction never needs. */
const refusedPackages: ReadonlySet<string> = new Set(['@napi-rs/canvas'])

/** Globals that reach the network, or that start code from strings of a document. */
const refusedGlobals = ['fetch', 'WebSocket', 'EventSource', 'Worker', 'BroadcastChannel', 'WebAssembly'] as const

const refuse = (what: string): never => {
  throw Object.assign(new Error(`the parser may not use ${what}`), { code: 'ERR_PARSER_REFUSED' })
}

const bareName = (specifier: string): string => specifier.replace(/^node:/, '')

/**
 * Shuts what a parser has no use for, before any parsing library is loaded. This is hardening, not a sandbox: code that
 * runs here still runs as the user. What counts is that the process holds no key, no store and no environment.
 */
export function closeDoors(): void {
  clearEnvironment()

  registerHooks({
    resolve(specifier, context, next) {
      if (refusedPackages.has(specifier)) refuse(specifier)
      const found = next(specifier, context)
      if (found.url.startsWith('node:') && !allowed.has(bareName(found.url))) refuse(found.url)
      return found
    },
    load(url, context, next) {
      if (url.endsWith('.node') || context.format === 'addon') refuse('native addons')
      return next(url, context)
    },
  })

  // `process.getBuiltinModule` goes round the loader's hooks, and pdf.js uses it.
  const original = process.getBuiltinModule
  const guarded = (id: string): unknown => {
    const name = bareName(id)
    // Of the loader only this function, which pdf.js and ours use to find files of a package; the rest could undo the hooks.
    if (name === 'module') return { createRequire }
    return allowed.has(name) ? original(name) : refuse(id)
  }
  fix(process, 'getBuiltinModule', guarded)
  for (const key of ['binding', '_linkedBinding', 'dlopen', 'kill', 'abort']) {
    fix(process, key, () => refuse(`process.${key}`))
  }
  for (const key of refusedGlobals) fix(globalThis, key, undefined)
}

const fix = (target: object, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, writable: false, configurable: false, enumerable: false })
}
