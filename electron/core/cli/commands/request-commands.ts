import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { RecordId } from '../../../shared/domain/ids.ts'
import { kinship, proofKind, requestOutcome, requestVia } from '../../../shared/domain/request-views.ts'
import { requester, requestKind } from '../../../shared/domain/sync-atoms.ts'
import { platform } from '../../../shared/domain/vocabulary.ts'
import type { Command, CommandContext } from '../command.ts'
import { UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'
import { timeOf } from './hold-commands.ts'

type Choices<T> = {
  readonly options: readonly T[]
  readonly safeParse: (value: unknown) => { readonly success: boolean }
}

/** @throws UsageError naming what may stand there */
const chosen = <T extends string>(schema: Choices<T>, value: unknown, name: string): T => {
  if (schema.safeParse(value).success) return value as T
  const options = schema.options.join('|')
  throw new UsageError([`${name} 为 ${options}`, `${name} is one of ${options}`])
}

const textFlag = ({ flags }: CommandContext, name: string): string | undefined => {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}

const optional = <T>(key: string, value: T | undefined): Record<string, T> =>
  value === undefined ? {} : { [key]: value }

/** A command that does one thing to one request. */
const simple = (
  name: string,
  usage: string,
  does: (context: CommandContext, id: string) => Promise<unknown>,
): Command => ({
  name,
  usage: `ID${usage}`,
  needs: 'account',
  run: async (context) => {
    const id = context.word(0, 'ID')
    const document = await does(context, id)
    return { document: { id, ...(document as object) }, lines: [id] }
  },
})

/** The request desk (ZP-91). */
export const requestCommands: readonly Command[] = [
  {
    name: 'requests',
    usage: '[--closed]',
    needs: 'account',
    run: async ({ call, flags }) => {
      const page = await call('request.list', { state: flags.closed === true ? 'closed' : 'open' })
      return {
        document: page,
        lines: formatTable(
          page.items.map((row) => [
            row.id,
            row.number,
            row.kind,
            row.requester,
            row.label,
            row.clock.due_at === undefined ? row.clock.level : formatTime(row.clock.due_at),
            row.clock.level,
            row.outcome ?? row.step,
          ]),
        ),
      }
    },
  },
  {
    name: 'request show',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      const view = await call('request.get', { id: word(0, 'ID') })
      return {
        document: view,
        lines: Object.entries(view).map(([key, value]) => `${key}  ${JSON.stringify(value)}`),
      }
    },
  },
  {
    name: 'request add',
    usage: `--kind ${requestKind.options.join('|')} --via mail|phone|post|in_person [--candidate RECORD | --platform P --id ID]
    [--requester ${requester.options.join('|')}] [--kinship ${kinship.options.join('|')}] [--source TEXT] [--who TEXT]
    [--detail TEXT] [--received DATE]`,
    needs: 'account',
    run: async (context) => {
      const { call, need } = context
      const received = textFlag(context, 'received')
      const who = textFlag(context, 'requester')
      const kin = textFlag(context, 'kinship')
      const on = textFlag(context, 'platform')
      const { id } = await call('request.add', {
        kind: chosen(requestKind, need('kind'), '--kind'),
        via: chosen(requestVia.exclude(['portal']), need('via'), '--via'),
        requester: chosen(requester, who ?? 'self', '--requester'),
        ...(kin === undefined ? {} : { kinship: chosen(kinship, kin, '--kinship') }),
        ...(on === undefined ? {} : { platform: chosen(platform, on, '--platform') }),
        ...optional('candidate', textFlag(context, 'id')),
        ...optional('record_id', textFlag(context, 'candidate') as RecordId | undefined),
        ...optional('source', textFlag(context, 'source')),
        ...optional('who', textFlag(context, 'who')),
        ...optional('detail', textFlag(context, 'detail')),
        ...(received === undefined ? {} : { received_at: timeOf(received) }),
      })
      return { document: { id }, lines: [id] }
    },
  },
  simple('request link', ' RECORD', ({ call, word }, id) =>
    call('request.link', { id, record_id: word(1, 'RECORD') as RecordId }),
  ),
  simple('request proof', ` ${proofKind.options.join('|')} [--paper FILE]`, (context, id) => {
    const kind = chosen(proofKind, context.word(1, 'KIND'), 'KIND')
    const paper = textFlag(context, 'paper')
    if (paper === undefined) return context.call('request.note_proof', { id, kind })
    const content = readFileSync(paper).toString('base64')
    return context.call('request.add_paper', { id, kind, name: basename(paper), content_base64: content })
  }),
  simple('request verify', ' [--failed]', ({ call, flags }, id) =>
    call('request.verify', { id, verdict: flags.failed === true ? 'failed' : 'verified' }),
  ),
  simple(
    'request dispute',
    ' --reason TEXT   (relatives disagree: clock and record stand still)',
    ({ call, need }, id) => call('request.dispute', { id, words: need('reason') }),
  ),
  simple('request resolve', ' --reason TEXT', ({ call, need }, id) =>
    call('request.resolve', { id, words: need('reason') }),
  ),
  {
    name: 'request search',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word }) => {
      const found = await call('request.search', { id: word(0, 'ID') })
      return {
        document: found,
        lines: formatTable(found.places.map(({ place, state, count }) => [place, state, count])),
      }
    },
  },
  simple('request carry-out', '', ({ call }, id) => call('request.carry_out', { id })),
  simple('request destroy', '', async ({ call, core }, id) => {
    const done = await call('request.destroy', { id })
    await core.account?.retention.runDue()
    return done
  }),
  simple('request unrestrict', '', ({ call }, id) => call('request.unrestrict', { id })),
  simple('request answer', ` --outcome ${requestOutcome.options.join('|')} [--reason TEXT]`, (context, id) =>
    context.call('request.answer', {
      id,
      outcome: chosen(requestOutcome, context.need('outcome'), '--outcome'),
      ...optional('reason', textFlag(context, 'reason')),
    }),
  ),
  {
    name: 'request letter',
    usage: 'ID',
    needs: 'account',
    run: async ({ call, word, language }) => {
      const letter = await call('request.letter', { id: word(0, 'ID'), language })
      return { document: letter, lines: [letter.title, '', letter.text] }
    },
  },
]
