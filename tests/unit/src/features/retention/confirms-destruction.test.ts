import { expect, test } from 'vitest'
import { confirmsDestruction } from '../../../../../src/features/retention/confirms-destruction.ts'

const confirms = (typed: string): boolean => confirmsDestruction(typed, '销毁', '销毁 3 份简历')

test('the asked word confirms, in either language, with or without its quotation marks', () => {
  expect(['销毁', ' 销毁 ', '「销毁」', 'destroy', 'Destroy', '销毁 3 份简历'].map(confirms)).not.toContain(false)
})
test('nothing, blanks and other words do not', () => {
  expect(['', '  ', '销', '删除', '不销毁', 'destroy all', '「」'].map(confirms)).not.toContain(true)
})
