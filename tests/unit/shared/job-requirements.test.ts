import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isEmptyRequirements,
  isProtectedWish,
  jobRequirements,
} from '../../../electron/shared/domain/job-requirements.ts'
import { readRequirements } from '../../../electron/core/jobs/read-requirements.ts'

describe('what a job may ask for', () => {
  it('[ZP-88] has no place for what the law protects', () => {
    const keys = [
      'age',
      'sex',
      'gender',
      'household',
      'marital',
      'marital_status',
      'ethnicity',
      'photo',
      'political_status',
    ]
    for (const key of keys) expect([key, jobRequirements.safeParse({ [key]: 'x' }).success]).toEqual([key, false])
    expect(jobRequirements.safeParse({ years: { min: 1, age: 30 } }).success).toBe(false)
  })

  it.each(
    '35岁以下、限男性、男、女士优先、女生、本地户口、已婚、未婚未育、汉族、中共党员、Age under 35、female、men only、身高170以上、single、９０后、身体健康、无传染病史、无重大疾病、体检合格、佛教徒优先、不信教、Christian preferred、good health'.split(
      '、',
    ),
  )('[ZP-88] refuses the wish "%s"', (words) => {
    expect(isProtectedWish(words)).toBe(true)
    expect(jobRequirements.safeParse({ skills_must: [words] }).success).toBe(false)
    expect(jobRequirements.safeParse({ skills_nice: ['Java', words] }).success).toBe(false)
  })

  it.each(
    '婚礼策划、男装设计、女装买手、single page application、女性健康、生育保险、人力资源、民族舞编排、管理、message queue、Linux、岁修工程、传染病防治、健康管理、体检中心运营、佛教美术史、疾病控制、团体健身课、整体健康管理、身体素质训练、诚信教育、physical health assessment、public health、Christian Dior'.split(
      '、',
    ),
  )('takes the skill "%s"', (words) => {
    expect(jobRequirements.safeParse({ skills_must: [words] }).success).toBe(true)
  })

  it('takes cities of autonomous regions, ranges in order, and no word twice', () => {
    expect(jobRequirements.safeParse({ cities: ['湘西土家族苗族自治州'] }).success).toBe(true)
    expect(jobRequirements.safeParse({ years: { min: 5, max: 3 } }).success).toBe(false)
    expect(jobRequirements.safeParse({ skills_must: ['Java', 'java'] }).success).toBe(false)
  })

  it('reads back what it wrote, and nothing from anything else', () => {
    fc.assert(
      fc.property(
        fc.record({ min: fc.integer({ min: 0, max: 20 }), max: fc.integer({ min: 21, max: 50 }) }),
        fc.constantFrom('doctor', 'master', 'bachelor', 'college', 'secondary'),
        (years, degree) => {
          const asked = jobRequirements.parse({ years, degree, skills_must: ['Java'] })
          expect(readRequirements(JSON.stringify(asked))).toEqual(asked)
        },
      ),
    )
    fc.assert(fc.property(fc.string(), (text) => void readRequirements(text)))
    expect(readRequirements('{"sex":"male"}')).toBe(null)
    expect(isEmptyRequirements({ years: {}, cities: [] })).toBe(true)
  })
})
