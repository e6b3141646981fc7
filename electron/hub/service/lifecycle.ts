/** Whether the hub is on its way out, and the streams that have to end before it can go. */
export type Lifecycle = {
  readonly stopping: boolean
  /** New requests are refused. */
  readonly closing: boolean
  /** How many streams are open. */
  readonly streams: number
  /**
   * @param owner the account whose it is
   * @returns how to forget the stream once it has ended by itself; `undefined` when the owner has too many
   */
  addStream(owner: string, end: () => void): (() => void) | undefined
  /** From now on the hub says that it is not ready. */
  beginStop(): void
  /** Refuses what comes from now on, and ends what would never end by itself. */
  beginClose(): void
}

/** One a device; somebody may have a few. */
const streamsOfOne = 20

export const lifecycle = (): Lifecycle => {
  const ends = new Map<() => void, string>()
  let stopping = false
  let closing = false
  return {
    get stopping() {
      return stopping
    },
    get closing() {
      return closing
    },
    get streams() {
      return ends.size
    },
    addStream: (owner, end) => {
      if ([...ends.values()].filter((one) => one === owner).length >= streamsOfOne) return undefined
      ends.set(end, owner)
      return () => ends.delete(end)
    },
    beginStop: () => {
      stopping = true
    },
    beginClose: () => {
      stopping = true
      closing = true
      for (const end of [...ends.keys()]) end()
      ends.clear()
    },
  }
}
