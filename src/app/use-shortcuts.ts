import { onScopeDispose } from 'vue'

/** `mod+k` is Ctrl or, on macOS, Cmd. Single keys act only outside of fields and dialogs. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

/** A dialog or an opened card keeps the keys to itself. */
const inDialog = (target: EventTarget | null): boolean =>
  document.querySelector('dialog[open], [popovertarget][aria-expanded="true"]') !== null ||
  (target instanceof HTMLElement && target.closest('[role="dialog"]') !== null)

/** The name under which a key press is looked up, e.g. `mod+k`, `j`, `ArrowDown`, `?`. */
export const shortcutName = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

/**
 * Keys of a page, for as long as it is there and `heard` says so. Keys of an input method being composed belong to it.
 */
export const useShortcuts = (shortcuts: Shortcuts, heard: () => boolean = () => true): void => {
  const listener = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || event.defaultPrevented) return
    const name = shortcutName(event)
    const action = Object.hasOwn(shortcuts, name) ? shortcuts[name] : undefined
    if (!action || !heard()) return
    if (!name.startsWith('mod+') && (typing(event.target) || inDialog(event.target))) return
    // Enter and Space on a focused button or link press that.
    if (
      (name === 'Enter' || name === ' ') &&
      event.target instanceof HTMLElement &&
      event.target.closest('button, a, summary')
    )
      return
    // Undo and "select all" inside a field are the field's own.
    if ((name === 'mod+z' || name === 'mod+a') && typing(event.target)) return
    event.preventDefault()
    action(event)
  }
  window.addEventListener('keydown', listener)
  onScopeDispose(() => window.removeEventListener('keydown', listener))
}
