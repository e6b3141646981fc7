import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The sandbox keeps its port, so that a workstation finds it again after a restart. */
export const sandboxPort = (home: string | undefined): { readonly wanted: number; keep(port: number): void } => {
  if (home === undefined) return { wanted: 0, keep: () => undefined }
  const path = join(home, 'port')
  return {
    wanted: readPort(path),
    keep: (port) => {
      mkdirSync(home, { recursive: true })
      writeFileSync(path, `${port}\n`)
    },
  }
}

const readPort = (path: string): number => {
  try {
    const port = Number(readFileSync(path, 'utf8').trim())
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0
  } catch {
    // No file yet.
    return 0
  }
}
