import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** How the window was left; nothing of what was in it. */
export type WindowState = {
  /** Without a place the system chooses one. */
  readonly box?: Box
  readonly maximised: boolean
  /** Electron's zoom level: 0 is 100 %. */
  readonly zoom: number
  /** That closing leaves the program in the tray has been said. */
  readonly saidTray: boolean
}

export const usualSize = { width: 1400, height: 900 } as const
export const smallestSize = { width: 960, height: 600 } as const
const first: WindowState = { maximised: false, zoom: 0, saidTray: false }

export const windowStatePath = (home: string): string => join(home, 'window.json')

const isBox = (value: unknown): value is Box =>
  typeof value === 'object' &&
  value !== null &&
  ['x', 'y', 'width', 'height'].every((key) => Number.isInteger((value as Record<string, unknown>)[key]))

/** A file that is missing, damaged or of another hand costs a place and nothing else. */
export const readWindowState = (path: string): WindowState => {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>
    const zoom = typeof found['zoom'] === 'number' && Number.isFinite(found['zoom']) ? found['zoom'] : 0
    return {
      ...(isBox(found['box']) ? { box: found['box'] } : {}),
      maximised: found['maximised'] === true,
      zoom: Math.max(-3, Math.min(5, zoom)),
      saidTray: found['saidTray'] === true,
    }
  } catch {
    return first
  }
}

export const writeWindowState = (path: string, state: WindowState): void => {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  } catch {
    // A full disk costs the window its place, not the person their work.
  }
}

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))

/**
 * The box on the screens that are there now: moved and shrunk into the one that holds most of it, forgotten where none holds a
 * part worth the name (the second screen of yesterday).
 */
export const fitBox = (box: Box | undefined, screens: readonly Box[]): Box | undefined => {
  if (box === undefined) return undefined
  const [best] = [...screens].sort((a, b) => overlap(b, box) - overlap(a, box))
  if (best === undefined || overlap(best, box) < 100 * 100) return undefined
  const width = Math.min(Math.max(box.width, Math.min(smallestSize.width, best.width)), best.width)
  const height = Math.min(Math.max(box.height, Math.min(smallestSize.height, best.height)), best.height)
  const within = (at: number, size: number, from: number, room: number): number =>
    Math.max(from, Math.min(at, from + room - size))
  return { x: within(box.x, width, best.x, best.width), y: within(box.y, height, best.y, best.height), width, height }
}
