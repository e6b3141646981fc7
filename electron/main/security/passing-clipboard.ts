/** The part of Electron's clipboard that is used; its calls became asynchronous in Electron 44. */
export type SystemClipboard = {
  readText(): string | Promise<string>
  writeText(text: string): void | Promise<void>
  clear(): void
}

/** Copied contacts stay for this long (D20). */
export const clipboardSeconds = 30

/** A clipboard that forgets what we put there, and leaves alone what somebody else put there since. */
export type PassingClipboard = {
  copy(text: string): Promise<void>
  /** At once: the vault is locked, or the program ends. */
  clear(): Promise<void>
}

export const createPassingClipboard = (clipboard: SystemClipboard): PassingClipboard => {
  let ours: string | undefined
  let timer: NodeJS.Timeout | undefined

  const clear = async (): Promise<void> => {
    clearTimeout(timer)
    const text = ours
    ours = undefined
    if (text !== undefined && (await clipboard.readText()) === text) clipboard.clear()
  }

  return {
    async copy(text) {
      clearTimeout(timer)
      ours = text
      await clipboard.writeText(text)
      timer = setTimeout(() => void clear().catch(() => undefined), clipboardSeconds * 1000)
      timer.unref()
    },
    clear: () => clear().catch(() => undefined),
  }
}
