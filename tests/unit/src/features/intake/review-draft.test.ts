import { expect, test } from 'vitest'
import type { IntakeReview } from '../../../../../electron/shared/domain/intake-review.ts'
import { byCertainty, changesOf, emptyDraft } from '../../../../../src/features/intake/review-draft.ts'

const review = {
  record_id: 'r',
  application_id: 'a',
  format: 'txt',
  pieces: [],
  fields: [
    { field: 'city', state: 'see', value: '成都', whole: true, confidence: 0.9 },
    { field: 'phone', state: 'reveal', value: '139****2222', whole: false, confidence: 0.5 },
    { field: 'years', state: 'see', whole: true },
    { field: 'skills', state: 'see', value: 'Go', whole: true, corrected: { at: 1, by: 'hr' } },
  ],
  lists: [{ field: 'work', entries: [{ name: '甲', position: '一' }, { name: '乙' }] }],
} as unknown as IntakeReview

test('the least certain comes first, what was corrected last', () => {
  expect(byCertainty(review.fields).map(({ field }) => field)).toEqual(['phone', 'city', 'years', 'skills'])
})

test('only what was typed over is sent, and a mask never', () => {
  expect(changesOf(review, emptyDraft)).toEqual([])
  const values = { city: '成都', phone: '', years: ' 7 ', skills: '' }
  expect(changesOf(review, { values, entries: {} })).toEqual([
    { kind: 'value', field: 'years', value: '7' },
    { kind: 'value', field: 'skills', value: null },
  ])
})

test('entries keep their numbers whatever is added and taken away', () => {
  const entries = {
    'work/0': { position: '二', name: '甲' },
    'work/1': null,
    'work/2': null,
    'work/3': { name: '丙' },
    'work/4': {},
  }
  expect(changesOf(review, { values: {}, entries })).toEqual([
    { kind: 'entry', field: 'work', index: 0, values: { position: '二' } },
    { kind: 'entry', field: 'work', index: 2, values: { name: '丙' } },
    { kind: 'entry', field: 'work', index: 1, values: null },
  ])
})
