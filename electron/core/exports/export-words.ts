import type { ExportColumn } from './export-table.ts'

export type ExportLanguage = 'zh-CN' | 'en-US'

type Words = {
  readonly title: string
  readonly lead: string
  readonly page: string
  readonly join: string
  readonly column: Readonly<Record<ExportColumn, string>>
}

/** What an exported list says. */
export const exportWords: Readonly<Record<ExportLanguage, Words>> = {
  'zh-CN': {
    title: '候选人名单',
    lead: '{employer}　{viewer} 于 {time} 导出，共 {n} 人。用途：{reason}。仅限本企业本次招聘使用，{until} 前销毁。',
    page: '{n} / {of}',
    join: '、',
    column: {
      record: '记录编号',
      name: '姓名',
      job: '职位',
      stage: '阶段',
      at: '收到日期',
      platform: '来源',
      channel: '获取方式',
      title: '现职',
      company: '公司',
      years: '工作年限',
      degree: '学历',
      school: '学校',
      age: '年龄段',
      city: '城市',
      salary: '期望月薪（元）',
      skills: '技能',
      phone: '手机',
      email: '邮箱',
      viewer: '导出人',
      made: '导出时间',
      approval: '审批编号',
    },
  },
  'en-US': {
    title: 'List of candidates',
    lead: '{employer}. Exported by {viewer} at {time}; people: {n}. Purpose: {reason}. For this employer’s present hiring alone; to be destroyed by {until}.',
    page: '{n} / {of}',
    join: ', ',
    column: {
      record: 'Record',
      name: 'Name',
      job: 'Job',
      stage: 'Stage',
      at: 'Received',
      platform: 'Source',
      channel: 'Obtained by',
      title: 'Title',
      company: 'Company',
      years: 'Years',
      degree: 'Degree',
      school: 'School',
      age: 'Age band',
      city: 'City',
      salary: 'Expected, CNY a month',
      skills: 'Skills',
      phone: 'Phone',
      email: 'E-mail',
      viewer: 'Exported by',
      made: 'Exported at',
      approval: 'Approval',
    },
  },
}
