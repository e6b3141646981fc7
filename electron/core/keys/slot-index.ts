/**
 * Finds a slot's number by its id. Ids are random, so their first four bytes are the hash: an open-addressed table of
 * numbers, about 40 bytes a slot with the ids, where a `Map` of strings takes 150.
 */
export type SlotIndex = {
  /** Slot number, or -1. */
  find(id: string): number
  add(id: string, slot: number): void
  idOf(slot: number): string
}

export const slotIndex = (expected: number): SlotIndex => {
  let capacity = 1024
  while (capacity < expected * 2) capacity *= 2
  let table = new Int32Array(capacity).fill(-1)
  let ids = Buffer.alloc(0)
  let count = 0

  const place = (slot: number): void => {
    const mask = table.length - 1
    let position = ids.readUInt32BE(slot * 16) & mask
    while (table[position] !== -1) position = (position + 1) & mask
    table[position] = slot
  }

  const grow = (): void => {
    const slots = table.filter((slot) => slot !== -1)
    table = new Int32Array(table.length * 2).fill(-1)
    for (const slot of slots) place(slot)
  }

  return {
    find: (id) => {
      if (!/^[0-9a-f]{32}$/.test(id)) return -1
      const wanted = Buffer.from(id, 'hex')
      const mask = table.length - 1
      for (let position = wanted.readUInt32BE(0) & mask; ; position = (position + 1) & mask) {
        const slot = table[position]!
        if (slot === -1) return -1
        if (wanted.compare(ids, slot * 16, slot * 16 + 16) === 0) return slot
      }
    },
    add: (id, slot) => {
      if (ids.length < (slot + 1) * 16) {
        ids = Buffer.concat([ids], Math.max((slot + 1) * 16, ids.length * 2, expected * 16))
      }
      ids.write(id, slot * 16, 'hex')
      count += 1
      if (count * 2 > table.length) grow()
      place(slot)
    },
    idOf: (slot) => ids.toString('hex', slot * 16, slot * 16 + 16),
  }
}
