import { onScopeDispose, watch, type Ref } from 'vue'

/** Keys that mean something while the focus is inside of an element, as long as it is there; nobody further out hears them. */
export const useOwnKeys = (
  element: Readonly<Ref<HTMLElement | null>>,
  keys: Readonly<Record<string, () => void>>,
): void => {
  const hear = (event: KeyboardEvent): void => {
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  watch(
    element,
    (now, before) => {
      before?.removeEventListener('keydown', hear)
      now?.addEventListener('keydown', hear)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => element.value?.removeEventListener('keydown', hear))
}
