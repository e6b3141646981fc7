import mammoth from 'mammoth'
import type { ParseWarning } from '../../shared/domain/intake.ts'
import { Refusal } from '../refusal.ts'
import { checkXml } from './check-xml.ts'
import type { Extracted } from './extracted.ts'
import { htmlToText } from './html-to-text.ts'
import { openZip, storeZip } from './read-zip.ts'

/** Parts that hold words or tell where they are. Pictures, themes, embedded files and macros never reach the library. */
const wanted =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:_rels\/)?(?:document|header|footer|footnotes|endnotes|styles|numbering)\d*\.xml(?:\.rels)?)$/
const headers = /^word\/header\d*\.xml$/
const remoteTarget =
  /<Relationship\b(?=[^>]*TargetMode\s*=\s*"External")(?=[^>]*Type\s*=\s*"[^"]*\/(?:image|attachedTemplate|oleObject|frame|subDocument|video|audio)")/i

const runsOf = (xml: string): string =>
  [...xml.matchAll(/<w:p[ >][^]*?<\/w:p>/g)]
    .map(([paragraph]) =>
      [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(?:tab|br)\b/g)].map((run) => run[1] ?? '\t').join(''),
    )
    .filter((line) => line.trim() !== '')
    .join('\n')
    .replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => named[name] ?? '')

export type HowToRead = {
  /** Takes out of a part what its reader does not see. */
  readonly seen?: (xml: string) => string
  /** Whether a mark stands in the text where a picture was. */
  readonly pictures?: boolean
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Text of a DOCX. The zip is checked and packed anew with the parts that were checked, so that the library cannot see an
 * entry that the check did not.
 * @throws Refusal `malformed`, `encrypted`, `too_large`, `too_deep`
 */
export async function readDocx(bytes: Uint8Array, { seen, pictures = false }: HowToRead = {}): Promise<Extracted> {
  const zip = openZip(bytes)
  const warnings: ParseWarning[] = []
  const parts = new Map<string, Uint8Array>()
  const top: string[] = []
  for (const name of zip.names) {
    if (/vbaProject\.bin$|\/embeddings\/|\/activeX\//i.test(name)) warnings.push('active_content')
    if (!wanted.test(name)) continue
    const whole = zip.read(name)
    const xml = seen === undefined || name.endsWith('.rels') ? checkXml(whole) : seen(checkXml(whole))
    const part = seen === undefined ? whole : new TextEncoder().encode(xml)
    if (name.endsWith('.rels') && remoteTarget.test(xml)) warnings.push('remote_content')
    if (headers.test(name)) top.push(runsOf(xml))
    parts.set(name, part)
  }
  if (![...parts.keys()].some((name) => /^word\/document\d*\.xml$/.test(name)))
    throw new Refusal('malformed', 'docx_document')
  const { value } = await mammoth.convertToHtml(
    { buffer: storeZip(parts) },
    {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      styleMap: ['comment-reference => '],
    },
  )
  const body = htmlToText(value, { pictures })
  return {
    text: [...new Set(top), body.text].filter((part) => part !== '').join('\n'),
    warnings: [...new Set(warnings)],
  }
}
