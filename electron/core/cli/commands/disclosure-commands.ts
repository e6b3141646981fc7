import { readFileSync, statSync } from 'node:fs'
import { packageKind, type PersonRef } from '../../../shared/domain/disclosure.ts'
import type { RecordId } from '../../../shared/domain/ids.ts'
import { platform } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { checkStatementFile, type StatementProblem } from '../../disclosure/check-statement.ts'
import type { Command, CommandContext, CommandResult } from '../command.ts'
import { exitCodes, UsageError } from '../exit-codes.ts'
import { formatTable } from '../format-lines.ts'

const problemTexts: Readonly<Record<StatementProblem, readonly [zh: string, en: string]>> = {
  malformed: ['不是访问说明', 'not an access statement'],
  not_in_log: ['有记录不在签名的日志中', 'an entry does not stand in the signed log'],
  other_row: ['文字与日志记录不符', 'what it says is not what the entry says'],
  bad_certificate: ['所附销毁证明无效', 'a certificate in it is not valid'],
  changed_pdf: ['原文完好，但这个 PDF 被改动过', 'the document is whole, yet this PDF was changed'],
}

const largest = 256 << 20

const read = (path: string): Buffer => {
  try {
    if (statSync(path).size > largest) throw new IpcError('E_FILE', 'the file is too large for a statement')
    return readFileSync(path)
  } catch (error) {
    if (error instanceof IpcError) throw error
    throw new IpcError('E_FILE', 'the file cannot be read')
  }
}

/** Files stand alone: no store, no vault, no network. */
const verifyFiles = ({ words, flags, language }: CommandContext): CommandResult => {
  if (words.length === 0) throw new UsageError(['--verify 需要 FILE', '--verify needs FILE'])
  const key = typeof flags.key === 'string' ? flags.key : undefined
  const checks = words.map((path) => {
    const check = checkStatementFile(read(path))
    const foreign = key !== undefined && check.problem === null && !check.keys.every((each) => each === key)
    return { path, check: foreign ? { ...check, problem: 'not_in_log' as const } : check }
  })
  const bad = checks.filter(({ check }) => check.problem !== null).length
  return {
    document: {
      valid: checks.length - bad,
      invalid: bad,
      /** Whose log it is can be told only by a registered key. */
      device: key === undefined ? 'not_provable' : 'given',
      files: checks.map(({ path, check }) => ({
        file: path,
        verdict: check.problem === null ? 'valid' : 'invalid',
        public_keys: check.keys,
        ...(check.problem === null ? {} : { problem: check.problem }),
        ...(check.where === undefined ? {} : { where: check.where }),
        ...(check.made === undefined ? {} : { rows: check.made.rows.length, completeness: check.made.completeness }),
      })),
    },
    lines: formatTable(
      checks.map(({ path, check }) => [
        path,
        check.problem === null ? 'valid' : 'invalid',
        check.made?.rows.length,
        check.problem === null
          ? check.made?.completeness
          : [problemTexts[check.problem][language === 'zh-CN' ? 0 : 1], check.where ?? ''].join(' ').trim(),
      ]),
    ),
    ...(bad > 0 ? { exitCode: exitCodes.unverified } : {}),
  }
}

const personOf = ({ words, flags, need }: CommandContext): PersonRef => {
  const [record] = words
  if (record !== undefined) return { record_id: record as RecordId }
  const from = platform.safeParse(flags.platform)
  if (!from.success)
    throw new UsageError(['需要 ID，或 --platform 和 --candidate', 'ID, or --platform and --candidate'])
  return { platform: from.data, candidate: need('candidate') }
}

/** Everything was asked for and something could not be written: that is no success. */
const requireWritten = (files: ReadonlyArray<{ readonly written: boolean }>): void => {
  if (files.some(({ written }) => !written))
    throw new IpcError('E_FILE', 'a file could not be written there; another place may do')
}

/** What a person may have of what is held of them. */
export const disclosureCommands: readonly Command[] = [
  {
    name: 'disclosure',
    usage:
      'ID --out DIR | --platform P --candidate ID --out DIR | --verify FILE… [--key KEY]   (with --verify it needs no home)',
    needs: (_words, { verify }) => (verify === true ? 'nothing' : 'account'),
    run: async (context) => {
      if (context.flags.verify === true) return verifyFiles(context)
      context.need('out')
      const made = await context.call('disclosure.make', { person: personOf(context), language: context.language })
      requireWritten(made.files)
      return { document: made, lines: formatTable(made.files.map(({ name, size }) => [name, size])) }
    },
  },
  {
    name: 'disclosure find',
    usage: 'ID | --platform P --candidate ID',
    needs: 'account',
    run: async (context) => {
      const found = await context.call('disclosure.find', { person: personOf(context) })
      return { document: found, lines: [`${found.state}  ${found.entries}  ${found.certificates}`] }
    },
  },
  {
    name: 'package',
    usage: 'ID --out DIR [--kind copy|transfer]   (everything that is held of one person, for that person)',
    needs: 'account',
    run: async ({ call, word, need, flags, language }) => {
      need('out')
      const kind = packageKind.safeParse(flags.kind ?? 'copy')
      if (!kind.success) throw new UsageError(['--kind 只能是 copy 或 transfer', '--kind is copy or transfer'])
      const made = await call('package.make', { record_id: word(0, 'ID') as RecordId, kind: kind.data, language })
      requireWritten(made.files)
      return { document: made, lines: formatTable(made.files.map(({ name, size }) => [name, size])) }
    },
  },
]
