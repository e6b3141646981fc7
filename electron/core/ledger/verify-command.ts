import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { BundleReport } from '../../shared/ledger/bundle.ts'
import { checkpointOf, formatCheckpointLine } from '../../shared/ledger/checkpoint-line.ts'
import { LedgerFormatError } from '../../shared/ledger/ledger-format-error.ts'
import type { VerifierKey } from '../../shared/ledger/verifier-key.ts'
import { verifyBundle } from '../../shared/ledger/verify-bundle.ts'
import { nodeLedgerCrypto } from './node-ledger-crypto.ts'

export type VerifyOptions = {
  /** File of a checkpoint kept from earlier: the signed note, or its line (`candor ledger anchor`). */
  readonly olderCheckpoint?: string
  /** Without anything outside that confirms the log, fail. */
  readonly requireAnchor?: boolean
  readonly witnesses?: readonly VerifierKey[]
}

/** 0: valid; 5: not valid, or nothing outside confirms it where that was required. */
export type VerifyResult = BundleReport & { readonly exitCode: 0 | 5 }

/** No entry comes near this; a longer line is no bundle and must not fill the memory. */
const longestLine = 1 << 20

/** Lines of a file without reading it whole; bytes that are not UTF-8 become U+FFFD and so never the signed text. */
function* readLines(path: string): Generator<string> {
  const fd = openSync(path, 'r')
  const decoder = new StringDecoder('utf8')
  const block = Buffer.alloc(1 << 16)
  let rest = ''
  try {
    for (;;) {
      const length = readSync(fd, block, 0, block.length, null)
      if (length === 0) break
      const lines = (rest + decoder.write(block.subarray(0, length))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
      if (rest.length > longestLine) break
    }
    rest += decoder.end()
    if (rest !== '') yield rest
  } finally {
    closeSync(fd)
  }
}

const requireFile = (path: string): void => {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new IpcError('E_FILE', 'no such file')
}

/**
 * Checks a bundle from a file. Needs no key, no store and no network.
 * @throws IpcError E_FILE when a file is not there or cannot be read
 */
export const verifyLedgerFile = (path: string, options: VerifyOptions = {}): VerifyResult => {
  const { olderCheckpoint, requireAnchor = false, witnesses = [] } = options
  requireFile(path)
  if (olderCheckpoint !== undefined) requireFile(olderCheckpoint)
  try {
    const olderCheckpoints = olderCheckpoint === undefined ? [] : [checkpointOf(readFileSync(olderCheckpoint, 'utf8'))]
    const report = verifyBundle(nodeLedgerCrypto, readLines(path), { olderCheckpoints, witnesses })
    const fails = report.verdict !== 'valid' || (requireAnchor && report.completeness !== 'proven')
    return { ...report, exitCode: fails ? 5 : 0 }
  } catch (error) {
    if (error instanceof LedgerFormatError) throw new IpcError('E_FILE', 'the older checkpoint is not whole')
    if (error instanceof Error && 'syscall' in error) throw new IpcError('E_FILE', 'the file cannot be read')
    throw error
  }
}

export type Anchor = VerifyResult & {
  /** One line to mail, print or read into another system; absent where the bundle is not valid. */
  readonly line?: string
}

/**
 * The head of a bundle as one line, once the bundle has been checked: whoever keeps it elsewhere can later have the log checked against it
 * (`candor ledger verify --checkpoint`).
 * @throws IpcError E_FILE
 */
export const anchorOfFile = (path: string): Anchor => {
  const report = verifyLedgerFile(path)
  if (report.verdict !== 'valid') return report
  let tail = '{}'
  for (const line of readLines(path)) if (line !== '') tail = line
  const { checkpoint } = JSON.parse(tail) as { readonly checkpoint: string }
  return { ...report, line: formatCheckpointLine(checkpoint) }
}
