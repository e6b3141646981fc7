import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { readAt, syncFolder, writeAt, writeDurably } from '../store/durable-file.ts'
import { listStoreFiles, type HomePaths } from '../store/home-paths.ts'
import { keysMissing } from './kek-format.ts'
import { isEqualAndSound, resolveSlot, type ResolveRules } from './resolve-slot.ts'
import { checkHeader, encodeHeader, freeSlot, headerLength, runLength, slotLength, type Mirror } from './slot-format.ts'

/** The two files as numbered slots. Nothing here knows a key. */
export type SlotMirrors = {
  /** How many slots both files hold. */
  count(): number
  read(mirror: Mirror, slot: number): Buffer
  /** Writes slots into one mirror and flushes it. */
  write(mirror: Mirror, slots: ReadonlyArray<readonly [number: number, bytes: Buffer]>): void
  /** Appends a run of free slots to both; when the disk is full both keep their length. */
  appendRun(): void
  close(): void
}

export type MendReport = {
  /** Slots that were put right from the other mirror. */
  readonly mended: number
  /** Slots whose check failed in both; they count as destroyed. */
  readonly lost: number
}

const chunkSlots = 8192
const position = (slot: number): number => headerLength + slot * slotLength
const freeRun = Buffer.concat(Array.from({ length: runLength }, () => freeSlot))

const createMirror = (path: string, homeId: string, mirror: Mirror): void => {
  writeDurably(path, Buffer.concat([encodeHeader(homeId, mirror), freeRun]))
}

/** Both files, made new where the home has no store yet; a single missing one starts empty and is mended below. */
const openBoth = (paths: HomePaths, homeId: string): Record<Mirror, number> => {
  const [hasA, hasB] = [existsSync(paths.keysA), existsSync(paths.keysB)]
  if (!hasA && !hasB) {
    if (listStoreFiles(paths).length > 0) throw keysMissing('keys.a')
    createMirror(paths.keysA, homeId, 'a')
    createMirror(paths.keysB, homeId, 'b')
  }
  const a = openSync(paths.keysA, existsSync(paths.keysA) ? 'r+' : 'wx+', 0o600)
  try {
    const b = openSync(paths.keysB, existsSync(paths.keysB) ? 'r+' : 'wx+', 0o600)
    return { a, b }
  } catch (error) {
    closeSync(a)
    throw error
  }
}

const checkHeaders = (fds: Record<Mirror, number>, homeId: string): Mirror[] => {
  const good = (mirror: Mirror): boolean => {
    const header = Buffer.alloc(headerLength)
    return readAt(fds[mirror], header, 0) === headerLength && checkHeader(header, homeId, mirror)
  }
  const bad = (['a', 'b'] as const).filter((mirror) => !good(mirror))
  if (bad.length === 2) throw new IpcError('E_DAMAGED', 'both key files are damaged', { file: 'keys.a' })
  return bad
}

/** Joins slots that lie one after the other, so that a batch costs few writes. */
const neighbours = (slots: ReadonlyArray<readonly [number, Buffer]>): Array<readonly [number, Buffer]> => {
  const runs: Array<{ first: number; pieces: Buffer[] }> = []
  for (const [slot, bytes] of slots) {
    const run = runs.at(-1)
    if (run !== undefined && run.first + run.pieces.length === slot) run.pieces.push(bytes)
    else runs.push({ first: slot, pieces: [bytes] })
  }
  return runs.map(({ first, pieces }) => [first, pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)])
}

const slotsIn = (fd: number): number => Math.max(0, Math.floor((fstatSync(fd).size - headerLength) / slotLength))

/**
 * Opens the mirrors and makes them equal. `onSlot` hears of every slot once, in order.
 *
 * @throws IpcError E_KEYS_MISSING (both gone beside a store), E_DAMAGED, E_FOREIGN, E_NEWER
 */
export const openMirrors = (
  paths: HomePaths,
  homeId: string,
  rules: ResolveRules,
  onSlot: (slot: number, chunk: Buffer, offset: number) => void,
): { readonly mirrors: SlotMirrors; readonly report: MendReport } => {
  const fds = openBoth(paths, homeId)
  try {
    const badHeaders = checkHeaders(fds, homeId)
    let count = Math.max(slotsIn(fds.a), slotsIn(fds.b))
    const report = { mended: 0, lost: 0 }
    const fixes: Record<Mirror, Array<readonly [number, Buffer]>> = { a: [], b: [] }
    const chunks = { a: Buffer.alloc(chunkSlots * slotLength), b: Buffer.alloc(chunkSlots * slotLength) }
    for (let first = 0; first < count; first += chunkSlots) {
      const have = { a: readAt(fds.a, chunks.a, position(first)), b: readAt(fds.b, chunks.b, position(first)) }
      const last = Math.min(count, first + chunkSlots)
      for (let slot = first; slot < last; slot += 1) {
        const offset = (slot - first) * slotLength
        const there = (mirror: Mirror): boolean => offset + slotLength <= have[mirror]
        if (there('a') && there('b') && isEqualAndSound(chunks.a, chunks.b, offset)) {
          onSlot(slot, chunks.a, offset)
          continue
        }
        const piece = (mirror: Mirror): Buffer | undefined =>
          there(mirror) ? Buffer.from(chunks[mirror].subarray(offset, offset + slotLength)) : undefined
        const [a, b] = [piece('a'), piece('b')]
        const { bytes, found } = resolveSlot(a, b, rules)
        if (found !== 'sound') report[found] += 1
        if (a === undefined || a.compare(bytes) !== 0) fixes.a.push([slot, bytes])
        if (b === undefined || b.compare(bytes) !== 0) fixes.b.push([slot, bytes])
        onSlot(slot, bytes, 0)
      }
    }
    for (const mirror of ['a', 'b'] as const) {
      const wrongLength = fstatSync(fds[mirror]).size !== position(count)
      if (fixes[mirror].length === 0 && !badHeaders.includes(mirror) && !wrongLength) continue
      if (badHeaders.includes(mirror)) writeAt(fds[mirror], encodeHeader(homeId, mirror), 0)
      for (const [slot, bytes] of fixes[mirror]) writeAt(fds[mirror], bytes, position(slot))
      if (wrongLength) ftruncateSync(fds[mirror], position(count))
      fsyncSync(fds[mirror])
      if (badHeaders.includes(mirror)) syncFolder(dirname(paths.keysA))
    }

    const write: SlotMirrors['write'] = (mirror, slots) => {
      for (const [first, bytes] of neighbours(slots)) writeAt(fds[mirror], bytes, position(first))
      fsyncSync(fds[mirror])
    }
    const mirrors: SlotMirrors = {
      count: () => count,
      read: (mirror, slot) => {
        const bytes = Buffer.alloc(slotLength)
        readAt(fds[mirror], bytes, position(slot))
        return bytes
      },
      write,
      appendRun: () => {
        try {
          for (const mirror of ['a', 'b'] as const) {
            writeAt(fds[mirror], freeRun, position(count))
            fsyncSync(fds[mirror])
          }
        } catch (error) {
          for (const mirror of ['a', 'b'] as const) ftruncateSync(fds[mirror], position(count))
          throw error
        }
        count += runLength
      },
      close: () => {
        closeSync(fds.a)
        closeSync(fds.b)
      },
    }
    return { mirrors, report }
  } catch (error) {
    closeSync(fds.a)
    closeSync(fds.b)
    throw error
  }
}
