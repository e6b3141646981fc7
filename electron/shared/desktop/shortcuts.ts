/**
 * Every key of the window, once: the cheat sheet, the native menu and the palette are made from this table, and a test holds the
 * pages against it. `mod` is Ctrl or, on macOS, Cmd; names are those of `KeyboardEvent.key`, letters small.
 */
export type Shortcut = {
  readonly id: string
  readonly keys: readonly string[]
  readonly group: 'program' | 'list' | 'person' | 'board' | 'interviews'
}

export const shortcuts = [
  { id: 'palette', keys: ['mod+k'], group: 'program' },
  { id: 'search', keys: ['/', 'mod+f'], group: 'program' },
  {
    id: 'section',
    keys: ['mod+1', 'mod+2', 'mod+3', 'mod+4', 'mod+5', 'mod+6', 'mod+7', 'mod+8', 'mod+9'],
    group: 'program',
  },
  { id: 'settings', keys: ['mod+,'], group: 'program' },
  { id: 'undo', keys: ['mod+z'], group: 'program' },
  { id: 'lock', keys: ['mod+l'], group: 'program' },
  { id: 'sheet', keys: ['?', 'mod+/'], group: 'program' },
  { id: 'next', keys: ['j', 'ArrowDown'], group: 'list' },
  { id: 'previous', keys: ['k', 'ArrowUp'], group: 'list' },
  { id: 'leap', keys: ['PageDown', 'PageUp', 'Home', 'End'], group: 'list' },
  { id: 'open', keys: ['Enter'], group: 'list' },
  { id: 'back', keys: ['Escape'], group: 'list' },
  { id: 'filter', keys: ['f'], group: 'list' },
  { id: 'mark', keys: [' '], group: 'list' },
  { id: 'markAll', keys: ['mod+a'], group: 'list' },
  { id: 'review', keys: ['v'], group: 'list' },
  { id: 'compare', keys: ['c'], group: 'list' },
  { id: 'advance', keys: ['a'], group: 'person' },
  { id: 'reject', keys: ['x'], group: 'person' },
  { id: 'note', keys: ['n'], group: 'person' },
  { id: 'schedule', keys: ['i'], group: 'person' },
  { id: 'reveal', keys: ['r'], group: 'person' },
  { id: 'leak', keys: ['l'], group: 'person' },
  { id: 'tabs', keys: ['1', '2', '3', '4', '5'], group: 'person' },
  { id: 'cards', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], group: 'board' },
  { id: 'stepBack', keys: ['[', 'mod+ArrowLeft'], group: 'board' },
  { id: 'stepOn', keys: [']', 'mod+ArrowRight'], group: 'board' },
  { id: 'week', keys: ['ArrowLeft', 'ArrowRight'], group: 'interviews' },
  { id: 'today', keys: ['t'], group: 'interviews' },
] as const satisfies readonly Shortcut[]

export type ShortcutId = (typeof shortcuts)[number]['id']

const named: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  ' ': 'Space',
}

/** A key as people read it: `Ctrl K`, `⌘ K`, `J`, `↓`. */
export const keyLabel = (key: string, mac: boolean): string => {
  const [, plain = key] = /^mod\+(.+)$/.exec(key) ?? []
  const label = named[plain] ?? (plain.length === 1 ? plain.toUpperCase() : plain)
  return plain === key ? label : `${mac ? '⌘' : 'Ctrl'} ${label}`
}

/** The keys of an action as one line; runs of figures are shortened. */
export const keysLabel = (keys: readonly string[], mac: boolean): string => {
  const labels = keys.map((key) => keyLabel(key, mac))
  const [first = '', ...rest] = labels
  const figures = keys.length > 2 && keys.every((key) => /^(mod\+)?\d$/.test(key))
  return figures ? `${first} – ${rest.at(-1)?.replace(/^.* /u, '') ?? ''}` : labels.join(' · ')
}

export const shortcutOf = (id: ShortcutId): readonly string[] => shortcuts.find((one) => one.id === id)?.keys ?? []

/** The key as Electron writes accelerators. */
export const acceleratorOf = (id: ShortcutId): string | undefined =>
  shortcutOf(id)[0]
    ?.replace('mod+', 'CmdOrCtrl+')
    .replace(/(^|\+)([a-z])$/u, (_, plus: string, key: string) => plus + key.toUpperCase())
