import { onMounted, onUnmounted } from 'vue'

/**
 * Nothing is dragged out of the window: a text or a row that is dropped on another program would be a copy that no log knows
 * (D20). What is moved inside the window (cards of the board) says so with `data-drags` and carries no words.
 */
export const useNoDragOut = (): void => {
  const start = (event: DragEvent): void => {
    const from = event.target
    const element = from instanceof Element ? from : from instanceof Node ? from.parentElement : null
    // A selection inside a card is dragged as text, whatever the card allows.
    const isText = from instanceof Text || (document.getSelection()?.isCollapsed === false && from !== element)
    if (isText || !element?.closest('[data-drags]')) event.preventDefault()
  }
  onMounted(() => document.addEventListener('dragstart', start, true))
  onUnmounted(() => document.removeEventListener('dragstart', start, true))
}
