import { expect, test } from 'vitest'
import { nearMatch } from '../../../../../src/features/candidates/near-match.ts'

test.each([
  ['cuts what stands far before', ['…连续 18 个月零差错，Java 开发'], 'java', ['…个月零差错，Java 开发']],
  ['takes the first of several words', ['甲乙丙丁戊己庚辛重庆的 Java'], 'Java 重庆', ['…丙丁戊己庚辛重庆的 Java']],
  ['leaves a near match', ['精通 Java'], 'Java', ['精通 Java']],
  ['leaves what it does not find', ['一段没有这个词的很长的文字'], 'Java', ['一段没有这个词的很长的文字']],
] as const)('%s', (_what, snippet, query, expected) => {
  expect(nearMatch([...snippet], query)).toEqual(expected)
})

test('never cuts into a mask', () => {
  const masked = [{ masked: 'phone', text: '***********' }, ' 之后的 Java'] as const
  expect(nearMatch([...masked], 'Java')).toEqual(masked)
  expect(nearMatch(['很长的开头很长的开头 Java ', masked[0]], 'Java')).toEqual(['…很长的开头 Java ', masked[0]])
})
