import sanitizeHtml from 'sanitize-html'
import type { ParseWarning } from '../../shared/domain/intake.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import type { Extracted } from './extracted.ts'

const blocks = [
  'address', 'article', 'aside', 'blockquote', 'caption', 'center', 'dd', 'div', 'dl', 'dt', 'figcaption', 'footer', 'h1', 'h2',
  'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tbody', 'thead', 'ul',
] // prettier-ignore
const breaks = new RegExp(`</?(?:${blocks.join('|')}|tr)\\s*/?>|<br\\s*/?>`, 'g')

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

const active =
  /<(?:script|iframe|object|embed|applet|form|meta[^>]{0,200}http-equiv\s*=\s*["']?refresh)\b|\son[a-z]{3,20}\s*=|javascript:/i
const remote =
  /\b(?:src|srcset|background|poster|data|action)\s*=\s*["']?\s*(?:https?:)?\/\/|url\(\s*["']?\s*(?:https?:)?\/\/|<link\b|@import\b/i

const hides = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])/i

/**
 * Plain text of HTML. Nothing is loaded or run: the markup goes through an allow-list without a single attribute, and what is
 * left becomes line ends and tabs. Hidden elements do not count as the person's words.
 * @param pictures - whether a mark (U+FFFC) stands where a picture was
 * @throws Refusal `too_large`, `too_deep`
 */
export function htmlToText(html: string, { pictures = false }: { readonly pictures?: boolean } = {}): Extracted {
  if (html.length > limits.htmlBytes) throw new Refusal('too_large', 'html')
  const warnings: ParseWarning[] = []
  if (active.test(html)) warnings.push('active_content')
  if (remote.test(html)) warnings.push('remote_content')
  let clean: string
  try {
    clean = sanitizeHtml(html, {
      allowedTags: [...blocks, 'br', 'tr', 'td', 'th'],
      allowedAttributes: {},
      ...(pictures ? { transformTags: { img: () => ({ tagName: 'p', attribs: {}, text: '\uFFFC' }) } } : {}),
      nonTextTags: [
        'script',
        'style',
        'textarea',
        'option',
        'noscript',
        'title',
        'template',
        'iframe',
        'object',
        'svg',
      ],
      nestingLimit: limits.htmlDepth,
      exclusiveFilter: (frame) => hides.test(frame.attribs['style'] ?? '') || frame.attribs['hidden'] !== undefined,
      parser: { decodeEntities: true },
    })
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('too_deep', 'html')
    throw error
  }
  const text = clean
    .replace(/[\r\n\t ]+/g, ' ')
    // Cells hold blocks of their own; inside a row they must not break it.
    .replace(/<(td|th)>([^]*?)<\/\1>/g, (_cell, _tag, inner: string) => `${cellText(inner)}\t`)
    .replace(breaks, '\n')
    .replace(/<\/?[a-z][^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity)
    .replaceAll('\u00a0', ' ')
  return { text, warnings }
}

/** A short cell is one line of a table; a long one is a block of the layout. */
const cellText = (inner: string): string => {
  const flat = inner
    .replace(breaks, '\n')
    .replace(/<\/?[a-z][^>]*>/g, '')
    .replace(/[ \n]*\n[ \n]*/g, '\n')
    .trim()
  return flat.includes('\n') && flat.length > 40 ? `\n${flat}\n` : flat.replaceAll('\n', ' ')
}
