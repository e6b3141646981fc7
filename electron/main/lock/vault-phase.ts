/** What main knows about the vault: the last phase that core announced. Core itself checks every call again. */
export type VaultPhase = {
  /** @param json the payload of `state.changed` */
  hear(json: string): void
  /** Core is gone, and with it the keys. */
  forget(): void
  isUnlocked(): boolean
}

const unlockedPhases: ReadonlySet<unknown> = new Set(['open', 'signed_in'])

export const createVaultPhase = (): VaultPhase => {
  let phase: unknown
  return {
    hear(json) {
      phase = (JSON.parse(json) as { phase?: unknown }).phase
    },
    forget() {
      phase = undefined
    },
    isUnlocked: () => unlockedPhases.has(phase),
  }
}
