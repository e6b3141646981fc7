/** Questions on their way, by number. Every one of them is answered, by the other side or by `answerAll`. */
export type PendingCalls = {
  /** @returns the number to send along, and the answer to wait for */
  open(): { readonly id: number; readonly answer: Promise<string> }
  answer(id: number, json: string): void
  answerAll(json: string): void
}

export const createPendingCalls = (): PendingCalls => {
  const waiting = new Map<number, (json: string) => void>()
  let last = 0
  return {
    open() {
      const id = ++last
      return { id, answer: new Promise((resolve) => waiting.set(id, resolve)) }
    },
    answer(id, json) {
      waiting.get(id)?.(json)
      waiting.delete(id)
    },
    answerAll(json) {
      for (const resolve of waiting.values()) resolve(json)
      waiting.clear()
    },
  }
}
