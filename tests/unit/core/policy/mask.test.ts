import { describe, expect, it } from 'vitest'
import { ageInMonths } from '../../../../electron/core/policy/text/age-in-months.ts'
import {
  ageBand,
  aliasOf,
  cityOf,
  maskEmail,
  maskName,
  maskPhone,
  maskWechat,
} from '../../../../electron/core/policy/text/mask.ts'
import { redact, redactToString } from '../../../../electron/core/policy/text/redact.ts'

describe('masks', () => {
  it.each([
    ['张伟', '张**'],
    ['张三丰', '张**'],
    ['欧阳娜娜', '欧阳**'],
    ['欧阳', '欧**'],
    ['司马相如', '司马**'],
    ['阿卜杜拉·买买提', '阿**'],
    ['Wei Zhang', 'Zhang ***'],
    ['Wei', 'W ***'],
    ['  ', '***'],
  ])('name %s → %s', (name, masked) => expect(maskName(name)).toBe(masked))

  it('[K20] an alias tells no sex while sex is hidden', () => {
    expect(aliasOf('张伟', null)).toBe('张某')
    expect(aliasOf('欧阳娜娜', null)).toBe('欧阳某')
    expect(aliasOf('Wei Zhang', null)).toBe('Zhang X.')
    expect(aliasOf('张伟', 'male')).toBe('张先生')
    expect(aliasOf('欧阳娜娜', 'female')).toBe('欧阳女士')
    expect(aliasOf('Wei Zhang', 'female')).toBe('Ms Zhang')
  })

  it.each([
    ['13812345678', '138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['１３８１２３４５６７８', '138****5678'],
    ['010-62515386', '01****86'],
    ['12345', '******'],
  ])('phone %s → %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

  it.each([
    ['zhangsan@163.com', 'zh***@***.com'],
    ['abc@company.com.cn', 'a***@***.cn'],
    ['nonsense', '***@***'],
  ])('e-mail %s → %s', (email, masked) => expect(maskEmail(email)).toBe(masked))

  it('keeps two characters of a WeChat id at most', () => {
    expect(maskWechat('zhang_san')).toBe('zh****')
    expect(maskWechat('ab1')).toBe('******')
  })

  it('[K21] gives five-year bands', () => {
    expect([24, 25, 29, 30].map(ageBand)).toEqual([
      { from: 20, to: 24 },
      { from: 25, to: 29 },
      { from: 25, to: 29 },
      { from: 30, to: 34 },
    ])
  })

  it.each([
    ['上海市浦东新区世纪大道1号', '上海'],
    ['广东省深圳市南山区', '深圳'],
    ['新疆维吾尔自治区伊犁哈萨克自治州伊宁市', '伊犁哈萨克'],
    ['杭州', '杭州'],
    ['杭州 西湖区文三路', '杭州'],
    ['建国路88号', null],
  ])('city of %s is %s', (address, city) => expect(cityOf(address)).toBe(city))
})

describe('ageInMonths', () => {
  const at = Date.UTC(2026, 10, 22, 4)
  it.each([
    ['2010-11-22', 192],
    ['2010-11-23', 191],
    ['2010-11', 191],
    ['2010-10', 192],
    ['2010', 190],
    ['2010-13', null],
    ['2010-02-30', null],
    ['2030-01', null],
    ['', null],
    [undefined, null],
  ])('[ZP-04] %s is read as the youngest age, %s months', (birth, months) =>
    expect(ageInMonths(birth, at)).toBe(months),
  )

  it('counts the day of China, not of UTC', () => {
    expect(ageInMonths('2010-11-23', Date.UTC(2026, 10, 22, 16))).toBe(192)
  })
})

describe('redact', () => {
  it('keeps the reading length and nothing of what it hides', () => {
    const text = '我是张伟，手机１３８－１２３４－５６７８，邮箱zhang@163.com，2019.03-2021.06 在职'
    const segments = redact(text, ['张伟'])
    const masked = segments.filter((segment) => typeof segment !== 'string')
    expect(masked.map((segment) => segment.masked)).toEqual(['name', 'phone', 'email'])
    expect(masked.every((segment) => /^\*+$/.test(segment.text))).toBe(true)
    expect([...redactToString(text, ['张伟'])].length).toBe([...text].length)
    expect(redactToString(text, ['张伟'])).toBe('我是**，手机*************，邮箱*************，2019.03-2021.06 在职')
  })

  it('leaves a text without contacts as one piece', () => {
    expect(redact('订单号 2019123456789012，薪资 15000-20000')).toEqual(['订单号 2019123456789012，薪资 15000-20000'])
    expect(redact('')).toEqual([])
  })
})
