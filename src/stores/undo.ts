import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ErrorCode } from '@shared/ipc/ipc-error.ts'
import { i18n } from '../i18n/index.ts'
import { toApiError } from '../ipc/api.ts'
import { useToasts } from './toasts.ts'

export type Undoable = {
  /** What was done, as its message says it: "已将 12 人移到面试". */
  readonly label: string
  /** Takes it back. The words it gives are shown instead of "undone"; it throws where it could not. */
  readonly undo: () => Promise<unknown>
}

type Entry = Undoable & { readonly toast: number }

/** What passes by itself, so that the same undo can be tried again; anything else is core's last word. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'E_DISK',
  'E_HUB_UNREACHABLE',
  'E_IN_USE',
  'E_INTERNAL',
  'E_LEDGER',
  'E_RATE',
])

/** More than anybody remembers having done. */
const DEPTH = 50

/**
 * What was done in this window and can be taken back, the newest first: Ctrl/Cmd+Z, and the button of the message. Core
 * decides whether it still can be; gone with the window, a lock or another account.
 */
export const useUndo = defineStore('undo', () => {
  const toasts = useToasts()
  const stack = shallowRef<readonly Entry[]>([])
  /** What was taken back in this window. */
  const taken = shallowRef<ReadonlySet<Undoable>>(new Set())
  const newest = computed<Undoable | undefined>(() => stack.value.at(-1))
  const last = computed(() => stack.value.at(-1)?.label)
  /** One after the other: two quick presses take back two things in their order. */
  let line = Promise.resolve()
  /** Which account's actions these are: what comes back after another has opened the window is nobody's. */
  let turn = 0

  const take = (entry: Entry): void => {
    if (!stack.value.includes(entry)) return
    stack.value = stack.value.filter((one) => one !== entry)
    toasts.dismiss(entry.toast)
    const { t, te } = i18n.global
    const mine = turn
    line = line.then(async () => {
      try {
        const words = await entry.undo()
        taken.value = new Set([...taken.value, entry])
        toasts.show(typeof words === 'string' ? words : t('app.undone'))
      } catch (thrown) {
        const { code } = toApiError(thrown)
        if (passing.has(code) && mine === turn)
          stack.value = [...stack.value, entry].sort((a, b) => a.toast - b.toast).slice(-DEPTH)
        toasts.show(te(`errors.${code}`) ? t(`errors.${code}`) : t('errors.E_INTERNAL'))
      }
    })
  }
  /** Says that it was done, with the way back beside it. */
  const push = ({ label, undo }: Undoable): void => {
    const entry: Entry = { label, undo, toast: toasts.show(label, () => take(entry)) }
    stack.value = [...stack.value, entry].slice(-DEPTH)
  }
  /** Takes the newest back; false when there is nothing. A message's own undo counts where it is newer. */
  const undoLast = (): boolean => {
    const entry = stack.value.at(-1)
    const toast = toasts.items.findLast((item) => item.undo)
    if (entry && (!toast || toast.id <= entry.toast)) {
      take(entry)
      return true
    }
    return toasts.undoLast()
  }
  const clear = (): void => {
    turn += 1
    stack.value = []
  }
  return { push, undoLast, last, newest, taken, clear }
})
