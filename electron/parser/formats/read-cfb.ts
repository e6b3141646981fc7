import { burn } from '@kenjiuno/msgreader/lib/Burner.js'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

/** [MS-CFB] 2.1: numbers of sectors that are none. */
const endOfChain = 0xfffffffe
const noStream = 0xffffffff
/** [MS-CFB] 2.6.1: types of directory entries. */
const storageType = 1
const streamType = 2
const rootType = 5

export type CfbEntry = {
  readonly name: string
  /** Of a storage, what lies in it. */
  readonly children?: readonly CfbEntry[]
  /** Of a stream. */
  readonly data?: Buffer
}

const malformed = (detail: string): never => {
  throw new Refusal('malformed', detail)
}

/** Sectors of a file. Each may belong to one chain only: no loop, and no stream that is many streams. */
class Sectors {
  private readonly file: Buffer
  private readonly size: number
  private readonly used: Uint8Array
  private table: readonly number[] = []

  constructor(file: Buffer, shift: number) {
    this.file = file
    this.size = 1 << shift
    this.used = new Uint8Array(Math.ceil(file.length / this.size))
  }

  /** One sector; the last one of a file may be short. */
  read(number: number): Buffer {
    const at = (number + 1) * this.size
    if (at >= this.file.length || number < 0) malformed('cfb_sector')
    if (this.used[number] === 1) malformed('cfb_loop')
    this.used[number] = 1
    return this.file.subarray(at, at + this.size)
  }

  readTable(): void {
    const { file, size } = this
    const numbers: number[] = []
    for (let at = 76; at < 512; at += 4) numbers.push(file.readUInt32LE(at))
    let next = file.readUInt32LE(68)
    while (next < endOfChain) {
      const more = this.read(next)
      if (more.length < size) malformed('cfb_cut')
      for (let at = 0; at < size - 4; at += 4) numbers.push(more.readUInt32LE(at))
      next = more.readUInt32LE(size - 4)
    }
    const table: number[] = []
    for (const number of numbers.filter((one) => one < endOfChain)) {
      const sector = this.read(number)
      for (let at = 0; at + 4 <= sector.length; at += 4) table.push(sector.readUInt32LE(at))
    }
    this.table = table
  }

  chain(start: number): Buffer {
    const parts: Buffer[] = []
    for (let number = start; number !== endOfChain; number = this.table[number] ?? malformed('cfb_chain')) {
      if (number > endOfChain) malformed('cfb_chain')
      parts.push(this.read(number))
    }
    return Buffer.concat(parts)
  }
}

/** Small streams lie in a stream of their own, in sectors of 64 bytes. */
const miniReader = (container: Buffer, table: Buffer): ((start: number, size: number) => Buffer) => {
  const used = new Uint8Array(Math.ceil(container.length / 64))
  return (start, size) => {
    const parts: Buffer[] = []
    let number = start
    for (let left = size; left > 0; left -= 64) {
      if (number * 64 >= container.length) malformed('cfb_sector')
      if (used[number] === 1) malformed('cfb_loop')
      used[number] = 1
      parts.push(container.subarray(number * 64, number * 64 + Math.min(64, left)))
      number = number * 4 + 4 <= table.length ? table.readUInt32LE(number * 4) : malformed('cfb_chain')
    }
    return Buffer.concat(parts)
  }
}

type Slot = {
  readonly name: string
  readonly type: number
  readonly left: number
  readonly right: number
  readonly child: number
  readonly start: number
  readonly size: number
}

const slotsOf = (directory: Buffer): readonly Slot[] => {
  const slots: Slot[] = []
  if (directory.length / 128 > limits.cfbEntries) throw new Refusal('too_large', 'cfb_entries')
  for (let at = 0; at + 128 <= directory.length; at += 128) {
    const length = Math.min(64, directory.readUInt16LE(at + 64))
    slots.push({
      name: directory.toString('utf16le', at, at + Math.max(0, length - 2)),
      type: directory.readUInt8(at + 66),
      left: directory.readUInt32LE(at + 68),
      right: directory.readUInt32LE(at + 72),
      child: directory.readUInt32LE(at + 76),
      start: directory.readUInt32LE(at + 116),
      size: directory.readUInt32LE(at + 120),
    })
  }
  return slots
}

const bytesOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/**
 * Opens a compound file (legacy Word, Outlook). Sectors and directory entries are each taken once, so that neither a loop nor a
 * sector that belongs to many streams can make more of the file than it is.
 * @throws Refusal `malformed`, `too_deep`, `too_large`
 */
export function readCfb(bytes: Uint8Array): readonly CfbEntry[] {
  const file = bytesOf(bytes)
  if (file.length < 1536 || file.readUInt32BE(0) !== 0xd0cf11e0) malformed('cfb_header')
  const shift = file.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) malformed('cfb_header')
  const cutoff = file.readUInt32LE(56)
  const sectors = new Sectors(file, shift)
  sectors.readTable()
  const slots = slotsOf(sectors.chain(file.readUInt32LE(48)))
  const root = slots[0]
  if (root?.type !== rootType) return malformed('cfb_root')
  const miniStart = file.readUInt32LE(60)
  const mini = miniReader(
    root.size === 0 ? Buffer.alloc(0) : sectors.chain(root.start),
    miniStart < endOfChain ? sectors.chain(miniStart) : Buffer.alloc(0),
  )
  const dataOf = ({ start, size }: Slot): Buffer => {
    if (size === 0) return Buffer.alloc(0)
    if (size < cutoff) return mini(start, size)
    const data = sectors.chain(start)
    if (data.length < size) malformed('cfb_cut')
    return data.subarray(0, size)
  }
  const seen = new Set<number>([0])
  const childrenOf = (first: number, depth: number): readonly CfbEntry[] => {
    if (depth > limits.cfbDepth) throw new Refusal('too_deep', 'cfb')
    const found: CfbEntry[] = []
    const waiting = [first]
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      if (number === noStream) continue
      const slot = slots[number]
      if (slot === undefined || seen.has(number)) return malformed('cfb_tree')
      seen.add(number)
      waiting.push(slot.left, slot.right)
      if (slot.type === streamType) found.push({ name: slot.name, data: dataOf(slot) })
      else if (slot.type === storageType) found.push({ name: slot.name, children: childrenOf(slot.child, depth + 1) })
    }
    return found
  }
  return childrenOf(root.child, 1)
}

/** A compound file of these entries; what a library is given, so that it sees exactly what was checked. */
export function packCfb(entries: readonly CfbEntry[]): Uint8Array {
  const flat: Parameters<typeof burn>[0] = [{ name: 'Root Entry', type: rootType, children: [], length: 0 }]
  const add = (children: readonly CfbEntry[], parent: number): void => {
    for (const { name, data, children: inner } of children) {
      flat[parent]?.children?.push(flat.length)
      // A copy: the library takes the whole memory behind a view.
      if (data) flat.push({ name, type: streamType, binaryProvider: () => new Uint8Array(data), length: data.length })
      else {
        flat.push({ name, type: storageType, children: [], length: 0 })
        add(inner ?? [], flat.length - 1)
      }
    }
  }
  add(entries, 0)
  return burn(flat)
}

/** The stream of a name, not looking into storages. */
export const streamOf = (entries: readonly CfbEntry[], name: string): Buffer | undefined =>
  entries.find((entry) => entry.name === name)?.data
