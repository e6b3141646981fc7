import { z } from 'zod'
import type { RecordId } from '../../../shared/domain/ids.ts'
import { matrixRole } from '../../../shared/domain/policy-views.ts'
import { fieldName, platform, role } from '../../../shared/domain/vocabulary.ts'
import { environment } from '../../environment.ts'
import { diffProfiles } from '../../policy/versions/diff-profiles.ts'
import type { ProfileProblem } from '../../policy/profile/profile-error.ts'
import type { Command, CommandResult } from '../command.ts'
import { exitCodes, UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'
import { checkFile, readText, readTwo, replayFile } from '../policy-files.ts'
import { changeLines, profileLines, updateLines } from '../policy-lines.ts'
import { choice, jobOf } from './work-commands.ts'

/** As many as one answer may name; the next answer names the rest. */
const mostNotices = 200

const answerChoice = z.enum(['accept', 'browse'])

/** A word that must be one of a closed list. @throws UsageError */
const oneOf = <T extends string>(schema: z.ZodType<T>, word: string, what: string): T => {
  const parsed = schema.safeParse(word)
  if (!parsed.success) throw new UsageError([`${what} 不是可用的取值`, `${what} is none of the known values`])
  return parsed.data
}

const faulty = (problems: readonly ProfileProblem[]): CommandResult => ({
  document: { ok: false, problems },
  lines: problems.map(({ file, line, rule, message }) => `${file}:${line}: [${rule}] ${message}`),
  exitCode: exitCodes.failed,
})

const platformFlag = (value: unknown) => (typeof value === 'string' ? choice(platform, value, 'platform') : undefined)

/** The rules: what they are, what changed in them, and what they answer. */
export const policyCommands: readonly Command[] = [
  {
    name: 'policy list',
    usage: '',
    needs: 'home',
    run: async ({ call }) => {
      const list = await call('policy.list', {})
      return {
        document: list,
        lines: [
          list.rules_version,
          ...formatTable(
            list.items.map((one) => [one.platform, one.version, one.revision, one.effective, one.tightened]),
          ),
        ],
      }
    },
  },
  {
    name: 'policy show',
    usage: 'PLATFORM [--role hr|headhunter|admin|officer|interviewer]',
    needs: 'home',
    run: async ({ call, word, flags }) => {
      const view = await call('policy.get', {
        platform: oneOf(platform, word(0, 'PLATFORM'), 'PLATFORM'),
        role: flags.role === undefined ? 'hr' : choice(matrixRole, flags.role, 'role'),
      })
      return { document: view, lines: profileLines(view) }
    },
  },
  {
    name: 'policy diff',
    usage: 'OLD NEW [--platform P]   (two profile files)',
    needs: 'nothing',
    run: ({ word, flags }) => {
      const files = [word(0, 'OLD'), word(1, 'NEW')] as const
      const read = readTwo(environment.resources, files, platformFlag(flags.platform))
      if ('problems' in read) return Promise.resolve(faulty(read.problems))
      const changes = diffProfiles(...read.found)
      return Promise.resolve({ document: { changes }, lines: changeLines(changes) })
    },
  },
  {
    name: 'policy replay',
    usage: '[FILE]   (recorded cases; those of the program by default)',
    needs: 'nothing',
    run: ({ words }) => {
      const read = replayFile(environment.resources, words[0])
      if ('problems' in read) return Promise.resolve(faulty(read.problems))
      const { total, differing } = read.found
      return Promise.resolve({
        document: { total, differing },
        lines: [
          ...formatTable(
            differing.map(({ id, field, expected, got }) => [
              id,
              field,
              `${expected.state} ${expected.form} ${expected.rule} → ${got.state} ${got.form} ${got.rule}`,
            ]),
          ),
          `${differing.length} / ${total}`,
        ],
        ...(differing.length === 0 ? {} : { exitCode: exitCodes.unverified }),
      })
    },
  },
  {
    name: 'policy check',
    usage: 'FILE   (a profile file)',
    needs: 'nothing',
    run: ({ word }) => {
      const read = checkFile(environment.resources, word(0, 'FILE'))
      return Promise.resolve(
        'problems' in read
          ? faulty(read.problems)
          : { document: { ok: true, platform: read.found.id, problems: [] }, lines: [read.found.id] },
      )
    },
  },
  {
    name: 'policy tighten',
    usage: 'PLATFORM FILE   (an empty file takes the rules away again)',
    needs: 'account',
    run: async ({ call, word }) => {
      const output = await call('policy.tighten', {
        platform: oneOf(platform, word(0, 'PLATFORM'), 'PLATFORM'),
        document: readText(word(1, 'FILE')),
      })
      return { document: output, lines: [`${output.revision}  ${output.changes}`] }
    },
  },
  {
    name: 'policy updates',
    usage: '[--all]   (what one agreed to long ago, too)',
    needs: 'account',
    run: async ({ call, flags }) => {
      const updates = await call('policy.updates', { all: flags.all === true })
      const accepted = updates.accepted_at === undefined ? '–' : formatTime(updates.accepted_at)
      return {
        document: updates,
        lines: [
          `${updates.rules_version}  ${updates.accepted_version ?? '–'}  ${accepted}  ${updates.must_answer ? 'to be answered' : 'answered'}`,
          ...updates.items.flatMap(updateLines),
          ...updates.notices.map((notice) => `${formatTime(notice.at)}  ${notice.title}`),
        ],
      }
    },
  },
  {
    name: 'policy answer',
    usage: 'accept|browse',
    needs: 'account',
    run: async ({ call, word }) => {
      const wanted = oneOf(answerChoice, word(0, 'accept|browse'), 'accept|browse')
      // Whoever answers here answers to the rules of this moment.
      const { rules_version: version, notices } = await call('policy.updates', {})
      const open = notices.filter((notice) => notice.requires_consent && !notice.answered).slice(0, mostNotices)
      const keys = open.map(({ key }) => key)
      await call('policy.answer', {
        rules_version: version,
        choice: wanted,
        ...(keys.length === 0 ? {} : { notices: keys }),
      })
      return {
        document: { rules_version: version, choice: wanted, notices: open },
        lines: [version, ...open.flatMap(({ title, body }) => [title, ...body.split('\n').map((line) => `  ${line}`)])],
      }
    },
  },
  {
    name: 'policy explain',
    usage: 'ID --field F [--job ID] [--role R]',
    needs: 'account',
    run: async (context) => {
      const id = context.word(0, 'ID') as RecordId
      const output = await context.call('candidate.explain', {
        id,
        ...jobOf(context, id),
        field: choice(fieldName, context.need('field'), 'field'),
        ...(context.flags.role === undefined ? {} : { role: choice(role, context.flags.role, 'role') }),
      })
      const { state, form, rule, clause, source, profile, version } = output
      return { document: output, lines: [`${state}  ${form}  ${rule}  ${clause}  ${source}  ${profile}  ${version}`] }
    },
  },
]
