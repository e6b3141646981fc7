import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { desktopSettings } from '../../shared/domain/desktop.ts'
import { screenLayout } from '../../shared/ipc/routes/system.ts'
import { writeDurably } from '../store/durable-file.ts'

/** What must be known before unlocking; nothing about anybody. Lies in `settings.json`. */
const settingsFile = z.object({
  version: z.literal(1).default(1),
  language: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** The answer to the first notice (ZP-03); `null` = not asked yet. */
  notice: z.enum(['accept', 'browse']).nullable().default(null),
  notice_at: z.int().nullable().default(null),
  /** The version of the rules that was agreed to there. */
  notice_rules: z.string().nullable().default(null),
  locked_since: z.int().nullable().default(null),
  screen: screenLayout.default({}),
  desktop: desktopSettings.prefault({}),
  /** Whether posts like those that one follows come first (QY-29). */
  recommend_posts: z.boolean().default(false),
  /** The day on which coming ends were last told of, so that a restart does not repeat it. */
  destruction_said_on: z.int().nullable().default(null),
  /** Hosts of an enterprise's own hub in mainland China, each registered by hand with its place (ZP-102). */
  hub_hosts: z.array(z.object({ host: z.string(), place: z.string(), at: z.int() })).default([]),
  /** Seconds that the sandbox's "move the clock on" has added. */
  clock_offset_s: z.int().min(0).default(0),
})
export type SettingsValues = z.infer<typeof settingsFile>

export type Settings = {
  get(): SettingsValues
  /** Durable when it returns. @throws IpcError E_DISK */
  set(change: Partial<SettingsValues>): void
}

export const settingsPath = (home: string): string => join(home, 'settings.json')

const read = (path: string, language: string | undefined): SettingsValues => {
  const first = settingsFile.parse(language === 'en-US' ? { language } : {})
  if (!existsSync(path)) return first
  try {
    return settingsFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // Preferences only: a damaged file asks the notice again and costs nothing else.
    return first
  }
}

/** `language`: what a home that never chose one begins with (`CANDOR_LANG`); Chinese otherwise. */
export const openSettings = (home: string, language?: string): Settings => {
  const path = settingsPath(home)
  let values = read(path, language)
  return {
    get: () => values,
    set: (change) => {
      values = { ...values, ...change }
      writeDurably(path, new TextEncoder().encode(`${JSON.stringify(values, null, 2)}\n`))
    },
  }
}
