import { describe, expect, test } from 'vitest'
import type { CellView, ProfileChange } from '../../../../../electron/shared/domain/policy-views.ts'
import { displayState, form } from '../../../../../electron/shared/domain/vocabulary.ts'
import { i18n } from '../../../../../src/i18n/index.ts'
import { changeShown } from '../../../../../src/features/rules/change-words.ts'
import { cellAt, fits, moveTo, rowsFor } from '../../../../../src/features/rules/matrix-cells.ts'
import { numberName, numberWords, ruleLook, unstated } from '../../../../../src/features/rules/rule-words.ts'

/** The words of the window, outside of a component. */
const { t, te } = i18n.global as unknown as Pick<Parameters<typeof changeShown>[2], 't' | 'te'>
const tn = (key: string, n: number): string => t(key, { n }, n)
const code = (group: string, value: string): string =>
  te(`vocab.${group}.${value}`) ? t(`vocab.${group}.${value}`) : value
const text = { t, tn, te, code } as Parameters<typeof changeShown>[2]
const cell = (more: Partial<CellView>): CellView => ({
  state: 'see',
  form: 'full',
  clause: 'ZP-26',
  source: 'text',
  rule: 'SHOWN',
  lift: null,
  ...more,
})
const words = (look: ReturnType<typeof ruleLook>): string => ('text' in look ? look.text : look.kind)

describe('a cell of the matrix', () => {
  test.each([
    ['absent', 'full', 'absent'],
    ['alias', 'alias', '化名'],
    ['masked', 'full', '遮盖'],
    ['VN', 'full', 'virtual'],
    ['approval', 'full', 'approval'],
    ['reveal', 'full', '可查看'],
    ['reveal', 'redacted', '遮盖后可查看'],
    ['see', 'full', '显示'],
    ['see', 'city', '城市'],
    ['see', 'age_band', '年龄段'],
    ['see', 'redacted', '遮盖阅读'],
  ] as const)('%s %s looks as a value under it does', (state, shape, wanted) => {
    expect(words(ruleLook({ state, form: shape }, t))).toBe(wanted)
  })
  test('has words for each state and form that can come', () => {
    for (const state of displayState.options)
      for (const shape of form.options) expect(words(ruleLook({ state, form: shape }, t))).not.toMatch(/^rules\./)
  })
  test('[D1] is absent where its channel is not named', () => {
    expect(cellAt({ field: 'phone', cells: {} }, 'delivered')).toBe(unstated)
  })
})

describe('the filter and the arrows', () => {
  const rows = [
    { field: 'phone' as const, cells: { delivered: cell({ otherwise: cell({ source: 'enterprise' }) }) } },
    { field: 'email' as const, cells: { delivered: cell({}) } },
  ]
  test('find a source in a cell and in what it falls back to', () => {
    expect(fits(rows[0]?.cells.delivered ?? unstated, 'enterprise')).toBe(true)
    expect(rowsFor(rows, ['delivered'], 'enterprise').map((row) => row.field)).toEqual(['phone'])
    expect(rowsFor(rows, ['delivered'], 'all')).toHaveLength(2)
    expect(rowsFor(rows, ['delivered'], 'default')).toEqual([])
  })
  test('stay inside of the matrix', () => {
    const size = { rows: 3, columns: 4 }
    expect(moveTo('ArrowUp', { row: 0, column: 2 }, size)).toEqual({ row: 0, column: 2 })
    expect(moveTo('ArrowRight', { row: 0, column: 3 }, size)).toEqual({ row: 0, column: 3 })
    expect(moveTo('ArrowDown', { row: 1, column: 1 }, size)).toEqual({ row: 2, column: 1 })
    expect(moveTo('End', { row: 1, column: 0 }, size)).toEqual({ row: 1, column: 3 })
    expect(moveTo('PageUp', { row: 2, column: 1 }, size)).toEqual({ row: 0, column: 1 })
    expect(moveTo('a', { row: 1, column: 0 }, size)).toBeUndefined()
  })
})

describe('a difference in words', () => {
  const change = (more: Partial<ProfileChange>): ProfileChange => ({
    part: 'cell',
    path: 'x',
    before: null,
    after: null,
    direction: 'stricter',
    clause: 'D1',
    ...more,
  })
  const shown = (of: ProfileChange, value: string | null): string =>
    changeShown(of, value, text)
      .map((part) => `${part.words} ${words(part.look)}`.trim())
      .join(', ')

  test('says a cell with its form and its conditions', () => {
    const phone = change({ field: 'phone' })
    expect(shown(phone, 'see:city')).toBe('城市')
    expect(shown(phone, 'reveal|absent if not told')).toBe('告知后 可查看, 否则 absent')
    expect(shown(phone, 'see|reveal|absent if not calls if not public')).toBe(
      '公开后 显示, 否则 允许来电后 可查看, 否则 absent',
    )
    expect(shown(phone, 'ZP-28 t|ZP-28 d')).toBe('ZP-28 条款 / ZP-28 默认')
  })
  test('gives a number its unit, and an age its own', () => {
    expect(shown(change({ part: 'number', path: 'retention.rejected_days' }), '30')).toBe('30 天')
    expect(shown(change({ part: 'number', path: 'requests.workdays' }), '15')).toBe('15 个工作日')
    expect(numberWords({ path: 'minors.min_age', unit: 'years', value: 16 }, tn)).toBe('16 岁')
    expect(numberName('retention.rejected_days', code)).toBe('不合适后保留')
    expect(numberName('something.new_days', code)).toBe('something.new_days')
  })
  test('names what a list or a gate holds, and leaves what it does not know', () => {
    expect(shown(change({ part: 'list', path: 'sealed.fields' }), 'household, id_number')).toBe('户籍 · 证件号码')
    expect(shown(change({ part: 'gate', path: 'gates.realname' }), 'id_face, something')).toBe('证件与人脸 · something')
    expect(shown(change({ part: 'gate', path: 'gates.x' }), null)).toBe('无')
  })
})
