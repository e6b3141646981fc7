import type { PortalChannel } from '../../../shared/domain/portal-links.ts'
import type { PortalLanguage } from '../language.ts'

export type LinkFormWords = {
  readonly title: string
  readonly lead: string
  readonly account: string
  readonly password: string
  readonly candidate: string
  readonly days: string
  readonly channel: string
  readonly channels: Readonly<Record<PortalChannel, string>>
  readonly make: string
  readonly made: string
  readonly once: string
  readonly wrongPassword: string
  readonly code: string
  readonly wrongCode: string
  readonly needsFactor: string
  readonly wrongRole: string
  readonly wrongPerson: string
}

/** The staff's own page for making a link without a workstation. */
export const linkFormWords: Readonly<Record<PortalLanguage, LinkFormWords>> = {
  'zh-CN': {
    title: '为候选人生成查询链接',
    lead: '只给本人，以本人选择的方式送达；本页不发送。',
    account: '账号',
    password: '密码',
    candidate: '候选人编号（平台所用）',
    days: '有效天数（1–90）',
    channel: '本人选择的方式',
    channels: { chat: '平台沟通', email: '邮件', sms: '短信', wechat: '微信', paper: '纸面', other: '其他' },
    make: '生成链接',
    made: '链接已生成',
    once: '此链接只显示一次；遗失可重新生成。',
    wrongPassword: '账号或密码不对',
    code: '两步验证码（未开启可不填）',
    wrongCode: '两步验证码不正确或已用过',
    needsFactor: '管理员须先在坦荐窗口设置两步验证',
    wrongRole: '只有招聘专员、管理员和个人信息保护负责人可以生成链接',
    wrongPerson: '本公司没有这个编号的候选人',
  },
  'en-US': {
    title: 'Make a candidate’s link',
    lead: 'For the person alone, in the way that they chose; this page sends nothing.',
    account: 'Account',
    password: 'Password',
    candidate: 'Candidate’s number (the platform’s)',
    days: 'Days (1–90)',
    channel: 'Channel that the person chose',
    channels: { chat: 'Chat', email: 'E-mail', sms: 'Text message', wechat: 'WeChat', paper: 'Paper', other: 'Other' },
    make: 'Make the link',
    made: 'The link has been made',
    once: 'It is shown once; a lost link can be made anew.',
    wrongPassword: 'Wrong account or password',
    code: 'Two-step code (leave empty if it is not turned on)',
    wrongCode: 'The two-step code is wrong or was used',
    needsFactor: 'An administrator sets up two-step verification in the window first',
    wrongRole: 'Recruiters, administrators and the protection officer make links',
    wrongPerson: 'This company knows no candidate with this number',
  },
}
