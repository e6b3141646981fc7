import { join } from 'node:path'
import { createCore, type CoreOptions, type RunningCore } from '../../electron/core/create-core.ts'
import { openSettings } from '../../electron/core/accounts/settings.ts'
import { loadProfiles } from '../../electron/core/policy/profile/load-profiles.ts'
import { createPolicyBook } from '../../electron/core/policy/versions/policy-book.ts'
import { createKek } from '../../electron/core/keys/kek-file.ts'
import { createParserHost } from '../../electron/core/intake/parser-host.ts'
import { routes, type CoreRouteName, type Input, type Output } from '../../electron/shared/ipc/routes/index.ts'
import { IpcError, ipcError, type Answer } from '../../electron/shared/ipc/ipc-error.ts'
import type { ParserHost } from '../../electron/core/intake/parser-host.ts'
import type { ParsedFile, ParseOutcome } from '../../electron/shared/domain/intake.ts'

export const passphrase = 'Grüne Wälder rauschen 7 mal'

/** Core on a home of its own, called as the window calls it; every good answer is held against the route's output schema. */
export type CoreHome = RunningCore & {
  readonly home: string
  readonly events: Array<{ readonly name: string; readonly data: unknown }>
  /** @throws IpcError */
  call<N extends CoreRouteName>(route: N, input: Input<N>): Promise<Output<N>>
  /** The code of the error, `none` for a good answer. */
  codeOf(route: string, input: unknown): Promise<string>
}

/** Answers without a process; for tests that are not about reading files. */
export const parserOf = (answer: (name: string, bytes: Uint8Array) => ParseOutcome): ParserHost => ({
  parse: (name, bytes) => Promise.resolve(answer(name, bytes)),
  parseTable: () => Promise.resolve({ quarantined: 'unknown_format', detail: '' }),
  parsePages: (_name, _bytes, from) =>
    Promise.resolve({
      kind: 'pages',
      format: 'txt',
      from,
      total: 1,
      truncated: false,
      pages: [
        { width: 595, height: 842, runs: [{ x: 50, y: 60, w: 90, size: 10, text: '电话 13800138000' }], boxes: [] },
      ],
    }),
  close: () => Promise.resolve(),
})

export const realParser = (): ParserHost => createParserHost({ clock: { now: () => Date.now() } })

export const openCoreHome = (home: string, options: Partial<CoreOptions> = {}): CoreHome => {
  const events: CoreHome['events'] = []
  const running = createCore({
    home,
    fetch: (...request) => globalThis.fetch(...request),
    parser: options.parser ?? realParser(),
    emit: (name, data) => void events.push({ name, data }),
    // A test looks at hundreds in a second; what stops that has tests of its own (`access-alarms.test.ts`).
    watchAccess: false,
    ...options,
  })
  const answerOf = async (route: string, input: unknown): Promise<Answer<unknown>> => {
    const answer = await running.router.call(route, input)
    if (answer.ok) {
      if (Object.hasOwn(routes, route)) routes[route as CoreRouteName].output.parse(answer.data)
    } else {
      ipcError.strict().parse(answer.error)
    }
    return answer
  }
  return {
    ...running,
    home,
    events,
    call: async <N extends CoreRouteName>(route: N, input: Input<N>): Promise<Output<N>> => {
      const answer = await answerOf(route, input)
      if (answer.ok) return answer.data as Output<N>
      throw new IpcError(answer.error.code, answer.error.message, answer.error.data)
    },
    codeOf: async (route, input) => {
      const answer = await answerOf(route, input)
      return answer.ok ? 'none' : answer.error.code
    },
  }
}

/** A key file that opens in no time; what makes it slow to guess has tests of its own. */
export const makeKeyFile = async (home: string): Promise<void> => {
  const { kek } = await createKek({ dir: home, passphrase, kdf: { memory_kib: 64, passes: 1, parallelism: 1 } })
  kek.fill(0)
  // Somebody agreed on the first page, to the rules as the program brings them.
  const rules = createPolicyBook(loadProfiles(join(import.meta.dirname, '../../resources/profiles'))).rulesVersion()
  openSettings(home).set({ notice: 'accept', notice_at: Date.now(), notice_rules: rules })
}

/** A new home with its vault, unlocked. */
export const newHome = async (folder: string, options: Partial<CoreOptions> = {}): Promise<CoreHome> => {
  const home = join(folder, 'home')
  await makeKeyFile(home)
  const core = openCoreHome(home, options)
  await core.call('vault.unlock', { passphrase })
  return core
}

/** The same with a workspace without any hub. */
export const newLocalHome = async (folder: string, options: Partial<CoreOptions> = {}): Promise<CoreHome> => {
  const core = await newHome(folder, options)
  await core.call('account.start_local', { name: 'hr', employer: '北辰科技', officer: '沈清' })
  return core
}

type Resume = ParsedFile['resume']

/** What a parser would make of somebody's file. */
export const parsedFile = (
  basics: Partial<Resume['basics']>,
  cn: Partial<Resume['meta']['cn']> = {},
  more: Partial<Omit<Resume, 'basics' | 'meta'>> = {},
): ParsedFile => ({
  format: 'txt',
  text: '',
  resume: {
    work: [],
    education: [],
    projects: [],
    skills: [],
    languages: [],
    certificates: [],
    ...more,
    basics,
    meta: { cn: { birth_month: '1990-05', ...cn } },
  },
  confidence: {},
  spans: [],
  contacts: [],
  warnings: [],
  attachments: [],
})
