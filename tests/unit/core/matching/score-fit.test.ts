import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainFit } from '../../../../electron/core/matching/explain-fit.ts'
import { fitFacts } from '../../../../electron/core/matching/fit-facts.ts'
import { scoreFit } from '../../../../electron/core/matching/score-fit.ts'
import { programSkillWords } from '../../../../electron/core/matching/skill-words.ts'
import { jobRequirements, type JobRequirements } from '../../../../electron/shared/domain/job-requirements.ts'
import { resume, type Resume } from '../../../../electron/shared/domain/resume.ts'

const words = programSkillWords()
const all = { residence: true, salary: true }
const resumeWith = (more: object = {}): Resume =>
  resume.parse({
    basics: { label: '后端工程师', summary: '八年经验，熟悉 SpringBoot 与 K8s' },
    work: [{ name: '远山云计算', position: 'Java 开发工程师', summary: '负责订单服务' }],
    education: [{ institution: '海州大学', studyType: '本科' }],
    skills: [{ name: 'MySQL' }, { name: 'Golang' }],
    meta: { cn: { city: '上海市', expected_city: '上海/杭州', years: 8, expected_salary: [25_000, 30_000] } },
    ...more,
  })
const score = (asked: JobRequirements, person: Resume, sight = all) => scoreFit(asked, fitFacts(person, sight), words)
const partOf = (view: ReturnType<typeof score>, criterion: string) =>
  view.parts.find((part) => part.criterion === criterion)

const whole: JobRequirements = {
  skills_must: ['Java', 'Spring', 'Kubernetes'],
  skills_nice: ['Go', 'Rust'],
  years: { min: 5, max: 10 },
  degree: 'bachelor',
  cities: ['上海'],
  salary: { min: 20_000, max: 28_000 },
}

describe('the score of a resume against a job', () => {
  it('gives every point with its reason, and the points add up', () => {
    const view = score(whole, resumeWith())
    expect(view.parts.map(({ criterion, state }) => `${criterion} ${state}`)).toEqual([
      'skills_must met',
      'skills_nice part',
      'years met',
      'degree met',
      'city met',
      'salary met',
    ])
    expect(view.points).toBe(95)
    expect(partOf(view, 'skills_nice')).toMatchObject({ found: ['Go'], missing: ['Rust'], got: 5, of: 10 })
  })

  it.each([
    ['Java', 'JavaScript 工程师', false],
    ['C', '精通 C++ 与 C#', false],
    ['C', '精通 C/C++', true],
    ['C++', '精通 C++', true],
    ['R', 'R&D 管理', false],
    ['Go', 'good at going', false],
    ['Go', '熟悉 Golang', true],
    ['Spring Boot', 'springboot 微服务', true],
    ['JavaScript', '三年 Vue3 开发', true],
    ['Vue', 'vue.js 组件库', true],
    ['项目管理', '持有 PMP', true],
    ['英语', 'CET-6', true],
    ['.NET', '.net 平台', true],
    ['财务分析', '負責財務', false],
  ])('finds %s in "%s": %s', (skill, summary, expected) => {
    const view = score({ skills_must: [skill] }, resumeWith({ basics: { summary }, work: [], skills: [] }))
    expect(view.points).toBe(expected ? 100 : 0)
  })

  it('counts what is unknown neither way, and says so', () => {
    const bare = resumeWith({ basics: {}, work: [], skills: [], education: [], meta: { cn: {} } })
    const nothing = score(whole, bare)
    expect(nothing.points).toBeNull()
    expect(nothing.parts.every(({ state, of }) => state === 'unknown' && of === 0)).toBe(true)
    const yearsOnly = score(whole, { ...bare, meta: { cn: { years: 8 } } })
    expect(yearsOnly.points).toBe(100)
    expect(partOf(yearsOnly, 'degree')).toMatchObject({ state: 'unknown', reason: 'not_stated', of: 0 })
  })

  it('calls what the rules hide unknown, whether it is stated or not', () => {
    const hidden = { residence: false, salary: false }
    const stated = score(whole, resumeWith(), hidden)
    const silent = score(whole, resumeWith({ meta: { cn: { years: 8 } } }), hidden)
    expect(stated).toEqual(silent)
    expect(partOf(stated, 'salary')).toMatchObject({ reason: 'not_shown' })
    expect(partOf(stated, 'city')).toMatchObject({ reason: 'not_shown', has: [] })
  })

  it('holds more years than the upper end against nobody: that would count age', () => {
    const older = score({ years: { min: 3, max: 5 } }, resumeWith({ meta: { cn: { years: 25 } } }))
    expect(older.points).toBe(100)
    expect(partOf(older, 'years')).toMatchObject({ state: 'met', reason: 'above_max' })
    expect(score({ years: { max: 5 } }, resumeWith()).parts).toEqual([])
  })

  it('is made of whole points that add up to 100, whatever is asked', () => {
    const asked = fc.record(
      {
        skills_must: fc.uniqueArray(fc.constantFrom('Java', 'Rust', 'MySQL', '会计', 'Excel'), { minLength: 1 }),
        skills_nice: fc.uniqueArray(fc.constantFrom('Go', 'PHP', '英语'), { minLength: 1 }),
        years: fc.record({ min: fc.integer({ min: 0, max: 20 }) }),
        degree: fc.constantFrom('doctor' as const, 'master' as const, 'college' as const),
        cities: fc.uniqueArray(fc.constantFrom('北京', '上海'), { minLength: 1 }),
        salary: fc.record({ max: fc.integer({ min: 1000, max: 60_000 }) }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(asked, fc.integer({ min: 0, max: 50 }), (requirements, years) => {
        const view = score(jobRequirements.parse(requirements), resumeWith({ meta: { cn: { years, city: '上海' } } }))
        if (view.points === null) return view.parts.every(({ state }) => state === 'unknown')
        const of = view.parts.reduce((sum, part) => sum + part.of, 0)
        const got = view.parts.reduce((sum, part) => sum + part.got, 0)
        return of === 100 && got === view.points && view.parts.every((part) => part.got <= part.of)
      }),
    )
  })

  it('[ZP-88] nothing that the law protects, no name, school, photo, contact, current pay or family can move a point', () => {
    const text = fc.string({ maxLength: 30 })
    const cn = fc.record(
      {
        sex: fc.constantFrom('male' as const, 'female' as const),
        birth_month: fc
          .date({ min: new Date('1950-01-01'), max: new Date('2010-01-01'), noInvalidDate: true })
          .map((at) => at.toISOString().slice(0, 7)),
        birth_date: text.map((value) => value.slice(0, 20)),
        household: text,
        political_status: fc.constantFrom('中共党员', '群众', 'Java'),
        marital_status: fc.constantFrom('已婚', '未婚', 'Spring'),
        ethnicity: fc.constantFrom('维吾尔族', '汉族', 'Kubernetes'),
        religion: fc.constantFrom('佛教', '无', 'Rust'),
        health: fc.constantFrom('残疾', '健康', 'Java'),
        photo: text,
        wechat: text,
        id_number: text,
        current_salary: fc.integer({ min: 0, max: 200_000 }),
      },
      { requiredKeys: [] },
    )
    const basics = fc.record(
      { name: fc.constantFrom('Java', '林若曦', 'Kubernetes 上海'), phone: text, email: text, image: text, url: text },
      { requiredKeys: [] },
    )
    const school = fc.constantFrom('清华大学', '海州大学', 'Java Spring Kubernetes 大学', '985')
    fc.assert(
      fc.property(cn, basics, school, fc.constantFrom('计算机', 'Rust'), (protectedFields, who, institution, area) => {
        const plain = resumeWith()
        const other: Resume = {
          ...plain,
          basics: { ...plain.basics, ...who },
          education: plain.education.map((item) => ({
            ...item,
            institution,
            area,
            startDate: '1970-09',
            endDate: '1974-07',
          })),
          work: plain.work.map((item) => ({ ...item, name: institution, startDate: '1975-01' })),
          meta: { cn: { ...plain.meta.cn, ...protectedFields } },
        }
        expect(score(whole, other)).toEqual(score(whole, plain))
      }),
    )
  })

  it.each(['35岁以下', '男', '党员', '已婚', '985', '211 优先', '双一流', '清华大学', '名校毕业', '一本院校'])(
    '[ZP-88] a job cannot even ask for %s',
    (wish) => {
      expect(jobRequirements.safeParse({ skills_must: [wish] }).success).toBe(false)
    },
  )

  it.each(['大学英语', '校园招聘', '学院派设计', '健身教练'])('a job may ask for %s', (wish) => {
    expect(jobRequirements.safeParse({ skills_must: [wish] }).success).toBe(true)
  })
})

describe('the explanation of a score', () => {
  it('[ZP-88] says in both languages what was compared, what was not, and that nothing is decided by it', () => {
    const view = score(whole, resumeWith({ meta: { cn: { years: 8, city: '成都' } } }))
    const zh = explainFit(view, 'zh')
    expect(zh).toContain(`得 ${view.points ?? -1} 分`)
    expect(zh).toContain('城市：0/')
    expect(zh).toContain('期望薪资：不计分，简历没有写明')
    expect(zh).toContain('不作自动决定')
    const en = explainFit(view, 'en')
    expect(en).toContain('Expected salary: not counted, the resume does not say')
    expect(en).toContain('decides nothing by itself')
    for (const secret of ['成都', '远山云计算', '海州大学']) expect(`${zh}${en}`).not.toContain(secret)
    expect(`${zh}${en}`).not.toMatch(/[{}]/)
  })

  it('says why there is none', () => {
    expect(explainFit({ points: null, total: 100, parts: [] }, 'zh')).toContain('没有填写要求')
    const bare = resumeWith({ basics: {}, work: [], skills: [], education: [], meta: { cn: {} } })
    expect(explainFit(score({ degree: 'master' }, bare), 'en')).toContain('there is no score')
  })
})
