import type { Degree } from '../../shared/domain/resume.ts'
import type { Channel, Platform, Stage } from '../../shared/domain/vocabulary.ts'
import type { ExportColumn } from './export-table.ts'

export type ExportLanguage = 'zh-CN' | 'en-US'

type Words = {
  readonly title: string
  readonly lead: string
  readonly page: string
  readonly join: string
  readonly column: Readonly<Record<ExportColumn, string>>
  readonly platform: Readonly<Record<Platform, string>>
  readonly channel: Readonly<Record<Channel, string>>
  readonly stage: Readonly<Record<Stage, string>>
  readonly degree: Readonly<Record<Degree, string>>
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
    platform: {
      zhaopin: '智联招聘',
      lagou: '拉勾',
      wanzhou: '万州人才',
      qingyun: '青云选岗',
      maimai: '脉脉',
      direct: '自有',
    },
    channel: {
      recommended: '推荐',
      searched: '搜索',
      greeted: '打招呼',
      exchanged: '交换',
      card: '名片',
      delivered: '投递',
      downloaded: '下载',
      emailed: '邮件投递',
      direct: '当面收取',
      campus_exam: '校考',
      referred: '内推',
    },
    stage: {
      new: '新投递',
      reviewed: '已查看',
      interview: '面试',
      offer: '录用意向',
      hired: '已录用',
      rejected: '不合适',
      withdrawn: '候选人退出',
    },
    degree: {
      doctor: '博士',
      master: '硕士',
      bachelor: '本科',
      college: '大专',
      secondary: '中专及高中',
      other: '其他',
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
    platform: {
      zhaopin: 'Zhaopin',
      lagou: 'Lagou',
      wanzhou: 'Wanzhou Rencai',
      qingyun: 'Qingyun Xuangang',
      maimai: 'Maimai',
      direct: 'Own intake',
    },
    channel: {
      recommended: 'Recommended',
      searched: 'Search',
      greeted: 'Greeted',
      exchanged: 'Exchanged',
      card: 'Card',
      delivered: 'Applied',
      downloaded: 'Download',
      emailed: 'By e-mail',
      direct: 'Handed in',
      campus_exam: 'Campus exam',
      referred: 'Referral',
    },
    stage: {
      new: 'New',
      reviewed: 'Reviewed',
      interview: 'Interview',
      offer: 'Offer',
      hired: 'Hired',
      rejected: 'Rejected',
      withdrawn: 'Withdrawn',
    },
    degree: {
      doctor: 'Doctorate',
      master: 'Master',
      bachelor: 'Bachelor',
      college: 'College',
      secondary: 'Secondary',
      other: 'Other',
    },
  },
}
