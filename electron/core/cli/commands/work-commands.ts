import { readFileSync } from 'node:fs'
import type { ApplicationId, AttachmentId, JobId, RecordId } from '../../../shared/domain/ids.ts'
import type { ShownPage } from '../../../shared/domain/page-model.ts'
import type { JobStatus } from '../../../shared/domain/vocabulary.ts'
import { reasonCode, revealField, stage } from '../../../shared/domain/vocabulary.ts'
import {
  candidateFilter,
  candidateSort,
  facetKeys,
  type CandidateFilter,
} from '../../../shared/ipc/routes/candidate-filter.ts'
import { importDuplicates } from '../../../shared/ipc/routes/jobs.ts'
import type { Command, CommandContext } from '../command.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'

const jobFlag = (flags: CommandContext['flags']): { job_id?: JobId } =>
  typeof flags.job === 'string' ? { job_id: flags.job as JobId } : {}

/** A flag that must be one of a closed list. */
export const choice = <T>(
  schema: { safeParse(value: unknown): { success: boolean; data?: T } },
  value: unknown,
  name: string,
): T => {
  const parsed = schema.safeParse(value)
  if (!parsed.success || parsed.data === undefined)
    throw new UsageError([`--${name} 不是可用的取值`, `--${name} is none of the known values`])
  return parsed.data
}

/** `--city 上海,北京`: any of these; `--job`, `--stage` and each other facet (`docs/interfaces.md`). */
const facetFlags = (flags: CommandContext['flags']): CandidateFilter =>
  Object.entries(facetKeys).reduce<CandidateFilter>((filter, [facet, key]) => {
    const text = flags[facet]
    if (typeof text !== 'string') return filter
    return { ...filter, [key]: choice(candidateFilter.shape[key], text.split(','), facet) }
  }, {})

/** `--job`, or the only application that the record has (exit 2 with the list otherwise). */
export const jobOf = ({ flags, core }: CommandContext, id: RecordId): { job_id?: JobId } => {
  if (typeof flags.job === 'string') return { job_id: flags.job as JobId }
  const jobs =
    core.account?.store.reader.all<{ job_id: string }>('SELECT job_id FROM application WHERE record_id = ?', id) ?? []
  const list = jobs.map((row) => row.job_id).join(', ')
  if (jobs.length > 1) throw new UsageError([`请用 --job 指明职位：${list}`, `name the job with --job: ${list}`])
  return jobs[0] === undefined ? {} : { job_id: jobs[0].job_id as JobId }
}

const setStatus =
  (status: JobStatus) =>
  async ({ call, word }: CommandContext) => {
    const output = await call('job.set_status', { id: word(0, 'ID') as JobId, status })
    return {
      document: output,
      lines: output.first_due_at === undefined ? [] : [`${output.scheduled}  ${formatTime(output.first_due_at)}`],
    }
  }

/** Files are named by their place in the list of words: a file name may be a person's. */
export const readable = <T>(work: () => T): T => {
  try {
    return work()
  } catch {
    throw new IpcError('E_FILE', 'a file is not there or cannot be read')
  }
}

/** No door leads a file out of the vault from here: a plain copy is for approval, in the window (D21). */
const saveRefused = (): IpcError =>
  new IpcError('E_APPROVAL', 'a plain copy of an attachment needs an approval', {
    rule: 'NEEDS_APPROVAL',
    clause: 'D21',
    lift: 'APPROVAL',
  })

/** Runs of one line side by side, lines from the top down. */
const linesOf = ({ runs }: ShownPage): string[] => {
  const lines: Array<{ readonly y: number; text: string }> = []
  for (const { x, y, text } of runs.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const last = lines.at(-1)
    if (last === undefined || y - last.y > 4)
      lines.push({ y, text: `${' '.repeat(Math.max(0, Math.min(40, Math.floor(x / 40))))}${text}` })
    else last.text += `  ${text}`
  }
  return lines.map(({ text }) => text)
}

export const workCommands: readonly Command[] = [
  {
    name: 'jobs',
    usage: '',
    needs: 'account',
    run: async ({ call }) => {
      const { items } = await call('job.list', {})
      return {
        document: { items },
        lines: formatTable(items.map((job) => [job.id, job.status, `${job.total}`, job.title, job.city])),
      }
    },
  },
  { name: 'job open', usage: 'ID', needs: 'account', run: setStatus('open') },
  { name: 'job pause', usage: 'ID', needs: 'account', run: setStatus('paused') },
  { name: 'job close', usage: 'ID', needs: 'account', run: setStatus('closed') },
  { name: 'job fill', usage: 'ID', needs: 'account', run: setStatus('filled') },
  {
    name: 'job new',
    usage: 'TITLE [--city C]   (local workspace)',
    needs: 'account',
    run: async ({ call, word, flags }) => {
      const output = await call('job.create', {
        title: word(0, 'TITLE'),
        ...(typeof flags.city === 'string' ? { city: flags.city } : {}),
      })
      return { document: output, lines: [output.id] }
    },
  },
  {
    name: 'job show',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      const job = await call('job.get', { id: word(0, 'ID') as JobId })
      const told = (n: number | null): string => (n === null ? '<5' : `${n}`)
      return {
        document: job,
        lines: [
          [job.id, job.status, job.title, job.city ?? ''].join('  '),
          ...formatTable(job.funnel.map((one) => [one.stage, told(one.reached), told(one.waiting.count)])),
        ],
      }
    },
  },
  {
    name: 'job import',
    usage: 'FILE [--duplicates import]   (CSV or XLSX, local workspace)',
    needs: 'account',
    run: async ({ call, word, flags }) => {
      const path = word(0, 'FILE')
      const output = await call('job.import', {
        content_base64: readable(() => readFileSync(path)).toString('base64'),
        ...(flags.duplicates === undefined
          ? {}
          : { duplicates: choice(importDuplicates, flags.duplicates, 'duplicates') }),
      })
      return {
        document: output,
        lines: [
          ...output.ids,
          ...output.faulty.map(
            ({ line, faults }) => `${line}\t${faults.map(({ field, code }) => `${field}: ${code}`).join(', ')}`,
          ),
          `${output.ids.length} / ${output.ids.length + output.skipped + output.faulty.length}`,
        ],
      }
    },
  },
  {
    name: 'candidates',
    usage: '[--query Q] [--FACET VALUE[,VALUE…]]… [--sort KEY] [--limit N] [--cursor C]',
    needs: 'account',
    run: async ({ call, flags }) => {
      const text = (name: string): string | undefined => (typeof flags[name] === 'string' ? flags[name] : undefined)
      const page = await call('candidate.list', {
        ...facetFlags(flags),
        ...(text('query') === undefined ? {} : { query: text('query') }),
        ...(text('sort') === undefined ? {} : { sort: choice(candidateSort, text('sort'), 'sort') }),
        ...(text('limit') === undefined ? {} : { limit: Number(text('limit')) }),
        ...(text('cursor') === undefined ? {} : { cursor: text('cursor') }),
      })
      return {
        document: page,
        lines: [
          ...formatTable(
            page.items.map((row) => [
              row.id,
              row.name,
              row.phone,
              row.age_band,
              row.city,
              row.title,
              row.application?.stage,
              row.due === undefined ? '' : formatTime(row.due.at),
            ]),
          ),
          `${page.items.length} / ${page.total}`,
        ],
      }
    },
  },
  {
    name: 'candidate',
    usage: 'ID [--job ID] [--reason CODE]',
    needs: 'account',
    run: async (context) => {
      const id = context.word(0, 'ID') as RecordId
      const { reason } = context.flags
      const detail = await context.call('candidate.get', {
        id,
        ...jobOf(context, id),
        ...(typeof reason === 'string' ? { reason: choice(reasonCode, reason, 'reason') } : {}),
      })
      return { document: detail, lines: JSON.stringify(detail, null, 2).split('\n') }
    },
  },
  {
    name: 'reveal',
    usage: 'ID --field phone|email|wechat|name --reason TEXT [--job ID]',
    needs: 'account',
    run: async (context) => {
      const id = context.word(0, 'ID') as RecordId
      const reason = context.need('reason')
      const code = reasonCode.safeParse(reason)
      const output = await context.call('candidate.reveal', {
        id,
        ...jobOf(context, id),
        field: choice(revealField, context.need('field'), 'field'),
        // The ledger holds codes alone; other words are sealed beside the record.
        reason: code.success ? code.data : 'other',
        ...(code.success ? {} : { words: reason }),
      })
      return { document: output, lines: [output.value] }
    },
  },
  {
    name: 'attachment',
    usage: 'ID [--job ID] [--page N]',
    needs: 'account',
    run: async ({ call, word, flags }) => {
      if (flags.out !== undefined) throw saveRefused()
      const opened = await call('attachment.open', { id: word(0, 'ID') as AttachmentId, ...jobFlag(flags) })
      const { view, total } = opened
      const wanted = typeof flags.page === 'string' ? Number(flags.page) : 1
      const { page } = wanted === 1 ? opened : await call('attachment.page', { view, number: wanted })
      await call('attachment.close', { view })
      return {
        document: { ...opened, number: wanted, page },
        lines: [...linesOf(page), `${wanted} / ${total}  ${opened.mark}`],
      }
    },
  },
  {
    name: 'age confirm',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      await call('candidate.confirm_age', { id: word(0, 'ID') as RecordId })
      return { document: {}, lines: [] }
    },
  },
  {
    name: 'stage',
    usage: 'APPLICATION STAGE',
    needs: 'account',
    run: async ({ call, word }) => {
      const output = await call('application.set_stage', {
        id: word(0, 'APPLICATION') as ApplicationId,
        stage: choice(stage, word(1, 'STAGE'), 'stage'),
      })
      return { document: output, lines: [output.previous] }
    },
  },
  {
    name: 'note',
    usage: 'ID TEXT [--job ID]',
    needs: 'account',
    run: async (context) => {
      const id = context.word(0, 'ID') as RecordId
      const output = await context.call('note.add', {
        id,
        ...jobOf(context, id),
        text: context.word(1, 'TEXT'),
      })
      return { document: output, lines: [output.id] }
    },
  },
]
