import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Folders of one run of the benchmarks, removed at its end. */
export type Place = { folder(name: string): string; remove(): void }

export const openPlace = (): Place => {
  const root = mkdtempSync(join(tmpdir(), 'candor-bench-'))
  return {
    folder: (name) => {
      const path = join(root, name)
      mkdirSync(path, { recursive: true })
      return path
    },
    remove: () => {
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** What a benchmark gets: folders, and a word for whoever reads along about what no target asks for. */
export type BenchContext = {
  readonly place: Place
  readonly note: (text: string) => void
  /** Rows of the list's own benchmark. */
  readonly scale: number
  /** People of the filled workspace. */
  readonly people: number
  /** Workstations that sync with one hub at once. */
  readonly workstations: number
  /** Whether anybody asked for the figures of one of these targets; what nobody asked for need not be measured. */
  readonly wants: (...ids: readonly string[]) => boolean
}
