import { onMounted, onUnmounted } from 'vue'
import { call } from '../ipc/api.ts'
import { useSession } from '../stores/session.ts'

/** What is selected, in a field as well as in the page. */
const selectedText = (): string => {
  const field = document.activeElement
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
  }
  return document.getSelection()?.toString() ?? ''
}

/**
 * Copies go through main, which empties the clipboard again after 30 seconds, on lock and on quit (D20). Whoever may look and
 * not keep copies nothing out of the page (ZP-22); what they typed themselves stays theirs to move.
 */
export const useCopying = (): void => {
  const session = useSession()
  const copy = (event: ClipboardEvent): void => {
    const text = selectedText()
    if (text === '') return
    const typed = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
    event.preventDefault()
    if (session.state?.account?.role === 'headhunter' && !typed) return
    void call('clipboard.copy', { text })
  }
  onMounted(() => {
    document.addEventListener('copy', copy)
  })
  onUnmounted(() => {
    document.removeEventListener('copy', copy)
  })
}
