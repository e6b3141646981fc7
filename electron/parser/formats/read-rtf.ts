import type { ParseWarning } from '../../shared/domain/intake.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import type { Extracted } from './extracted.ts'
import { codePage, codePageOfCharset } from './code-pages.ts'
import { tableRows } from './table-rows.ts'

/** Destinations whose words are not the person's: definitions, notes to the program, pictures, embedded objects, bookmarks. */
const skipped: ReadonlySet<string> = new Set([
  'fonttbl', 'colortbl', 'stylesheet', 'listtable', 'listoverridetable', 'revtbl', 'rsidtbl', 'info', 'generator', 'xmlnstbl', 'pict',
  'objdata', 'objclass', 'objname', 'fldinst', 'bkmkstart', 'bkmkend', 'themedata', 'colorschememapping', 'latentstyles', 'datastore',
  'footer', 'footerl', 'footerr', 'footerf', 'filetbl', 'template', 'panose', 'falt', 'ftnsep', 'ftnsepc', 'pntext', 'pntxta', 'pntxtb',
  'nonshppict', 'sp', 'atnid', 'atnauthor', 'annotation', 'listtext', 'nonesttables', 'xe', 'tc', 'txe', 'mmathpr', 'userprops', 'htmltag', 'pgdsctbl',
]) // prettier-ignore

/** Destinations behind `\*` that hold words nevertheless. */
const known: ReadonlySet<string> = new Set(['shptxt', 'shpinst', 'shp', 'nesttableprops'])

/** Stories of their own: what follows them begins a new line. */
const stories: ReadonlySet<string> = new Set(['header', 'headerl', 'headerr', 'headerf', 'footnote', 'shptxt'])

const words: Readonly<Record<string, string>> = {
  par: '\n', line: '\n', sect: '\n', page: '\n', row: '\n', nestrow: '\n', cell: '\t', nestcell: '\t', tab: '\t', emdash: '—', endash: '–',
  lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”', bullet: '•', emspace: ' ', enspace: ' ',
} // prettier-ignore
const symbols: Readonly<Record<string, string>> = {
  '\\': '\\',
  '{': '{',
  '}': '}',
  '~': ' ',
  _: '-',
  '\n': '\n',
  '\r': '\n',
}

const active = /\\(?:objdata|objemb|objlink|objautlink|objocx|object)\b/
const remote = /\\(?:objlink|objautlink)\b|\\\*?\\?template\b|INCLUDE(?:PICTURE|TEXT)|\bDDE(?:AUTO)?\b/

type Group = {
  readonly skip: boolean
  /** Hidden text is not shown to readers of the file either. */
  readonly hidden: boolean
  readonly story: boolean
  /** Of the classes of letters, the double-byte one is spoken of. */
  readonly wide: boolean
  /** Bytes to leave out behind a `\u`. */
  readonly unicodeSkip: number
  readonly page: string | undefined
  /** Within the font table: what it says is kept, not shown. */
  readonly fonts: boolean
}

const token = /\\([a-z]{1,40})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}]+)/giy

/** Words and code page of one RTF, letter by letter, with the groups that are open. */
class RtfText {
  private readonly groups: Group[] = []
  private group: Group = {
    skip: false,
    hidden: false,
    story: false,
    wide: false,
    unicodeSkip: 1,
    page: undefined,
    fonts: false,
  }
  private defaultPage = 'windows-1252'
  private readonly pageOfFont = new Map<number, string>()
  private definedFont = 0
  private pending: number[] = []
  private leave = 0
  private fresh = false
  private readonly out: string[] = []
  length = 0

  open(): void {
    this.flush()
    if (this.groups.length >= limits.rtfDepth) throw new Refusal('too_deep', 'rtf')
    this.groups.push(this.group)
    this.leave = 0
    this.fresh = true
  }

  close(): void {
    this.flush()
    const { story } = this.group
    this.group = this.groups.pop() ?? this.group
    this.leave = 0
    if (story && !this.group.story) this.put('\n')
  }

  byte(value: number): void {
    this.fresh = false
    if (this.leave > 0) this.leave -= 1
    else if (!this.group.skip && !this.group.hidden) this.pending.push(value)
    if (this.pending.length >= 65_536) this.flush()
  }

  /** Bytes as they stand between controls; line ends are layout of the file. */
  bytes(raw: string): void {
    for (let at = 0; at < raw.length; at += 1) {
      const value = raw.charCodeAt(at)
      if (value !== 10 && value !== 13) this.byte(value)
    }
  }

  symbol(sign: string): void {
    if (sign === '*') {
      // An unknown destination behind it may be left out as a whole; a known one takes this back.
      if (this.fresh) this.group = { ...this.group, skip: true }
      return
    }
    this.fresh = false
    this.put(symbols[sign] ?? '')
  }

  word(name: string, given: string | undefined): void {
    this.fresh = false
    const number = given === undefined ? undefined : Number(given)
    if (name === 'u' && number !== undefined) {
      this.put(String.fromCharCode(number < 0 ? number + 0x10000 : number & 0xffff))
      this.leave = this.group.unicodeSkip
      return
    }
    if (this.leave > 0) {
      this.leave -= 1
      return
    }
    const shown = words[name]
    if (shown !== undefined) this.put(shown)
    else this.state(name, number)
  }

  private state(name: string, number: number | undefined): void {
    if (stories.has(name)) this.set({ story: true })
    if (known.has(name)) this.set({ skip: this.groups.at(-1)?.skip ?? false })
    else if (skipped.has(name)) this.set({ skip: true, fonts: name === 'fonttbl' || this.group.fonts })
    else if (name === 'v') this.set({ hidden: number !== 0 })
    else if (name === 'uc') this.set({ unicodeSkip: Math.max(0, Math.min(8, number ?? 1)) })
    else if (name === 'ansicpg') this.defaultPage = codePage(number ?? 0) ?? this.defaultPage
    else if (name === 'dbch' || name === 'loch' || name === 'hich') this.set({ wide: name === 'dbch' })
    else if (name === 'f' || (name === 'af' && this.group.wide)) this.font(number ?? 0)
    else if (name === 'fcharset' && this.group.fonts) this.fontPage(codePageOfCharset(number ?? 0))
    else if (name === 'cpg' && this.group.fonts) this.fontPage(codePage(number ?? 0))
    else if (name === 'plain') this.set({ hidden: false, page: undefined })
  }

  private set(change: Partial<Group>): void {
    this.flush()
    this.group = { ...this.group, ...change }
  }

  private font(number: number): void {
    if (this.group.fonts) this.definedFont = number
    else this.set({ page: this.pageOfFont.get(number) })
  }

  private fontPage(page: string | undefined): void {
    if (page !== undefined && this.pageOfFont.size < 10_000) this.pageOfFont.set(this.definedFont, page)
  }

  private put(text: string): void {
    this.flush()
    if (this.group.skip || this.group.hidden) return
    this.out.push(text)
    this.length += text.length
  }

  /** Bytes of a Chinese letter may come as two controls, so they wait until something else comes. */
  private flush(): void {
    if (this.pending.length === 0) return
    const bytes = Uint8Array.from(this.pending)
    this.pending = []
    const text = new TextDecoder(this.group.page ?? this.defaultPage).decode(bytes)
    this.out.push(text)
    this.length += text.length
  }

  end(): string {
    this.flush()
    return this.out.join('')
  }
}

/**
 * Text of an RTF: Chinese in bytes of its code page and in `\u`, rows of tables with tabs. Pictures and objects are passed
 * over as the letters that they are; nothing of them is decoded.
 * @throws Refusal `too_deep`, `malformed`
 */
export function readRtf(bytes: Uint8Array): Extracted {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const text = new RtfText()
  const find = new RegExp(token)
  for (let at = 0; at < raw.length && text.length < limits.textLength * 2; at = find.lastIndex) {
    find.lastIndex = at
    const match = find.exec(raw)
    if (match === null) break
    const [, word, number, hex, sign, brace, plain] = match
    if (plain !== undefined) text.bytes(plain)
    else if (hex !== undefined) text.byte(Number.parseInt(hex, 16))
    else if (brace === '{') text.open()
    else if (brace === '}') text.close()
    else if (sign !== undefined) text.symbol(sign)
    else if (word?.toLowerCase() === 'bin') find.lastIndex += Math.max(0, Number(number ?? 0))
    else if (word !== undefined) text.word(word.toLowerCase(), number)
  }
  const warnings: ParseWarning[] = []
  if (active.test(raw)) warnings.push('active_content')
  if (remote.test(raw)) warnings.push('remote_content')
  return { text: tableRows(text.end()), warnings }
}
