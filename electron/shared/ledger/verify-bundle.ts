import canonicalize from 'canonicalize'
import {
  bundleHeader,
  bundleTail,
  type BundleHeader,
  type BundleReport,
  type BundleTail,
  type BundleVerdict,
} from './bundle.ts'
import { equalBytes, fromBase64, toBase64 } from './bytes.ts'
import { verifyCheckpoint, type Checkpoint } from './checkpoint.ts'
import { verifyCosignature } from './cosignature.ts'
import { createHeadHistory, type HeadHistory } from './head-history.ts'
import type { LedgerCrypto } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'
import { textLeafHash } from './merkle.ts'
import { formatSignatureLine, parseSignatureLine, parseSignedNote, type NoteSignature } from './signed-note.ts'
import { edgeFromPeaks } from './tree-edge.ts'
import { keyTypes, parseVerifierKey, type VerifierKey } from './verifier-key.ts'

export type BundleOptions = {
  /** Checkpoints (signed notes) that whoever checks has kept from earlier: each is an anchor. */
  readonly olderCheckpoints?: readonly string[]
  /** Keys of witnesses (type `cosignature`) that whoever checks trusts: their cosignatures are anchors. */
  readonly witnesses?: readonly VerifierKey[]
}

/** An entry's line already taken apart, by somebody who has the log itself: its index, its text and the hash made of it. */
export type ReadEntry = { readonly i: number; readonly entry: string; readonly leaf: Uint8Array }
export type BundleLine = string | ReadEntry

/** Ends the check at the first thing found wrong. */
class Found extends Error {
  readonly verdict: BundleVerdict
  readonly where: string

  constructor(verdict: BundleVerdict, where: string) {
    super(verdict)
    this.verdict = verdict
    this.where = where
  }
}

/** Turns any malformed note, key or hash inside `work` into one verdict. */
const orFound = <T>(verdict: BundleVerdict, where: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof LedgerFormatError || error instanceof SyntaxError) throw new Found(verdict, where)
    throw error
  }
}

const parseLine = (line: string, where: string): unknown =>
  orFound('malformed', where, () => JSON.parse(line) as unknown)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether every object in a parsed value has its names in the order of RFC 8785 (UTF-16 code units). */
const isSorted = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isSorted)
  if (!isObject(value)) return true
  let before = ''
  // Parsed JSON has no inherited names, and this loop makes no list of them: it runs for every entry of a bundle.
  for (const name in value) {
    if (name < before) return false
    const member = value[name]
    if (typeof member === 'object' && !isSorted(member)) return false
    before = name
  }
  return true
}

/**
 * Whether a text is the RFC 8785 form of the value parsed from it. Where names are in order, JSON.stringify writes that form too, at
 * a quarter of the cost; everything unusual (escaped surrogates, names like numbers) is left to the general implementation.
 */
const isCanonical = (text: string, value: unknown): boolean => {
  if (!text.isWellFormed()) return false
  if (!text.includes('\\ud') && isSorted(value) && JSON.stringify(value) === text) return true
  try {
    return canonicalize(value) === text
  } catch {
    // A lone surrogate.
    return false
  }
}

/** The entry's nonce, once its form is known to be good. Two texts of one object would be two leaves: only one counts. */
const requireEntry = (text: string, where: string): string => {
  const value = orFound('bad_entry', where, () => JSON.parse(text) as unknown)
  if (!isObject(value) || value['v'] !== 1 || typeof value['nonce'] !== 'string' || !isCanonical(text, value)) {
    throw new Found('bad_entry', where)
  }
  return value['nonce']
}

type Progress = { header: BundleHeader | undefined; history: HeadHistory | undefined; entries: number }
type Anchored = { readonly provenTo: number; readonly witnessedAt?: number }

/** Reads header and entries; gives the last line. */
const readLines = (crypto: LedgerCrypto, lines: Iterable<BundleLine>, progress: Progress): BundleTail => {
  let number = 0
  let tail: BundleTail | undefined
  const nonces = new Set<string>()
  for (const line of lines) {
    number += 1
    const where = `line ${number}`
    if (tail !== undefined) {
      if (line === '') continue
      throw new Found('malformed', where)
    }
    const value: unknown = typeof line === 'string' ? parseLine(line, where) : line
    const { header, history } = progress
    if (header === undefined || history === undefined) {
      const parsed = bundleHeader.safeParse(value)
      if (!parsed.success || parsed.data.first > parsed.data.size) throw new Found('malformed', where)
      progress.header = parsed.data
      const peaks = orFound('malformed', where, () => (parsed.data.range ?? []).map(fromBase64))
      const edge = orFound('malformed', where, () => edgeFromPeaks(parsed.data.first, peaks))
      progress.history = createHeadHistory(crypto.sha256, edge)
      continue
    }
    if (!isObject(value)) throw new Found('malformed', where)
    if ('checkpoint' in value) {
      const parsed = bundleTail.safeParse(value)
      if (!parsed.success) throw new Found('malformed', where)
      tail = parsed.data
      continue
    }
    if (typeof value['entry'] !== 'string') throw new Found('malformed', where)
    if (value['i'] !== history.size) throw new Found('wrong_index', `entry ${history.size}`)
    const nonce = requireEntry(value['entry'], `entry ${history.size}`)
    if (nonces.has(nonce)) throw new Found('duplicate_nonce', `entry ${history.size}`)
    nonces.add(nonce)
    history.append(typeof line === 'string' ? textLeafHash(crypto.sha256, value['entry']) : line.leaf)
    progress.entries += 1
  }
  if (tail === undefined) throw new Found(number === 0 ? 'malformed' : 'cut', `line ${number}`)
  return tail
}

/** Whether a head that the log once signed is a head of these entries. False: it lies before the first entry held here. */
const holdsHead = (history: HeadHistory, head: Checkpoint): boolean => {
  const where = `checkpoint ${head.size}`
  if (head.size > history.size) throw new Found('cut', where)
  const root = history.rootAt(head.size)
  if (root !== undefined && !equalBytes(root, head.root)) throw new Found('rewritten', where)
  return root !== undefined
}

/** Seconds of the newest genuine cosignature of a known witness, or undefined when none of them is known. */
const witnessTime = (
  crypto: LedgerCrypto,
  text: string,
  signatures: readonly NoteSignature[],
  witnesses: readonly VerifierKey[],
): number | undefined => {
  const times: number[] = []
  for (const signature of signatures) {
    const witness = witnesses.find((key) => key.name === signature.name && key.keyId === signature.keyId)
    if (witness === undefined || witness.type !== keyTypes.cosignature) continue
    const line = formatSignatureLine(signature)
    times.push(orFound('bad_cosignature', witness.name, () => verifyCosignature(crypto, text, line, witness)))
  }
  return times.length === 0 ? undefined : Math.max(...times)
}

const checkAnchors = (
  crypto: LedgerCrypto,
  key: VerifierKey,
  history: HeadHistory,
  tail: BundleTail,
  options: BundleOptions,
): Anchored => {
  let provenTo = 0
  let witnessed: number | undefined
  for (const note of options.olderCheckpoints ?? []) {
    const head = orFound('foreign_anchor', 'older checkpoint', () => verifyCheckpoint(crypto, note, key))
    if (holdsHead(history, head)) provenTo = Math.max(provenTo, head.size)
  }
  tail.cosignatures.forEach((cosignature, index) => {
    const where = `cosignature ${index}`
    const isLine = cosignature.startsWith('—')
    const note = isLine ? tail.checkpoint : cosignature
    const head = orFound('bad_cosignature', where, () => verifyCheckpoint(crypto, note, key))
    const held = holdsHead(history, head)
    const { text, signatures } = orFound('bad_cosignature', where, () => parseSignedNote(note))
    const lines = isLine ? [orFound('bad_cosignature', where, () => parseSignatureLine(cosignature))] : signatures
    const time = witnessTime(crypto, text, lines, options.witnesses ?? [])
    if (time === undefined) return
    witnessed = Math.max(witnessed ?? 0, time)
    if (held) provenTo = Math.max(provenTo, head.size)
  })
  return witnessed === undefined ? { provenTo } : { provenTo, witnessedAt: witnessed * 1000 }
}

const check = (
  crypto: LedgerCrypto,
  lines: Iterable<BundleLine>,
  options: BundleOptions,
  progress: Progress,
): Anchored => {
  const tail = readLines(crypto, lines, progress)
  const { header, history } = progress
  if (header === undefined || history === undefined) throw new Found('malformed', 'line 1')
  const key = orFound('bad_key', 'line 1', () => parseVerifierKey(crypto.sha256, header.public_key))
  if (key.name !== header.origin || key.type !== keyTypes.ed25519) throw new Found('bad_key', 'line 1')
  const head = orFound('bad_signature', 'checkpoint', () => verifyCheckpoint(crypto, tail.checkpoint, key))
  if (history.size !== header.size) throw new Found('cut', `entry ${history.size}`)
  if (head.size !== header.size) throw new Found(head.size > header.size ? 'cut' : 'root_mismatch', 'checkpoint')
  // An anchor says more than the last head does, so it speaks first.
  const anchored = checkAnchors(crypto, key, history, tail, options)
  const root = history.rootAt(history.size)
  if (root === undefined || !equalBytes(root, head.root)) throw new Found('root_mismatch', `checkpoint ${head.size}`)
  return anchored
}

/**
 * Checks a bundle (`candor-ledger/1`) line by line; never throws for what the lines hold. Without an anchor a holder of the
 * log key could have rewritten the log and signed it anew, so completeness is then `not_provable`, whatever the verdict.
 */
export const verifyBundle = (
  crypto: LedgerCrypto,
  lines: Iterable<BundleLine>,
  options: BundleOptions = {},
): BundleReport => {
  const progress: Progress = { header: undefined, history: undefined, entries: 0 }
  const report = (anchored: Anchored): Omit<BundleReport, 'verdict'> => {
    const root = progress.history?.rootAt(progress.history.size)
    return {
      origin: progress.header?.origin ?? '',
      size: progress.history?.size ?? 0,
      entries: progress.entries,
      root: root === undefined ? '' : toBase64(root),
      completeness: anchored.provenTo > 0 ? 'proven' : 'not_provable',
      ...anchored,
    }
  }
  try {
    return { verdict: 'valid', ...report(check(crypto, lines, options, progress)) }
  } catch (error) {
    if (!(error instanceof Found)) throw error
    return { verdict: error.verdict, where: error.where, ...report({ provenTo: 0 }) }
  }
}
