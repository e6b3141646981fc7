import { expect, it } from 'vitest'
import { countedKinds } from '../../../../electron/core/retention/destruction-rows.ts'
import { vocab as english } from '../../../../src/i18n/en-US/vocab.ts'
import { vocab as chinese } from '../../../../src/i18n/zh-CN/vocab.ts'

it('every kind that a certificate counts has a word in both languages', () => {
  for (const { counts } of [chinese, english]) expect(countedKinds.filter((kind) => !(kind in counts))).toEqual([])
})
