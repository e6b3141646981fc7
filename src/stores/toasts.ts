import { defineStore } from 'pinia'
import { ref } from 'vue'

export type Toast = {
  readonly id: number
  readonly text: string
  readonly undo?: () => void
}

/** Long enough to read it and to reach for undo. */
const SHOWN_MS = 8_000

/** Short confirmations at the foot of the window. What can be taken back is pushed to the undo store, which shows it here. */
export const useToasts = defineStore('toasts', () => {
  const items = ref<Toast[]>([])
  let next = 1
  const dismiss = (id: number): void => {
    items.value = items.value.filter((item) => item.id !== id)
  }
  const show = (text: string, undo?: () => void): number => {
    const id = next++
    items.value = [...items.value.slice(-2), { id, text, ...(undo ? { undo } : {}) }]
    setTimeout(() => dismiss(id), SHOWN_MS)
    return id
  }
  /** Undoes the newest that can be; false when there is none. */
  const undoLast = (): boolean => {
    const last = items.value.findLast((item) => item.undo)
    if (!last?.undo) return false
    last.undo()
    dismiss(last.id)
    return true
  }
  return { items, show, dismiss, undoLast, clear: () => (items.value = []) }
})
