import { Refusal } from '../refusal.ts'

/** [MS-DOC] 2.8.25: a field is its begin mark, its code, perhaps a separator and its result, and its end mark. */
const marks = /[\u0013-\u0015]/g
const [begin, separator] = ['\u0013', '\u0014']

/** Steps that taking the fields out may cost; some tenths of a second. Word's own files stay under a thousandth of it. */
const most = 400_000_000

/** Fields open at once; a table of contents has three. */
const mostOpen = 1_000

type Open = { readonly at: number; code: number | undefined; height: number }

/**
 * The library takes fields out by a pattern that tries each cut of a field's code when no end follows, and once again for
 * each field within another. An open mark before a long text, or fields nested by the thousand, would keep it busy for hours.
 * This counts, in one pass, what it would cost at most: the end of any field may lie in another part of the document than its
 * beginning, where the library does not see it.
 * @throws Refusal `malformed`
 */
export function checkFields(text: string): void {
  const open: Open[] = []
  let steps = text.length
  let passes = 1
  const leave = (field: Open, end: number): void => {
    steps += (field.code ?? end - field.at) ** 2 / 2
  }
  for (const { 0: mark, index } of text.matchAll(marks)) {
    const last = open.at(-1)
    if (mark === begin) open.push({ at: index, code: undefined, height: 1 })
    else if (last && mark === separator) last.code ??= index - last.at
    else if (last) {
      open.pop()
      leave(last, index)
      passes = Math.max(passes, last.height + 1)
      const outer = open.at(-1)
      if (outer) outer.height = Math.max(outer.height, last.height + 1)
    }
    if (steps * passes > most || open.length > mostOpen) throw new Refusal('malformed', 'doc_field')
  }
  for (const field of open) leave(field, text.length)
  if (steps * passes > most) throw new Refusal('malformed', 'doc_field')
}
