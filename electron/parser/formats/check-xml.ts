import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

/**
 * Looks over XML before a library builds a tree of it: no document type (entities), bounded depth and element count. One
 * pass over the tags, no tree.
 * @throws Refusal `malformed`, `too_deep`, `too_large`
 */
export function checkXml(xml: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(xml)
  } catch {
    throw new Refusal('malformed', 'xml_encoding')
  }
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i.test(text)) throw new Refusal('malformed', 'xml_doctype')
  let depth = 0
  let elements = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const next = text.charCodeAt(at + 1)
    if (next === 0x2f) depth -= 1
    else if (next !== 0x21 && next !== 0x3f) {
      const end = text.indexOf('>', at)
      if (end === -1) throw new Refusal('malformed', 'xml_cut')
      elements += 1
      if (text.charCodeAt(end - 1) !== 0x2f) depth += 1
      if (depth > limits.xmlDepth) throw new Refusal('too_deep', 'xml')
      if (elements > limits.xmlElements) throw new Refusal('too_large', 'xml_elements')
    }
  }
  return text
}
