/** A tag or a run of text, as they stand one after the other. */
export type XmlPiece =
  | { readonly open: string; readonly attributes: string; readonly empty: boolean }
  | { readonly close: string }
  | { readonly text: string }

const pieces =
  /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\?[^]*?\?>|<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>|([^<]+)/g

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** References of XML itself; others cannot be there, because a document type is refused (`check-xml.ts`). */
export const unescapeXml = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (_all, hex?: string, digits?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? ''
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
    },
  )

/** Walks over XML that `checkXml` has passed, without building a tree. Prefixes of names are dropped. */
export function* xmlPieces(xml: string): Generator<XmlPiece> {
  for (const [, data, slash, name, attributes, end, text] of xml.matchAll(pieces)) {
    if (data !== undefined) yield { text: data }
    else if (text !== undefined) yield { text: unescapeXml(text) }
    else if (name !== undefined && slash === '/') yield { close: name }
    else if (name !== undefined) yield { open: name, attributes: attributes ?? '', empty: end === '/' }
  }
}

export const attributeOf = (attributes: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  const value = found?.[1] ?? found?.[2]
  return value === undefined ? undefined : unescapeXml(value)
}
