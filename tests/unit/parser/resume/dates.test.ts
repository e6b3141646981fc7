import { expect, test } from 'vitest'
import { findRange, isoMonth } from '../../../../electron/parser/resume/dates.ts'

test.each<[string, string, string | undefined]>([
  ['2019.03-2021.05 公司', '2019-03', '2021-05'],
  ['2019.3 - 至今', '2019-03', undefined],
  ['2019年3月—2021年12月', '2019-03', '2021-12'],
  ['2019年03月至今', '2019-03', undefined],
  ['2019/03--2021/05', '2019-03', '2021-05'],
  ['2019-03 ~ 2021-05', '2019-03', '2021-05'],
  ['2019.03.15-2021.05.30', '2019-03', '2021-05'],
  ['(2015-2019)', '2015', '2019'],
  ['Mar 2019 – Present', '2019-03', undefined],
  ['September 2018 to May 2021', '2018-09', '2021-05'],
  ['03/2019 - 05/2021', '2019-03', '2021-05'],
])('%s', (text, startDate, endDate) => {
  expect(findRange(text)).toMatchObject({ startDate, ...(endDate && { endDate }) })
  expect(findRange(text)?.endDate).toBe(endDate)
})

test.each(['订单号 20190321052', '13812345678', '2019年完成', '2019.13-2021.99', '完成 120%-150%'])(
  '%s is no range',
  (text) => {
    expect(findRange(text)).toBeUndefined()
  },
)

test.each([
  ['1992年5月', '1992-05'],
  ['1992-05-03', '1992-05'],
  ['1992', '1992'],
  ['May 1992', '1992-05'],
  ['x', undefined],
])('%s as a month', (text, month) => {
  expect(isoMonth(text)).toBe(month)
})
