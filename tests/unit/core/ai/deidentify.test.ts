import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDeidentifier, nobody, type Identity } from '../../../../electron/core/ai/deidentify.ts'
import { makePeople, phoneForms, readIn, tellingText, type SeededPerson } from '../../../fixtures/many-people.ts'

const identityOf = (person: SeededPerson): Identity => ({
  own: { names: [person.name, person.phone, person.email, person.wechat], literal: [] },
  birth: person.birth,
  companies: [person.company],
  schools: [person.school],
})
const cleaned = (text: string, identity: Identity = nobody): string => createDeidentifier(identity).clean(text)

describe('what leaves for a model', () => {
  it('[ZP-18] tells of nobody, for four hundred people and however they write it', () => {
    const found = makePeople(400).flatMap((person, at) => {
      const text = tellingText(person, at)
      expect(readIn(text, person).length).toBeGreaterThanOrEqual(9)
      const out = cleaned(text, identityOf(person))
      expect(out).not.toContain(person.company)
      // What is nobody's stays: a text that says nothing is no use to anybody.
      expect(out).toContain('20 万笔')
      expect(out).toContain('2018.07-2022.03')
      expect(out).toContain('MySQL 8.0')
      return readIn(out, person)
    })
    expect(found).toEqual([])
  })

  it('calls the same value by the same placeholder, in whatever form it stands', () => {
    const [person] = makePeople(1)
    if (person === undefined) throw new Error('nobody')
    const forms = phoneForms.slice(0, 6).map((form) => form(person.phone))
    const out = cleaned(forms.join('\n'))
    expect([...out.matchAll(/\[电话\d+\]/g)].map(([mark]) => mark)).toEqual(forms.map(() => '[电话1]'))
    expect(cleaned('电话 13800138000 或 13900139000')).toBe('电话 [电话1] 或 [电话2]')
  })

  it('makes bands of births and ages, and takes what the law protects', () => {
    expect(cleaned('1993年5月出生，性别：女，民族：汉，28岁')).toBe(
      '[生于1990至1994年间]出生,性别:[略],民族:[略],[25至29]岁',
    )
    expect(cleaned('born in 1988-02-03')).toContain('[生于1985至1989年间]')
  })

  it('takes the names of others, and leaves words that only look like one', () => {
    expect(cleaned('证明人：林若曦，直属上级：王建国')).toBe('证明人:[人名1],直属上级:[人名2]')
    expect(cleaned('由张总和李女士推荐')).toBe('由[人名1]和[人名2]推荐')
    for (const text of ['每周总结会', '高级工程师', '项目经理', '周总计', '负责人力资源系统', '导师制度']) {
      expect(cleaned(text)).toBe(text)
    }
  })

  it('knows the person’s own name in Latin letters, in either order', () => {
    const own: Identity = { ...nobody, own: { names: ['林若曦'], literal: [] } }
    for (const text of ['Lin Ruoxi', 'LIN RUOXI', 'Ruoxi Lin', 'Lin Ruo-Xi', 'linruoxi', 'RuoxiLin', 'R. Lin'])
      expect(cleaned(`I am ${text}, engineer`, own)).toBe('I am [姓名], engineer')
    expect(cleaned('Ouyang Tinglan', { ...nobody, own: { names: ['欧阳听澜'], literal: [] } })).toBe('[姓名]')
    expect(cleaned('Berlin, linear algebra, xi', own)).toBe('Berlin, linear algebra, xi')
  })

  it('is not taken in by a text that pretends to be cleaned', () => {
    expect(cleaned('[电话13800138000]')).not.toContain('13800138000')
    expect(cleaned('\ue00013800138000\ue001')).not.toContain('13800138000')
    expect(cleaned('[姓名] 微信：\ue000wx_linruoxi\ue001')).not.toContain('wx_linruoxi')
  })

  it('has nothing more to take out of what it has cleaned', () => {
    const people = makePeople(60, 7)
    fc.assert(
      fc.property(fc.nat(59), fc.nat(59), fc.nat(40), (one, two, at) => {
        const [first, second] = [people[one], people[two]]
        if (first === undefined || second === undefined) return
        const text = `${tellingText(first, at)}\n${tellingText(second, at + 1)}`
        const identity = identityOf(first)
        const out = cleaned(text, { ...identity, own: { names: [...identity.own.names, second.name], literal: [] } })
        expect(readIn(out, first)).toEqual([])
        expect(readIn(out, second).filter((hit) => !['email', 'wechat', 'birth'].includes(hit))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
