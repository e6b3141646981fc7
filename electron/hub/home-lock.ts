import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * One hub a folder: two engines on the embedded database would ruin it.
 * @returns how to give the folder back
 * @throws when a running process holds it
 */
export const lockHome = (home: string | undefined): (() => void) => {
  if (home === undefined) return () => undefined
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const path = join(home, 'hub.pid')
  const holder = readPid(path)
  if (holder !== undefined && isRunning(holder)) {
    throw new Error(`another hub (process ${holder}) uses this folder; stop it, or remove hub.pid if it is none`)
  }
  writeFileSync(path, `${process.pid}\n`)
  return () => rmSync(path, { force: true })
}

const readPid = (path: string): number | undefined => {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    // No file: nobody.
    return undefined
  }
}
