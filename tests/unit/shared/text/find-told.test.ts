import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findTold } from '../../../../electron/shared/text/find-told.ts'

/** Whose a contact in a message is: taken as the writer's own only where nothing speaks against it (ZP-28). */
const phone = fc
  .tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^[0-9]{9}$/))
  .map(([a, b]) => `1${a}${b}`)
const told = (text: string, more = {}) => findTold(text, more)
const own = (field: string, value: string) => ({ field, value })

describe('findTold', () => {
  it.each([
    ['我的手机是13800138000', [own('phone', '13800138000')]],
    ['+86 138-0013-8000', [own('phone', '13800138000')]],
    ['１３８ ００１３ ８０００', [own('phone', '13800138000')]],
    ['一三八零零一三八零零零', [own('phone', '13800138000')]],
    ['王经理您好，我电话13800138000', [own('phone', '13800138000')]],
    ['其他方式：Lin@Mail.example', [own('email', 'lin@mail.example')]],
    ['vx：lin_rx88', [own('wechat', 'lin_rx88')]],
    ['我的手机是13800138000，微信同号', [own('phone', '13800138000'), own('wechat', '13800138000')]],
    ['my phone is 13800138000', [own('phone', '13800138000')]],
    ['> 13900139000\n我的是13800138000', [own('phone', '13800138000')]],
  ])('takes %s as the writer’s own', (text, values) => {
    expect(told(text)).toEqual({ own: values, possible: [] })
  })

  it.each([
    '这是我老婆的电话，13800138000',
    '我妈的号 13800138000',
    'my wife’s number: 13800138000',
    'call my brother 13800138000',
    '您的电话是13800138000吗',
    '公司前台 13800138000',
    '不是我的号 13800138000',
    '旧号 13800138000 停用了',
    '推荐人：13800138000',
    '联系他 13800138000',
    '13800138000 或 13900139000',
  ])('leaves %s to a human', (text) => {
    const found = told(text)
    expect(found.own).toEqual([])
    expect(found.possible).toContainEqual(own('phone', '13800138000'))
  })

  it('takes a name only as it is said, and only with the family name that is known', () => {
    expect(told('我叫林若曦', { surname: '林' }).own).toEqual([own('name', '林若曦')])
    expect(told('我叫王若曦', { surname: '林' }).own).toEqual([])
    expect(told('我叫林若曦').own).toEqual([])
    expect(told('林若曦推荐我来的', { surname: '林' }).own).toEqual([])
  })

  it('never takes a value that the other side wrote first', () => {
    fc.assert(
      fc.property(phone, fc.constantFrom('好的 ', '是 ', '我记下了：', ''), (number, before) => {
        const spaced = `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`
        expect(told(`${before}${number}`, { theirs: [`请拨 ${spaced}`] }).own).toEqual([])
      }),
    )
  })

  it('never takes one of two different values of a kind, in whichever order', () => {
    fc.assert(
      fc.property(phone, phone, fc.constantFrom(' ', '，或 ', '\n'), (a, b, between) => {
        fc.pre(a !== b)
        const { own: values } = told(`电话 ${a}${between}${b}`)
        expect(values).toEqual([])
      }),
    )
  })

  it('takes every number that stands alone, however it is spaced', () => {
    fc.assert(
      fc.property(phone, fc.constantFrom('', ' ', '-'), (number, gap) => {
        const written = [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(gap)
        expect(told(`我的电话是${written}`).own).toEqual([own('phone', number)])
      }),
    )
  })

  it('answers any text, and only with what stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const { field } of [...told(text).own, ...told(text).possible]) {
          expect(['phone', 'email', 'wechat', 'name']).toContain(field)
        }
      }),
    )
  })
})
