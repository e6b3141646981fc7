import { describe, expect, test } from 'vitest'
import { leastScore, parseResume, resumeScore } from '../../../../electron/parser/resume/parse-resume.ts'

const day = Date.UTC(2026, 5, 1)

describe('resumes written by hand, none of them from the generator', () => {
  test('headings without marks, dates above the school, one number for phone and WeChat', () => {
    const text = `陈思雨
求职意向：新媒体运营
基本信息
女 / 1997.08 / 汉族 / 共青团员
手机：176-1234-5678　邮箱：siyu_chen97@163.com　微信同号
居住地：浙江省杭州市余杭区
教育背景
2015.09 ~ 2019.06
浙江传媒学院 | 广播电视编导 | 本科
主修课程：影视剪辑、传播学概论
工作经历
2021.04 ~ 至今    杭州某某文化传媒有限公司    新媒体运营主管
负责公司抖音、小红书账号矩阵的内容规划；
2019.07 ~ 2021.03    宁波日报社    编辑
采编稿件
技能证书
普通话二级甲等、CET-6、剪映`
    const { resume } = parseResume(text, '', day)
    expect(resume.basics).toMatchObject({ name: '陈思雨', phone: '17612345678', email: 'siyu_chen97@163.com' })
    expect(resume.meta.cn).toMatchObject({
      sex: 'female',
      birth_month: '1997-08',
      city: '杭州',
      wechat: '17612345678',
      years: 6,
    })
    expect(resume.education).toEqual([
      {
        institution: '浙江传媒学院',
        area: '广播电视编导',
        studyType: '本科',
        startDate: '2015-09',
        endDate: '2019-06',
      },
    ])
    expect(resume.work).toMatchObject([
      { name: '杭州某某文化传媒有限公司', position: '新媒体运营主管', startDate: '2021-04' },
      { name: '宁波日报社', position: '编辑', startDate: '2019-07', endDate: '2021-03', summary: '采编稿件' },
    ])
    expect(resume.certificates.map((certificate) => certificate.name)).toEqual(['普通话二级甲等', 'CET-6', '剪映'])
  })

  test('employer with dates in brackets, the post labelled below', () => {
    const text = `李建国
男｜35岁｜现居深圳｜10年以上工作经验
138 0000 1234｜lijianguo@qq.com
期望职位：仓储主管　期望薪资：10-12K

工作经验
深圳顺达物流有限公司（2016年5月-至今）
职位：仓储主管
工作职责：
1、负责仓库日常管理；
东莞宏远电子厂（2010年3月-2016年4月）
职位：仓管员
工作职责：收发货`
    const { resume, stated_age: age } = parseResume(text, '', day)
    expect(age).toBe(35)
    expect(resume.meta.cn).toMatchObject({ sex: 'male', city: '深圳', years: 10, expected_salary: [10_000, 12_000] })
    expect(resume.work.map((job) => [job.name, job.position])).toEqual([
      ['深圳顺达物流有限公司', '仓储主管'],
      ['东莞宏远电子厂', '仓管员'],
    ])
  })

  test('English, employer above title and dates', () => {
    const text = `JOHN SMITH
Shanghai, China | +86 139-1234-5678 | john.smith@example.com

PROFESSIONAL EXPERIENCE
Acme Technologies Inc., Shanghai
Senior Backend Engineer                         Jan 2020 - Present
- Designed payment gateway

Globex Ltd
Software Engineer                               Jul 2016 - Dec 2019
- Built APIs

EDUCATION
Fudan University
M.Sc. in Computer Science                       2014 - 2016

SKILLS
Languages: Go, Java, Python`
    const { resume } = parseResume(text, '', day)
    expect(resume.basics).toMatchObject({ name: 'JOHN SMITH', phone: '13912345678' })
    expect(resume.work).toMatchObject([
      {
        name: 'Acme Technologies Inc.',
        position: 'Senior Backend Engineer',
        startDate: '2020-01',
        summary: '- Designed payment gateway',
      },
      { name: 'Globex Ltd', position: 'Software Engineer', startDate: '2016-07', endDate: '2019-12' },
    ])
    expect(resume.education).toMatchObject([
      { institution: 'Fudan University', area: 'Computer Science', studyType: 'M.Sc.' },
    ])
    expect(resume.skills.map((skill) => skill.name)).toEqual(['Go', 'Java', 'Python'])
  })

  test('sentences instead of lines', () => {
    const text = `王芳，女，1988年11月出生，毕业于中南财经政法大学会计学专业，本科。
电话：13600001111
工作经历：
2015年3月至2020年6月在武汉华星光电技术有限公司担任财务主管
2020年7月至今在武汉小米科技有限公司担任财务经理`
    const { resume } = parseResume(text, '', day)
    expect(resume.basics.name).toBe('王芳')
    expect(resume.meta.cn).toMatchObject({ sex: 'female', birth_month: '1988-11' })
    expect(resume.education).toEqual([{ institution: '中南财经政法大学', area: '会计学', studyType: '本科' }])
    expect(resume.work.map((job) => [job.name, job.position])).toEqual([
      ['武汉华星光电技术有限公司', '财务主管'],
      ['武汉小米科技有限公司', '财务经理'],
    ])
  })
})

test('the file name gives a name only where the text has none, and with little belief', () => {
  const body = '教育经历\n2010.09-2014.06 浙江大学 软件工程 本科'
  const hinted = parseResume(body, '应聘_欧阳雪_2026', day)
  expect(hinted.resume.basics.name).toBe('欧阳雪')
  expect(hinted.confidence.name).toBeLessThan(0.5)
  expect(parseResume(`姓名：李雷\n${body}`, '欧阳雪', day).resume.basics.name).toBe('李雷')
})

test("a referee's number is a contact of the text, not the person's", () => {
  const { resume, contacts } = parseResume('张伟\n推荐人：王经理 13500001111\n电话：13812345678', '', day)
  expect(resume.basics.phone).toBe('13812345678')
  expect(contacts.filter((contact) => contact.kind === 'phone').map((contact) => contact.value)).toEqual([
    '13500001111',
    '13812345678',
  ])
})

test.each(['张三您好，附件是我的简历，电话13812345678，谢谢！', '会议纪要\n时间：2026.03-2026.04\n地点：上海', ''])(
  '%j is no resume',
  (text) => {
    expect(resumeScore(parseResume(text, '', day))).toBeLessThan(leastScore)
  },
)
