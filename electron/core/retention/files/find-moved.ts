import { lstatSync, realpathSync } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { dirname, join, parse, sep } from 'node:path'
import { hashFile } from './plain-file.ts'

/** How much is looked at, so that a search in somebody's folders ends before it is noticed. */
export type SearchBounds = {
  readonly entries: number
  readonly milliseconds: number
  readonly depth: number
  readonly stopped: () => boolean
}

export const searchBounds: Omit<SearchBounds, 'stopped'> = { entries: 20_000, milliseconds: 5_000, depth: 12 }

/** The nearest folder above that is there and no link; null where not even the volume is. */
export const nearestFolder = (path: string): { readonly path: string; readonly volume: string } | null => {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      const found = lstatSync(folder, { bigint: true })
      if (found.isDirectory() && realpathSync(folder) === folder) return { path: folder, volume: String(found.dev) }
    } catch {
      // Gone, as is what was in it; one further up.
    }
    if (folder === dirname(folder)) return null
  }
}

/**
 * Looks for files with these bytes in one folder's tree: by size first, then by hash. No link is followed, no other volume
 * entered. A folder that was renamed is looked for from the nearest one that is left, but never from a volume's root.
 */
export const findMoved = async (
  path: string,
  wanted: { readonly size: number; readonly sha256: string },
  bounds: SearchBounds,
): Promise<string[]> => {
  const root = nearestFolder(path)
  if (root === null || root.path === parse(root.path).root) return []
  const found: string[] = []
  const ends = performance.now() + bounds.milliseconds
  let left = bounds.entries
  const isOver = (): boolean => left <= 0 || performance.now() > ends || bounds.stopped()
  const isInside = (file: string): boolean => realpathSync(file).startsWith(root.path + sep)
  const look = (file: string): void => {
    const stats = lstatSync(file, { bigint: true })
    if (!stats.isFile() || Number(stats.size) !== wanted.size || String(stats.dev) !== root.volume) return
    if (hashFile(file) === wanted.sha256 && isInside(file)) found.push(realpathSync(file))
  }
  const walk = async (folder: string, depth: number): Promise<void> => {
    let entries
    try {
      const stats = lstatSync(folder, { bigint: true })
      if (!stats.isDirectory() || String(stats.dev) !== root.volume) return
      entries = await opendir(folder)
    } catch {
      return
    }
    const folders: string[] = []
    for await (const entry of entries) {
      left -= 1
      if (isOver()) return
      const at = join(folder, entry.name)
      if (entry.isDirectory()) folders.push(at)
      else if (entry.isFile()) {
        try {
          look(at)
        } catch {
          // Not ours to read, or gone in this very moment.
        }
      }
    }
    if (depth >= bounds.depth) return
    for (const next of folders) {
      if (isOver()) return
      await walk(next, depth + 1)
    }
  }
  await walk(root.path, 0)
  return found
}
