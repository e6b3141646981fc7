import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { CertificateProblem } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { CertificateCheck } from '../../retention/check-certificate.ts'
import { checkExported } from '../../retention/pdf/pdf-proof.ts'
import type { Command, CommandContext, CommandResult } from '../command.ts'
import { exitCodes, UsageError } from '../exit-codes.ts'
import { formatTable, formatTime } from '../format-lines.ts'
import type { Language } from '../messages.ts'

const problemTexts: Readonly<Record<CertificateProblem, readonly [zh: string, en: string]>> = {
  malformed: ['不是销毁证明', 'not a certificate of destruction'],
  not_canonical: ['文字与签名时的形式不同', 'the text is not in the form that was signed'],
  bad_key: ['证明里的公钥有误', 'the key in the certificate is not one'],
  other_device: ['由另一台设备签名', 'signed by another device'],
  bad_signature: ['签名与内容不符', 'the signature does not fit the text'],
  other_ground: ['法律依据与原因不符', 'the legal ground is not that of the reason'],
  other_entry: ['日志记录说的是别的事', 'the entry of the log is about something else'],
  not_in_log: ['日志记录不在签名的日志中', 'the entry does not stand in the signed log'],
  changed_pdf: ['原文完好，但这个 PDF 被改动过', 'the document is whole, yet this PDF was changed'],
}

const say = (texts: readonly [string, string], language: Language): string => texts[language === 'zh-CN' ? 0 : 1]

/** No certificate comes near this; a longer file is none and must not fill the memory. */
const largest = 64 << 20

const read = (path: string): Buffer => {
  try {
    if (statSync(path).size > largest) throw new IpcError('E_FILE', 'the file is too large for a certificate')
    return readFileSync(path)
  } catch (error) {
    if (error instanceof IpcError) throw error
    throw new IpcError('E_FILE', 'the file cannot be read')
  }
}

/** The registered key of the device, in words or in a file. */
const keyOf = (flag: unknown): string | undefined => {
  if (typeof flag !== 'string') return undefined
  return existsSync(flag) ? read(flag).toString('utf8').trim() : flag
}

const keyUnknown = [
  '由证明里所写的公钥签名；这把公钥是否属于登记的设备，没有 --key 无法断定',
  'signed by the key that the certificate names; whether a registered device has it cannot be said without --key',
] as const

const lineOf = (path: string, check: CertificateCheck, key: string | undefined, language: Language): string[] => {
  if (check.problem !== null) return [path, 'invalid', check.body?.id ?? '', say(problemTexts[check.problem], language)]
  return [path, 'valid', check.body.id, key === undefined ? say(keyUnknown, language) : '']
}

/** Files stand alone: no store, no vault, no network. */
const verifyFiles = ({ words, flags, language }: CommandContext): CommandResult => {
  const key = keyOf(flags.key)
  const checks = words.map((path) => ({ path, check: checkExported(read(path), { key }) }))
  const bad = checks.filter(({ check }) => check.problem !== null).length
  return {
    document: {
      valid: checks.length - bad,
      invalid: bad,
      /** Who signed is proven only against a key that the caller brought. */
      device: key === undefined ? 'not_provable' : 'given',
      files: checks.map(({ path, check }) => ({
        file: path,
        verdict: check.problem === null ? 'valid' : 'invalid',
        ...(check.problem === null ? { public_key: check.publicKey } : { problem: check.problem }),
        ...(check.body === undefined ? {} : { id: check.body.id, format: check.body.format }),
      })),
    },
    lines: formatTable(checks.map(({ path, check }) => lineOf(path, check, key, language))),
    ...(bad > 0 ? { exitCode: exitCodes.unverified } : {}),
  }
}

const list = async ({ call, flags }: CommandContext): Promise<CommandResult> => {
  const { items, total } = await call('certificate.list', { limit: 500 })
  const verdicts =
    flags.verify === true ? await Promise.all(items.map(({ id }) => call('certificate.get', { id }))) : []
  const bad = verdicts.filter((row) => row.verdict !== 'valid').length
  return {
    document: { items, total, ...(flags.verify === true ? { valid: verdicts.length - bad, invalid: bad } : {}) },
    lines: formatTable(
      items.map((row, i) => [
        row.id,
        formatTime(row.at),
        row.reason,
        row.kind === 'single' ? row.clause : row.rows,
        verdicts[i]?.verdict,
      ]),
    ),
    ...(bad > 0 ? { exitCode: exitCodes.unverified } : {}),
  }
}

export const certificateCommands: readonly Command[] = [
  {
    name: 'certificates',
    usage: '[--verify [FILE…] [--key KEY|FILE]]   (with FILE it needs no home)',
    needs: (words) => (words.length > 0 ? 'nothing' : 'account'),
    run: async (context) => {
      const { words, flags } = context
      if (words.length === 0) return list(context)
      if (flags.verify !== true) throw new UsageError(['文件要用 --verify', 'files are for --verify'])
      return Promise.resolve(verifyFiles(context))
    },
  },
  {
    name: 'certificates export',
    usage: 'ID --json FILE | --pdf FILE   (never over a file that is there)',
    needs: 'account',
    run: async ({ call, word, flags, language }) => {
      const as = typeof flags.pdf === 'string' ? 'pdf' : 'json'
      // `--json` is a switch everywhere, so the name behind it arrives as a word.
      const path = typeof flags.pdf === 'string' ? flags.pdf : flags.json === true ? word(1, 'FILE') : undefined
      if (path === undefined) throw new UsageError(['需要 --json 或 --pdf', '--json or --pdf is needed'])
      const file = await call('certificate.export', { id: word(0, 'ID'), as, language })
      try {
        writeFileSync(path, Buffer.from(file.base64, 'base64'), { flag: 'wx', mode: 0o600 })
      } catch (error) {
        const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
        throw new IpcError('E_FILE', taken ? 'a file of this name is there already' : 'the file cannot be written')
      }
      return { document: { file: path, as }, lines: [path] }
    },
  },
]
