import { describe, expect, it } from 'vitest'
import { namePinyin, surnameOfAlias } from '../../../../electron/core/search/name-pinyin.ts'
import { queryParts } from '../../../../electron/core/search/query-parts.ts'

const finds = (name: string, query: string): boolean =>
  queryParts(query).every(({ pinyin }) =>
    namePinyin(name).some((word) => pinyin !== undefined && word >= pinyin.from && word < pinyin.to),
  )

describe('names in Latin letters', () => {
  it.each([
    ['张伟', 'zhangwei'],
    ['张伟', 'zw'],
    ['张伟', 'Zhang Wei'],
    ['张晓明', 'zhangxm'],
    ['张晓明', 'ming'],
    ['单雄信', 'shanxiongxin'],
    ['曾国藩', 'zengguofan'],
    ['尉迟恭', 'yuchi'],
    ['吕布', 'lvbu'],
    ['吕布', 'lü'],
  ])('%s is found by %s', (name, query) => {
    expect(finds(name, query)).toBe(true)
  })

  it.each([
    ['单雄信', 'dan'],
    ['曾国藩', 'ceng'],
    ['张伟', 'hang'],
    ['John Smith', 'john'],
  ])('%s is not found by %s', (name, query) => {
    expect(finds(name, query)).toBe(false)
  })

  it('has no more of an alias than its family name', () => {
    expect(namePinyin(surnameOfAlias('欧阳某'))).toEqual(['ouyang', 'yang', 'oy', 'ouy'])
    expect(namePinyin(surnameOfAlias('Zhang X.'))).toEqual([])
  })
})
