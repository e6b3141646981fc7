import { escapeHtml } from './html.ts'

/** HTML that is safe to send: made by `html` only, which escapes whatever is put into it. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** `undefined` and `false` leave nothing; a list is put together without anything between. */
export type MarkupPart = string | number | Markup | readonly Markup[] | undefined | false

const render = (part: MarkupPart): string => {
  if (part === undefined || part === false) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map((one) => one.text).join('')
  return escapeHtml(String(part))
}

/** A template whose text parts are markup and whose values are data: what others wrote can never become markup. */
export const html = (strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup =>
  new Markup(strings.reduce((all, text, index) => all + text + render(parts[index]), ''))
