/** Tells open event streams that something of an employer changed, never what. */
export type ChangeEvents = {
  emit(employerId: string): void
  /** @returns how to stop listening */
  listen(employerId: string, listener: () => void): () => void
}

export const changeEvents = (): ChangeEvents => {
  const listeners = new Map<string, Set<() => void>>()
  return {
    emit: (employerId) => listeners.get(employerId)?.forEach((listener) => listener()),
    listen: (employerId, listener) => {
      const group = listeners.get(employerId) ?? new Set()
      listeners.set(employerId, group.add(listener))
      return () => group.delete(listener)
    },
  }
}
