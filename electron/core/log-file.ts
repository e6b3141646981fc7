import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const logPath = (home: string): string => join(home, 'log', 'core.log')

/** One older file is kept. */
const maxBytes = 2 * 1024 * 1024

export type LogFacts = Readonly<Record<string, string | number | boolean>>

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

/**
 * Writes JSON lines of codes, counts and milliseconds. A log that cannot be written must not stop anybody's work, so
 * failures are passed over; the ledger is what must not fail.
 */
export const openLog = (home: string, now: () => number) => {
  const path = logPath(home)
  return (event: string, facts: LogFacts): void => {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      if (sizeOf(path) > maxBytes) renameSync(path, `${path}.1`)
      appendFileSync(path, `${JSON.stringify({ at: now(), event, ...facts })}\n`, { mode: 0o600 })
    } catch {
      // Nowhere to write to: a full disk is reported by whatever needed it.
    }
  }
}
