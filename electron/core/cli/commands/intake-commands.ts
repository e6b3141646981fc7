import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { JobId } from '../../../shared/domain/ids.ts'
import {
  afterIntake,
  choiceKind,
  intakeSource,
  type IntakeItemView,
  type IntakeRunView,
} from '../../../shared/domain/intake-runs.ts'
import { platform } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { maxArrivalBytes } from '../../intake/take-in.ts'
import type { Command, CommandContext } from '../command.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'
import { choice, readable } from './work-commands.ts'

/** Every file under these paths, in order, one after the other: a folder of ten thousand is never a list. */
function* filesUnder(paths: readonly string[]): Generator<string> {
  for (const path of paths) {
    if (!readable(() => statSync(path)).isDirectory()) {
      yield path
      continue
    }
    const entries = readable(() => readdirSync(path, { withFileTypes: true })).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )
    for (const entry of entries) {
      if (entry.isDirectory()) yield* filesUnder([join(path, entry.name)])
      else if (entry.isFile() && !entry.name.startsWith('.')) yield join(path, entry.name)
    }
  }
}

const given = ({ flags }: CommandContext) => ({
  ...(typeof flags.job === 'string' ? { job_id: flags.job as JobId } : {}),
  ...(typeof flags.platform === 'string' ? { platform: choice(platform, flags.platform, 'platform') } : {}),
  ...(typeof flags.source === 'string' ? { source: choice(intakeSource, flags.source, 'source') } : {}),
  ...(typeof flags.origin === 'string' ? { origin: flags.origin } : {}),
})

const runLine = ({ counts, state }: IntakeRunView): string =>
  [state, ...Object.entries(counts).map(([result, count]) => `${result} ${count}`)].join('  ')

const itemRow = (item: IntakeItemView): string[] => [
  String(item.seq),
  item.result,
  item.label,
  String(item.size),
  [item.reason, item.clause].filter((part) => part !== undefined).join(' '),
  item.record_id ?? item.quarantine_id ?? '',
]

/** Stops after the file at hand: what is done stays, and the run can go on. */
const stopOnSignal = (): { readonly stopped: () => boolean; readonly done: () => void } => {
  let stopped = false
  const stop = (): void => {
    stopped = true
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return {
    stopped: () => stopped,
    done: () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    },
  }
}

const takeAll = async (context: CommandContext) => {
  const { call, words, flags } = context
  if (words.length === 0) throw new UsageError(['请至少指定一个文件', 'name at least one file'])
  const resume = typeof flags.resume === 'string' ? { resume: flags.resume } : {}
  const { run_id: run } = await call('intake.begin', { way: 'file', ...resume })
  const results: Array<{ readonly file: string; readonly result: string; readonly [key: string]: unknown }> = []
  const large: Array<{ readonly name: string; readonly size: number }> = []
  const signal = stopOnSignal()
  let state: 'done' | 'stopped' = 'stopped'
  try {
    for (const path of filesUnder(words)) {
      if (signal.stopped()) break
      const file = basename(path)
      const { size } = readable(() => statSync(path))
      if (size > maxArrivalBytes) {
        large.push({ name: file, size })
        results.push({ file, result: 'refused', reason: 'too_large' })
        continue
      }
      const output = await call('intake.add', {
        name: file,
        content_base64: readable(() => readFileSync(path)).toString('base64'),
        run_id: run,
        ...given(context),
      })
      results.push({ file, ...output })
    }
    if (!signal.stopped()) state = 'done'
  } finally {
    signal.done()
    // Once the run is through: one that goes on meets them again.
    await call('intake.end', { run_id: run, state, too_large: state === 'done' ? large : [] })
  }
  const { run: ended } = await call('intake.run', { id: run, limit: 1 })
  return { results, run: ended }
}

export const intakeCommands: readonly Command[] = [
  {
    name: 'intake',
    usage: 'PATH… [--job ID] [--platform P] [--source S] [--origin TEXT] [--resume RUN]',
    needs: 'account',
    run: async (context) => {
      const document = await takeAll(context)
      return {
        document,
        lines: [
          ...document.results.map((row) => `${row.result}\t${row.file}\t${String(row.reason ?? row.record_id ?? '')}`),
          `${document.run.id}  ${runLine(document.run)}`,
        ],
      }
    },
  },
  {
    name: 'intake-runs list',
    usage: '[--limit N]',
    needs: 'account',
    run: async ({ call, flags }) => {
      const { items } = await call('intake.runs', typeof flags.limit === 'string' ? { limit: Number(flags.limit) } : {})
      return {
        document: { items },
        lines: formatTable(items.map((run) => [run.id, formatTime(run.started_at), run.way, runLine(run)])),
      }
    },
  },
  {
    name: 'intake-runs show',
    usage: 'RUN [--limit N]',
    needs: 'account',
    run: async ({ call, word, flags }) => {
      const limit = typeof flags.limit === 'string' ? { limit: Number(flags.limit) } : {}
      const output = await call('intake.run', { id: word(0, 'RUN'), ...limit })
      return { document: output, lines: [runLine(output.run), ...formatTable(output.items.map(itemRow))] }
    },
  },
  {
    name: 'intake-asks list',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const output = await call('intake.asks', {})
      return {
        document: output,
        lines: formatTable(
          output.items.map((ask) => [ask.id, ask.asks, ask.label, ask.domain, ask.guess.platform, ask.guess.job_id]),
        ),
      }
    },
  },
  {
    name: 'intake-asks answer',
    usage: 'ID --platform P --job ID [--source S] [--origin TEXT] [--remember sender|template|mailbox] [--name NAME]',
    needs: 'account',
    run: async ({ call, word, flags, need }) => {
      const answer = {
        platform: choice(platform, need('platform'), 'platform'),
        job_id: need('job') as JobId,
        ...(typeof flags.source === 'string' ? { source: choice(intakeSource, flags.source, 'source') } : {}),
        ...(typeof flags.origin === 'string' ? { origin: flags.origin } : {}),
        ...(typeof flags.name === 'string' ? { person: { name: flags.name } } : {}),
      }
      const remember =
        typeof flags.remember === 'string' ? { remember: choice(choiceKind, flags.remember, 'remember') } : {}
      const first = await call('intake.answer', { id: word(0, 'ID'), ...answer, ...remember })
      // One word is enough for all that are alike.
      const others = []
      for (const id of first.alike) others.push((await call('intake.answer', { id, ...answer })).taken)
      return {
        document: { taken: first.taken, alike: others },
        lines: [first.taken, ...others].map((taken) => taken.result),
      }
    },
  },
  {
    name: 'folders list',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const { items } = await call('folder.list', {})
      return {
        document: { items },
        lines: formatTable(items.map((row) => [row.id, row.path, row.job_id, row.afterwards, row.problem])),
      }
    },
  },
  {
    name: 'folders add',
    usage: '--folder DIR --job ID [--platform P] [--source S] [--origin TEXT] [--afterwards leave|move|remove]',
    needs: 'account',
    run: async (context) => {
      const { call, flags, need } = context
      need('folder')
      const afterwards =
        typeof flags.afterwards === 'string' ? { afterwards: choice(afterIntake, flags.afterwards, 'afterwards') } : {}
      const output = await call('folder.add', { ...given(context), job_id: need('job') as JobId, ...afterwards })
      return { document: output, lines: [String(output.id)] }
    },
  },
  {
    name: 'folders remove',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      await call('folder.remove', { id: word(0, 'ID') })
      return { document: {}, lines: [] }
    },
  },
  {
    name: 'folders look',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const output = await call('folder.look', {})
      return { document: output, lines: [String(output.read)] }
    },
  },
  {
    name: 'quarantine list',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const { items } = await call('quarantine.list', {})
      return {
        document: { items },
        lines: formatTable(
          items.map((row) => [row.id, formatTime(row.at), row.reason, row.label, row.size, row.updated ? 'retry' : '']),
        ),
      }
    },
  },
  {
    name: 'quarantine show',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      const { items } = await call('quarantine.list', {})
      const item = items.find((row) => row.id === word(0, 'ID'))
      if (item === undefined) throw new IpcError('E_NOT_FOUND', 'this file is not in quarantine (any more)')
      return { document: item, lines: [`${item.reason}  ${item.label}  ${item.size}`] }
    },
  },
  {
    name: 'quarantine retry',
    usage: 'ID [--job ID]',
    needs: 'account',
    run: async ({ call, word, flags }) => {
      const job = typeof flags.job === 'string' ? { job_id: flags.job as JobId } : {}
      const output = await call('quarantine.retry', { id: word(0, 'ID'), ...job })
      return { document: output, lines: [`${output.result}  ${output.reason ?? ''}`] }
    },
  },
  {
    name: 'quarantine discard',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      await call('quarantine.discard', { id: word(0, 'ID') })
      return { document: {}, lines: [] }
    },
  },
  {
    name: 'parse',
    usage: 'FILE',
    needs: 'home',
    run: async ({ core, word }) => {
      const path = word(0, 'FILE')
      const outcome = await core.parser.parse(
        basename(path),
        readable(() => readFileSync(path)),
      )
      if ('quarantined' in outcome) return { document: outcome, lines: [`quarantined  ${outcome.quarantined}`] }
      if ('parts' in outcome) {
        const document = {
          format: outcome.format,
          parts: outcome.parts.map((part) => part.bytes.length),
          refused: outcome.refused.map(({ quarantined, detail }) => ({ quarantined, detail })),
          warnings: outcome.warnings,
        }
        return { document, lines: [`zip  ${document.parts.length}  refused  ${document.refused.length}`] }
      }
      const { format, unread, confidence, warnings, contacts } = outcome
      // What would be found, not what it says: nobody has revealed anything.
      const document = {
        format,
        ...(unread && { unread }),
        fields: confidence,
        warnings,
        contacts: contacts.map(({ kind, start, end }) => ({ kind, start, end })),
      }
      return {
        document,
        lines: [format, ...Object.entries(confidence).map(([field, value]) => `${field}  ${String(value)}`)],
      }
    },
  },
]
