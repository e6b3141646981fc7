import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SpawnHosted } from './hosted-process.ts'
import { nodeHost } from './node-host.ts'

/** The store's addon is built for this version of Node-API; an older runtime crashes when it loads it. */
export const neededNodeApi = 10

export const isRuntimeRecent = (napi: string | undefined): boolean => Number(napi ?? 0) >= neededNodeApi

/**
 * Where Node 24 lies: among the packages of a work tree, or beside the program where it was packaged for an old runtime.
 * @returns undefined when it is in neither place
 */
export const findNode = (
  programRoot: string,
  resourcesPath: string,
  platform = process.platform,
): string | undefined => {
  const name = platform === 'win32' ? 'node.exe' : 'node'
  const places = [join(programRoot, 'node_modules', 'node', 'bin', name), join(resourcesPath, 'node', name)]
  return places.find((place) => existsSync(place))
}

export type SpawnChoice =
  { readonly kind: 'utility' } | { readonly kind: 'node'; readonly spawn: SpawnHosted } | { readonly kind: 'none' }

export const chooseSpawn = (napi: string | undefined, programRoot: string, resourcesPath: string): SpawnChoice => {
  if (isRuntimeRecent(napi)) return { kind: 'utility' }
  const node = findNode(programRoot, resourcesPath)
  return node === undefined ? { kind: 'none' } : { kind: 'node', spawn: nodeHost(node) }
}
