import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { desktopSettings, noticeChannel, noticeKind, quietHours } from '../../domain/desktop.ts'
import { jobId, recordId } from '../../domain/ids.ts'
import { accountView } from '../../domain/views.ts'
import { stage } from '../../domain/vocabulary.ts'
import { candidateSort } from './work.ts'
import { anybody, members, unlocked } from './callers.ts'

const none = z.object({})

/** What lies at a path that the program writes. */
export const pathHolding = z.enum([
  'home',
  'keys',
  'database',
  'journal',
  'lock',
  'temporary',
  'settings',
  'accounts',
  'ai',
  'backups',
  'jobs',
  'log',
  'window',
  'sandbox',
])

/** Columns of the candidates' list beside the first, which is always there. */
export const listColumn = z.enum(['work', 'source', 'contact', 'score', 'due'])

/** How somebody left the window: sections and columns, never a candidate, a filter or a search. */
export const screenLayout = z.object({
  section: z
    .enum([
      'jobs',
      'candidates',
      'board',
      'interviews',
      'messages',
      'pool',
      'bulletin',
      'reports',
      'sync',
      'retention',
      'ledger',
      'requests',
      'officer',
      'admin',
      'rules',
      'settings',
    ])
    .optional(),
  facets: z.boolean().optional(),
  /** The job whose board was open. */
  board_job: jobId.optional(),
  sort: candidateSort.optional(),
  /** In the order in which they stand. */
  columns: z.array(listColumn).max(12).optional(),
  density: z.enum(['normal', 'compact']).optional(),
  /** Where a stack of resumes was left: a job and a place in its order, nobody's id. */
  review: z
    .object({ job_id: jobId.optional(), stage: stage.optional(), sort: candidateSort, at: z.int().min(0) })
    .nullable()
    .optional(),
  /** How far the tour through the sandbox was followed; `done` once it was ended or declined. */
  tour: z.object({ step: z.int().min(0).max(20), done: z.boolean() }).optional(),
})

export const systemState = z.object({
  /** `notice`: the notice is not yet answered. `new`: no vault. `browse`: declined (ZP-03). `open`: unlocked, nobody signed in. */
  phase: z.enum(['notice', 'browse', 'new', 'locked', 'open', 'signed_in', 'fault']),
  fault: z.object({ code: z.string(), message: z.string() }).optional(),
  account: accountView.optional(),
  accounts: z.array(accountView),
  language: z.enum(['zh-CN', 'en-US']),
  theme: z.enum(['system', 'light', 'dark']),
  screen: screenLayout,
  desktop: desktopSettings,
  /** Milliseconds since 1970 UTC, as core counts (with the sandbox's offset). */
  now: z.int(),
  clock_offset_s: z.int(),
  sandbox: z.boolean(),
  /** What keeps the signed-in account from every candidate, if anything does: rule, clause and what would lift it. */
  gate: z.object({ rule: z.string(), clause: z.string(), lift: z.string().nullable() }).optional(),
  /** The end of a headhunter's licence, once it is less than 30 days away (ZP-43). */
  licence_ends_at: z.int().optional(),
  /** Whether a change of the rules waits for this person's answer (ZP-106). */
  rules_to_answer: z.boolean(),
  /** When the vault was last locked. */
  locked_since: z.int().optional(),
  version: z.string(),
})
export type SystemState = z.infer<typeof systemState>

export const systemRoutes = defineRoutes({
  'system.routes': {
    host: 'core',
    access: 'read',
    roles: anybody,
    input: none,
    output: z.object({
      routes: z.array(
        z.object({
          name: z.string(),
          host: z.string(),
          access: z.string(),
          action: z.string().optional(),
          roles: z.array(z.string()),
          input: z.unknown(),
          output: z.unknown(),
        }),
      ),
    }),
  },
  'system.state': { host: 'core', access: 'read', roles: anybody, input: none, output: systemState },
  'system.paths': {
    host: 'core',
    access: 'read',
    roles: anybody,
    input: none,
    output: z.object({ paths: z.array(z.object({ path: z.string(), holds: pathHolding, personal: z.boolean() })) }),
  },
  'notice.answer': {
    host: 'core',
    access: 'write',
    action: 'consent',
    roles: anybody,
    input: z.object({ choice: z.enum(['accept', 'browse']) }),
    output: none,
  },
  'settings.set': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: anybody,
    input: z.object({
      language: z.enum(['zh-CN', 'en-US']).optional(),
      theme: z.enum(['system', 'light', 'dark']).optional(),
    }),
    output: none,
  },
  /** Notices, quiet hours, tray, and how soon an idle window is locked. */
  'desktop.set': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: unlocked,
    input: z.object({
      notices: z.partialRecord(noticeKind, noticeChannel).optional(),
      quiet: quietHours.nullable().optional(),
      close_to_tray: z.boolean().optional(),
      lock_after_minutes: desktopSettings.shape.lock_after_minutes.unwrap().optional(),
    }),
    output: none,
  },
  /** Kept for the next start. Tells nothing about anybody, so it is no entry of the log. */
  'screen.set': { host: 'core', access: 'read', roles: members, input: screenLayout, output: none },
  'vault.create': {
    host: 'core',
    access: 'write',
    action: 'key_rotated',
    roles: ['public'],
    input: z.object({
      passphrase: z.string().max(1000),
      /** The passphrase opens only together with this system's key store (an enterprise's setting). */
      keychain: z.boolean().optional(),
    }),
    output: z.object({ recovery_code: z.string() }),
  },
  'vault.unlock': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: ['public'],
    input: z.object({ passphrase: z.string().max(1000).optional(), recovery_code: z.string().max(200).optional() }),
    output: z.object({ overdue: z.int() }),
  },
  'vault.change_passphrase': {
    host: 'core',
    access: 'write',
    action: 'key_rotated',
    roles: unlocked,
    input: z.object({ passphrase: z.string().max(1000), next: z.string().max(1000) }),
    output: none,
  },
  'vault.new_recovery_code': {
    host: 'core',
    access: 'write',
    action: 'key_rotated',
    roles: unlocked,
    input: z.object({ passphrase: z.string().max(1000) }),
    output: z.object({ recovery_code: z.string() }),
  },
  'vault.lock': { host: 'main', access: 'write', action: 'lock', roles: anybody, input: none, output: none },
  /** Somebody is there: an idle window that counts down stays open. */
  'lock.stay': { host: 'main', access: 'read', roles: unlocked, input: none, output: none },
  /** The link that the program was last called with, once, if one waits; an id and never a name. */
  'link.take': {
    host: 'main',
    access: 'read',
    roles: members,
    input: none,
    output: z.object({
      link: z
        .discriminatedUnion('to', [
          z.object({ to: z.literal('candidate'), id: recordId }),
          z.object({ to: z.literal('job'), id: jobId }),
          z.object({ to: z.literal('section'), name: z.string() }),
        ])
        .nullable(),
    }),
  },
  /** What the menu shows as possible now: the sections of this role, in their order, and the page's own commands. */
  'menu.show': {
    host: 'main',
    access: 'read',
    roles: anybody,
    input: z.object({ sections: z.array(z.string().max(40)).max(30), commands: z.array(z.string().max(40)).max(60) }),
    output: none,
  },
  /** Puts revealed text on the system's clipboard and takes it away again, if it is still there (ZP-52, D20). */
  'clipboard.copy': {
    host: 'main',
    access: 'read',
    roles: unlocked,
    input: z.object({ text: z.string().min(1).max(2000) }),
    output: z.object({ cleared_after_s: z.int() }),
  },
  'account.start_local': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: unlocked,
    input: z.object({
      name: z.string().min(1).max(80),
      employer: z.string().min(1).max(120),
      officer: z.string().min(1).max(80),
    }),
    output: accountView,
  },
  /** A workspace without a hub names somebody else as its officer, who then confirms what its owner may not approve alone. */
  'account.name_officer': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr'],
    input: z.object({ officer: z.string().trim().min(1).max(80) }),
    output: none,
  },
  'account.sign_in': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: unlocked,
    input: z.object({
      hub: z.url().max(500),
      account: z.string().min(1).max(200),
      password: z.string().min(1).max(1000),
    }),
    output: accountView,
  },
  'account.resume': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: unlocked,
    input: z.object({ id: z.string() }),
    output: accountView,
  },
  'account.sign_out': { host: 'core', access: 'write', action: 'sign_in', roles: unlocked, input: none, output: none },
  'sandbox.start': {
    host: 'main',
    access: 'read',
    roles: unlocked,
    input: none,
    output: z.object({
      url: z.string(),
      accounts: z.array(z.object({ name: z.string(), password: z.string(), role: z.string() })),
    }),
  },
  'sandbox.state': {
    host: 'main',
    access: 'read',
    roles: anybody,
    input: none,
    output: z.object({
      running: z.boolean(),
      url: z.string().optional(),
      accounts: z.array(z.object({ name: z.string(), password: z.string(), role: z.string() })),
    }),
  },
  'sandbox.move_clock': {
    host: 'core',
    access: 'write',
    action: 'clock',
    roles: unlocked,
    input: z.object({ days: z.int().min(1).max(400) }),
    output: z.object({ now: z.int() }),
  },
})
