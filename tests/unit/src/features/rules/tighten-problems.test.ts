import { expect, test } from 'vitest'
import { problemsOf } from '../../../../../src/features/rules/tighten-problems.ts'
import { ApiError } from '../../../../../src/ipc/api.ts'

test('each fault of the text stands with its line and rule', () => {
  const detail = '3: [never-looser] reveal shows more than VN\n12: [schema] cells.phone: wrong'
  expect(problemsOf(new ApiError('E_INPUT', '', { line: 3, rule: 'never-looser', detail }))).toEqual([
    { line: 3, rule: 'never-looser', text: 'reveal shows more than VN' },
    { line: 12, rule: 'schema', text: 'cells.phone: wrong' },
  ])
})
test('without the details there is still the first line', () => {
  expect(problemsOf(new ApiError('E_INPUT', '', { line: 2, rule: 'yaml' }))).toEqual([
    { line: 2, rule: 'yaml', text: '' },
  ])
})
test('another refusal is no fault of the text', () => {
  expect(problemsOf(new ApiError('E_ROLE', '', { rule: 'role' }))).toEqual([])
  expect(problemsOf(undefined)).toEqual([])
})
