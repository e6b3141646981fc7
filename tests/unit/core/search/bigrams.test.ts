import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise, toDocument, toMatch } from '../../../../electron/core/search/bigrams.ts'
import { indexInitial } from '../../../../electron/core/store/migrations/index-0001-initial.ts'
import { openDatabase } from '../../../../electron/core/store/open-store.ts'

const open = () => openDatabase({ path: ':memory:', profile: 'index', migrations: [indexInitial] })
const index = open()

/** The same unbroken stretches as the program's, found by another way: letters, digits and `+ # .`. */
const runs = (text: string): string[] => {
  const found: string[] = []
  let run = ''
  for (const character of normalise(text)) {
    if (/[\p{L}\p{N}+#.]/u.test(character)) run += character
    else if (run !== '') {
      found.push(run)
      run = ''
    }
  }
  return run === '' ? found : [...found, run]
}

const fill = (texts: readonly string[]): void => {
  index.db.run('DELETE FROM document')
  for (const [i, text] of texts.entries()) {
    index.db.run('INSERT INTO document (rowid, tokens) VALUES (?, ?)', i + 1, toDocument(text))
  }
}

const search = (query: string): number[] => {
  const match = toMatch(query)
  if (match === null) return []
  return index.reader
    .all<{ rowid: number }>('SELECT rowid FROM document WHERE document MATCH ? ORDER BY rowid', match)
    .map((row) => row.rowid - 1)
}

/** What a scan finds: every run of the query is a substring of some run of the text. */
const scan = (texts: readonly string[], query: string): number[] => {
  const wanted = runs(query)
  if (wanted.length === 0) return []
  return texts.flatMap((text, i) => {
    const own = runs(text)
    return wanted.every((word) => own.some((run) => run.includes(word))) ? [i] : []
  })
}

const chinese = fc.string({ unit: fc.constantFrom(...'工程师软件开发经理张三李四的一'), maxLength: 14 })
const english = fc.string({ unit: fc.constantFrom(...'abcABC xyz 019+#.-_/"*^():'), maxLength: 20 })
const surrogates = fc.string({
  unit: fc.constantFrom('𠮷', '𡃁', '𝒜', '😀', '中', 'a', '㐂', ' ', '𰻝'),
  maxLength: 10,
})
const anything = fc.string({ unit: 'grapheme', maxLength: 16 })
const text = fc.oneof(
  chinese,
  english,
  surrogates,
  anything,
  fc.tuple(chinese, english, chinese).map((parts) => parts.join('')),
)
const texts = fc.array(text, { minLength: 1, maxLength: 8 })

describe('search by pairs of characters', () => {
  it('finds every substring of a run and nothing else, at every length', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), fc.nat(), (all, which, from, length) => {
        fill(all)
        const own = runs(all[which % all.length] ?? '')
        const run = [...(own[from % Math.max(1, own.length)] ?? '')]
        const start = from % Math.max(1, run.length)
        const part = run.slice(start, start + 1 + (length % 6)).join('')
        expect(search(part)).toEqual(scan(all, part))
        if (part !== '') expect(search(part)).toContain(which % all.length)
      }),
      { numRuns: 1500 },
    )
  })

  it('agrees with a scan for whatever somebody types', () => {
    fc.assert(
      fc.property(texts, text, (all, query) => {
        fill(all)
        expect(search(query)).toEqual(scan(all, query))
      }),
      { numRuns: 1500 },
    )
  })

  it('folds width, case and compatibility forms away, and joins nothing across a break', () => {
    fill(['Ｊａｖａ 工程师', 'C++ / C# / .NET', '①号 ﬁnance', '软 件', 'ΟΔΟΣ'])
    expect(search('java')).toEqual([0])
    expect(search('ＪＡＶＡ')).toEqual([0])
    expect(search('c++')).toEqual([1])
    expect(search('C#')).toEqual([1])
    expect(search('.net')).toEqual([1])
    expect(search('fin')).toEqual([2])
    expect(search('软件')).toEqual([])
    expect(search('工程 java')).toEqual([0])
    expect(search('Σ')).toEqual([4])
    expect(search('σ')).toEqual([4])
  })

  it('tells every letter and digit of Unicode from every other', () => {
    const letters = new Set<string>()
    for (let code = 0x21; code < 0x32_400; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const [run = ''] = runs(String.fromCodePoint(code))
      if ([...run].length === 1) letters.add(run)
    }
    const all = [...letters]
    index.db.transaction(() => fill(all))
    const wrong = all.flatMap((letter, i) => {
      const found = search(letter)
      return found.length === 1 && found[0] === i ? [] : [`${letter} U+${letter.codePointAt(0)?.toString(16)}`]
    })
    expect(wrong).toEqual([])
  })

  it('takes operators of the index for words', () => {
    fill(['a or b', 'near miss', 'title: x', 'not this'])
    for (const query of [
      '"',
      '*',
      '^a',
      'a*',
      'NEAR(a b)',
      'tokens:a',
      '{tokens}: a',
      'a AND NOT b',
      '-a',
      'a"b',
      "'",
    ]) {
      expect(() => search(query)).not.toThrow()
    }
    expect(search('NOT')).toEqual([3])
    expect(search('""')).toEqual([])
  })
})
