import { onMounted, onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { leakText } from './leak-text.ts'

/** What the button needs below a selection, so that it stands inside the window however far the selection reaches. */
const ROOM = 48

export type LeakSelection = {
  /** Empty when nothing is selected that could be reported. */
  readonly text: Ref<string>
  /** Where the button belongs, in the window. */
  readonly place: ShallowRef<{ readonly left: number; readonly top: number } | undefined>
}

/** What of the text inside one of `areas` (selectors, within `root`) is selected, and where a button beside it goes. */
export const useLeakSelection = (root: () => HTMLElement | null, areas: string): LeakSelection => {
  const text = ref('')
  const place = shallowRef<{ readonly left: number; readonly top: number }>()
  const nothing = (): void => {
    text.value = ''
    place.value = undefined
  }
  const within = (node: Node | null): boolean => {
    const element = node instanceof Element ? node : (node?.parentElement ?? null)
    return element !== null && root()?.contains(element) === true && element.closest(areas) !== null
  }
  const look = (): void => {
    const selection = document.getSelection()
    if (!selection || selection.isCollapsed || !within(selection.anchorNode) || !within(selection.focusNode)) {
      nothing()
      return
    }
    text.value = leakText(selection.toString())
    const box = selection.rangeCount > 0 ? selection.getRangeAt(0).getBoundingClientRect() : undefined
    place.value =
      text.value !== '' && box
        ? { left: box.left, top: Math.max(0, Math.min(box.bottom, window.innerHeight - ROOM)) }
        : undefined
  }
  onMounted(() => {
    document.addEventListener('selectionchange', look)
    // The button stands still while the page moves; what moves takes it away.
    window.addEventListener('scroll', nothing, { capture: true, passive: true })
  })
  onScopeDispose(() => {
    document.removeEventListener('selectionchange', look)
    window.removeEventListener('scroll', nothing, { capture: true })
  })
  return { text, place }
}
