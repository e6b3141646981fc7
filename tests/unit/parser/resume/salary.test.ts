import { expect, test } from 'vitest'
import { readSalary } from '../../../../electron/parser/resume/salary.ts'

test.each<[string, boolean, readonly [number, number] | undefined]>([
  ['15k-25k', false, [15_000, 25_000]],
  ['15-25K·14薪', false, [15_000, 25_000]],
  ['8000-10000元/月', false, [8_000, 10_000]],
  ['8千-1万', false, [8_000, 10_000]],
  ['1.5-2万/月', false, [15_000, 20_000]],
  ['￥20,000/month', false, [20_000, 20_000]],
  ['30-36万', true, [25_000, 30_000]],
  ['年薪36万', false, [30_000, 30_000]],
  ['24万/年', false, [20_000, 20_000]],
  ['12000', false, [12_000, 12_000]],
  ['面议', false, undefined],
  ['25k-15k', false, undefined],
  ['5', false, undefined],
])('%s', (text, yearly, expected) => {
  expect(readSalary(text, yearly)).toEqual(expected)
})
