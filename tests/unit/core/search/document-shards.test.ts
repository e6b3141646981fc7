import { expect, it } from 'vitest'
import { mergeStep } from '../../../../electron/core/search/document-shards.ts'
import { toDocument } from '../../../../electron/core/search/bigrams.ts'
import type { OpenDatabase } from '../../../../electron/core/store/open-store.ts'
import { memoryIndex } from '../../../helpers/index-rows.ts'

const segments = ({ reader }: OpenDatabase): number =>
  reader.get<{ n: number }>('SELECT count(DISTINCT segid) AS n FROM document_idx')?.n ?? 0
const found = ({ reader }: OpenDatabase, query: string): number[] =>
  reader.all<{ rowid: number }>('SELECT rowid FROM document WHERE document MATCH ?', query).map(({ rowid }) => rowid)
const holds = ({ reader }: OpenDatabase, word: string): boolean =>
  reader
    .all<{ block: Uint8Array }>('SELECT block FROM document_data')
    .some(({ block }) => Buffer.from(block).includes(word))

it('a table that is full is laid together in steps, and somebody who is deleted between two of them leaves nothing', () => {
  const index = memoryIndex()
  const alphabet = Array.from({ length: 3000 }, (_, i) => String.fromCodePoint(0x4e00 + i))
  // Twelve commits leave as many pieces.
  for (let commit = 0; commit < 12; commit += 1)
    index.db.transaction(() => {
      for (let id = commit * 20 + 1; id <= commit * 20 + 20; id += 1) {
        const text = Array.from({ length: 300 }, (_, at) => alphabet[(id * 7919 + at * 104729) % 3000]).join('')
        index.db.run('INSERT INTO document (rowid, tokens) VALUES (?, ?)', id, toDocument(`龘${text}靐齉`))
      }
    })
  index.db.run('INSERT INTO document (rowid, tokens) VALUES (?, ?)', 500, toDocument('爩籲爩'))
  expect(segments(index)).toBeGreaterThan(3)
  expect(mergeStep(index.db, 'document')).toBe(true)
  expect(holds(index, '爩')).toBe(true)
  index.db.run('DELETE FROM document WHERE rowid = 500')
  expect(holds(index, '爩')).toBe(false)
  let steps = 0
  while (mergeStep(index.db, 'document')) {
    steps += 1
    index.db.run('DELETE FROM document WHERE rowid = ?', steps)
  }
  expect(segments(index)).toBe(1)
  expect(holds(index, '爩')).toBe(false)
  expect(found(index, '"靐齉"')).toEqual(Array.from({ length: 240 - steps }, (_, i) => i + 1 + steps))
  expect(mergeStep(index.db, 'document')).toBe(false)
  index.close()
})
