import { usualIdle, type DesktopSettings } from '../../shared/domain/desktop.ts'
import type { Answer } from '../../shared/ipc/ipc-error.ts'
import type { SystemState } from '../../shared/ipc/routes/system.ts'

/** What main needs of core's state: language, phase, and how the desktop is to behave. */
export type DesktopState = {
  readonly language: 'zh-CN' | 'en-US'
  readonly phase: SystemState['phase'] | undefined
  readonly settings: Pick<DesktopSettings, 'close_to_tray' | 'lock_after_minutes'> & {
    readonly notices: Partial<DesktopSettings['notices']>
  }
}

export type DesktopWatch = {
  get(): DesktopState
  /** Asks core again; the last answer stays where there is none. */
  refresh(): Promise<void>
  /** Core is gone: nobody is there until it says otherwise. */
  forget(): void
}

export const createDesktopWatch = (
  callCore: (route: string, input: unknown) => Promise<string>,
  language: 'zh-CN' | 'en-US',
  onChange: () => void,
): DesktopWatch => {
  let state: DesktopState = {
    language,
    phase: undefined,
    settings: { close_to_tray: false, lock_after_minutes: usualIdle, notices: {} },
  }
  const set = (next: DesktopState): void => {
    state = next
    onChange()
  }
  return {
    get: () => state,
    refresh: async () => {
      const answer = JSON.parse(await callCore('system.state', {})) as Answer<SystemState>
      // An older core, or one that refuses its home, says nothing of this.
      if (answer.ok && answer.data.desktop !== undefined) {
        set({ language: answer.data.language, phase: answer.data.phase, settings: answer.data.desktop })
      }
    },
    forget: () => set({ ...state, phase: undefined }),
  }
}
