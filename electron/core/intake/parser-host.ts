import type { Clock } from '../../shared/clock.ts'
import { parseAnswer } from '../../shared/domain/intake.ts'
import type {
  PagesOutcome,
  ParseOutcome,
  ParseRequest,
  Quarantined,
  QuarantineReason,
  TableOutcome,
} from '../../shared/domain/intake.ts'
import type { ParsedPages } from '../../shared/domain/page-model.ts'
import type { ParsedTable } from '../../shared/domain/parsed-table.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { forkParser } from './fork-parser.ts'

/** A running parser process, however it was started. */
export type ParserChild = {
  post(request: ParseRequest): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also when the process could not be started; `memory` when the runtime said that the heap was full. */
  onExit(listener: (cause: 'memory' | 'crashed') => void): void
  /** Resident bytes; undefined where the system does not tell. */
  residentBytes(): Promise<number | undefined>
  /** Ends the process at once. */
  kill(): void
}

export type ParserLimits = {
  /** Milliseconds that one file may take, the start of the process included. */
  readonly ms: number
  /** Resident size of the parser process, in MiB. */
  readonly memoryMb: number
  /** Largest file, in bytes. */
  readonly maxBytes: number
  /** The same for ZIP batches, whose files come back whole. */
  readonly archiveMemoryMb: number
  readonly archiveBytes: number
}

const mebibyte = 1024 * 1024

export const defaultParserLimits: ParserLimits = {
  ms: 30_000,
  memoryMb: 512,
  maxBytes: 32 * mebibyte,
  archiveMemoryMb: 1_024,
  archiveBytes: 96 * mebibyte,
}

export type ParserHost = {
  /**
   * Reads one file in the parser process. What the file holds never throws: the reason comes back.
   * @param name - the name that the sender gave, a hint only
   * @param want - `letter` for the letter of a mail, whether or not there is a resume in it
   * @throws IpcError `E_CANCELLED` after `close`
   */
  parse(name: string, bytes: Uint8Array, want?: 'letter'): Promise<ParseOutcome>
  /** The same for a table (CSV or Excel) of at most `tableBytes`. */
  parseTable(bytes: Uint8Array): Promise<TableOutcome>
  /**
   * Pages `from` … of a document, to be looked at. Somebody waits in front of a screen, so this goes before files that wait to be
   * taken in.
   */
  parsePages(name: string, bytes: Uint8Array, from: number, count: number): Promise<PagesOutcome>
  /** Ends the process; what waits is cancelled. */
  close(): Promise<void>
}

export type ParserHostOptions = {
  readonly clock: Clock
  readonly spawn?: (limits: ParserLimits) => ParserChild
  readonly limits?: Partial<ParserLimits>
  /** Milliseconds between two looks at the memory of the process. */
  readonly watchMs?: number
}

/** Largest table, in bytes; a list of two thousand jobs has less than a tenth of it. */
export const tableBytes = 8 * mebibyte

type Outcome = ParseOutcome | TableOutcome | PagesOutcome

type Job = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly want?: ParseRequest['want']
  readonly settle: (outcome: Outcome) => void
  readonly fail: (error: Error) => void
}

const quarantine = (reason: QuarantineReason, detail = ''): Quarantined => ({ quarantined: reason, detail })

/**
 * Keeps one parser process for many files, one file at a time. A file that takes too long, too much memory, or the process
 * with it, costs only that process: the next file gets a new one. What the process answers is checked like any other
 * foreign data.
 */
export function createParserHost({
  clock,
  spawn = forkParser,
  limits: given,
  watchMs = 50,
}: ParserHostOptions): ParserHost {
  const limits: ParserLimits = { ...defaultParserLimits, ...given }
  const queue: Job[] = []
  let child: ParserChild | undefined
  let busy = false
  let closed = false
  let lastId = 0
  let cancelRunning: (() => void) | undefined

  const drop = (): void => {
    child?.kill()
    child = undefined
  }

  const run = (job: Job): Promise<void> =>
    new Promise((resolve) => {
      const id = (lastId += 1)
      const own = (child ??= spawn(limits))
      let over = false
      const end = (finish: () => void, keep: boolean): void => {
        if (over) return
        over = true
        clearTimeout(timer)
        clearInterval(watch)
        cancelRunning = undefined
        if (!keep && child === own) drop()
        finish()
        resolve()
      }
      const memory = (isArchive(job.bytes) ? limits.archiveMemoryMb : limits.memoryMb) * mebibyte
      const timer = setTimeout(() => end(() => job.settle(quarantine('timeout')), false), limits.ms)
      const watch = setInterval(() => {
        void own.residentBytes().then((bytes) => {
          if (bytes !== undefined && bytes > memory) end(() => job.settle(quarantine('memory')), false)
        })
      }, watchMs)
      cancelRunning = () => end(() => job.fail(cancelled()), false)
      own.onExit((cause) => end(() => job.settle(quarantine(cause)), false))
      own.onMessage((message) => {
        if (isReady(message)) return
        const answer = parseAnswer.safeParse(message)
        // An answer of the wrong shape, or to another question, comes from a process that is no longer ours.
        if (!answer.success || answer.data.id !== id)
          return end(() => job.settle(quarantine('crashed', 'answer')), false)
        const { data } = answer
        if (data.ok && kindOf(data.result) !== kindWanted(job.want)) {
          return end(() => job.settle(quarantine('crashed', 'answer')), false)
        }
        end(() => job.settle(data.ok ? data.result : quarantine(data.reason, data.detail)), true)
      })
      own.post({
        id,
        name: job.name.slice(0, 1_000),
        bytes: job.bytes,
        now: clock.now(),
        ...(job.want === undefined ? {} : { want: job.want }),
      })
    })

  const next = async (): Promise<void> => {
    if (busy) return
    busy = true
    for (let job = queue.shift(); job; job = queue.shift()) await run(job)
    busy = false
  }

  const ask = (wanted: Omit<Job, 'settle' | 'fail'>, most: number): Promise<Outcome> => {
    if (closed) return Promise.reject(cancelled())
    if (wanted.bytes.length === 0) return Promise.resolve(quarantine('empty'))
    if (wanted.bytes.length > most) return Promise.resolve(quarantine('too_large', 'file'))
    return new Promise((settle, fail) => {
      const job = { ...wanted, settle, fail }
      if (kindWanted(wanted.want) === 'pages') queue.unshift(job)
      else queue.push(job)
      void next()
    })
  }

  return {
    async parse(name, bytes, want) {
      const outcome = await ask(
        { name, bytes, ...(want === undefined ? {} : { want }) },
        isArchive(bytes) ? limits.archiveBytes : limits.maxBytes,
      )
      return isTable(outcome) || isPages(outcome) ? quarantine('crashed', 'answer') : outcome
    },
    async parsePages(name, bytes, from, count) {
      const outcome = await ask({ name, bytes, want: { from, count } }, limits.maxBytes)
      return 'quarantined' in outcome || isPages(outcome) ? outcome : quarantine('crashed', 'answer')
    },
    async parseTable(bytes) {
      const outcome = await ask({ name: '', bytes, want: 'table' }, tableBytes)
      return 'quarantined' in outcome || isTable(outcome) ? outcome : quarantine('crashed', 'answer')
    },
    close() {
      closed = true
      for (const job of queue.splice(0)) job.fail(cancelled())
      cancelRunning?.()
      drop()
      return Promise.resolve()
    },
  }
}

const cancelled = (): IpcError => new IpcError('E_CANCELLED', 'the parser was closed')

const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

const isReady = (message: unknown): boolean => typeof message === 'object' && message !== null && 'ready' in message

const kindOf = (outcome: Outcome): string => ('kind' in outcome && outcome.kind !== 'archive' ? outcome.kind : 'file')

const kindWanted = (want: ParseRequest['want']): string =>
  typeof want === 'object' ? 'pages' : want === 'table' ? 'table' : 'file'

const isTable = (outcome: Outcome): outcome is ParsedTable => kindOf(outcome) === 'table'

const isPages = (outcome: Outcome): outcome is ParsedPages => kindOf(outcome) === 'pages'
