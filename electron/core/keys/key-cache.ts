/** The most recently used values by key; `load` fills a gap. Creating a `KeyObject` costs more than using it. */
export type KeyCache<V> = {
  get(key: string, load: () => V): V
  drop(key: string): void
  clear(): void
}

export const keyCache = <V>(capacity: number): KeyCache<V> => {
  const entries = new Map<string, V>()
  return {
    get: (key, load) => {
      const found = entries.get(key)
      const value = found ?? load()
      // A Map keeps the order of insertion, so the first entry is the one unused for longest.
      entries.delete(key)
      entries.set(key, value)
      if (entries.size > capacity)
        for (const oldest of entries.keys()) {
          entries.delete(oldest)
          break
        }
      return value
    },
    drop: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  }
}
