import type { GlobalThemeOverrides } from 'naive-ui'

/** Every colour of the window, once. Text carries the meaning; colour only marks state. */
const light = {
  ink: '#1c2430',
  'ink-2': '#5b6675',
  'ink-3': '#6f7a89',
  line: '#e6e9ee',
  bg: '#f6f7f9',
  card: '#ffffff',
  brand: '#0f6b5c',
  'brand-soft': '#e5f2ef',
  'on-brand': '#ffffff',
  warn: '#a35a06',
  'warn-soft': '#fdf3e3',
  bad: '#b3261e',
  'bad-soft': '#fbe9e7',
  seal: '#5b3fa0',
  'seal-soft': '#efeafa',
  control: '#aeb7c3',
} as const

type Token = keyof typeof light
type Palette = Readonly<Record<Token, string>>

const dark: Palette = {
  ink: '#e7ebf0',
  'ink-2': '#a3adba',
  'ink-3': '#8a95a3',
  line: '#2b323c',
  bg: '#15191f',
  card: '#1c2128',
  brand: '#4fb8a3',
  'brand-soft': '#1b3530',
  'on-brand': '#0c1f1b',
  warn: '#e0a052',
  'warn-soft': '#36291a',
  bad: '#f08a80',
  'bad-soft': '#3a2220',
  seal: '#b4a0e8',
  'seal-soft': '#2c2640',
  control: '#56606d',
}

export const palettes: Readonly<Record<'light' | 'dark', Palette>> = { light, dark }

const sans =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'
const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono", monospace'

/** Puts a palette on the document as CSS variables (`--ink`, `--brand-soft` …); through CSSOM, so the CSP allows it. */
export const applyPalette = (mode: 'light' | 'dark', root: HTMLElement = document.documentElement): void => {
  for (const [name, value] of Object.entries(palettes[mode])) root.style.setProperty(`--${name}`, value)
  root.style.setProperty('--sans', sans)
  root.style.setProperty('--mono', mono)
  root.style.colorScheme = mode
  root.dataset.theme = mode
}

/** The same tokens for Naive UI. */
export const naiveOverrides = (mode: 'light' | 'dark'): GlobalThemeOverrides => {
  const p = palettes[mode]
  const plainButton = { textColor: p.ink, textColorHover: p.brand, textColorFocus: p.brand, textColorPressed: p.brand }
  return {
    common: {
      fontFamily: sans,
      fontFamilyMono: mono,
      fontSize: '13px',
      fontSizeMedium: '13px',
      fontSizeSmall: '12px',
      lineHeight: '1.54',
      borderRadius: '6px',
      primaryColor: p.brand,
      primaryColorHover: p.brand,
      primaryColorPressed: p.brand,
      primaryColorSuppl: p.brand,
      errorColor: p.bad,
      errorColorHover: p.bad,
      errorColorPressed: p.bad,
      warningColor: p.warn,
      textColorBase: p.ink,
      textColor1: p.ink,
      textColor2: p.ink,
      textColor3: p['ink-2'],
      placeholderColor: p['ink-3'],
      borderColor: p.control,
      dividerColor: p.line,
      bodyColor: p.bg,
      cardColor: p.card,
      modalColor: p.card,
      popoverColor: p.card,
      inputColor: p.card,
    },
    Button: {
      ...plainButton,
      heightMedium: '32px',
      border: `1px solid ${p.line}`,
      borderHover: `1px solid ${p.brand}`,
      textColorPrimary: p['on-brand'],
      textColorHoverPrimary: p['on-brand'],
      textColorPressedPrimary: p['on-brand'],
      textColorFocusPrimary: p['on-brand'],
      textColorError: mode === 'light' ? '#ffffff' : p.bg,
      textColorHoverError: mode === 'light' ? '#ffffff' : p.bg,
      textColorPressedError: mode === 'light' ? '#ffffff' : p.bg,
      textColorFocusError: mode === 'light' ? '#ffffff' : p.bg,
    },
    Input: { border: `1px solid ${p.control}`, heightMedium: '32px' },
    Dialog: { borderRadius: '10px' },
    Card: { borderRadius: '10px' },
    Popover: { borderRadius: '10px', padding: '12px 16px' },
  }
}
