import type { SyncRole } from '../../shared/domain/sync-records.ts'
import type { PortalLanguage } from '../candidate-portal/language.ts'
import type { PasswordFault } from './password-rules.ts'

type Fault = PasswordFault | 'name_taken' | 'incomplete' | 'rate_limited'

export type JoinWords = {
  readonly brand: string
  readonly other: string
  readonly title: string
  readonly lead: (employer: string, role: string) => string
  readonly until: (time: string) => string
  readonly jobs: (n: number) => string
  readonly company: string
  readonly name: string
  readonly position: string
  readonly positionHint: string
  readonly login: string
  readonly password: string
  readonly passwordHint: string
  readonly join: string
  readonly faults: Readonly<Record<Fault, string>>
  readonly goneTitle: string
  readonly gone: string
  readonly joinedTitle: string
  readonly joined: string
  readonly consentTitle: string
  readonly consent: string
  readonly agree: string
  readonly agreed: string
  readonly resetTitle: string
  readonly resetLead: string
  readonly reset: string
  readonly resetDone: string
  readonly roles: Readonly<Record<SyncRole, string>>
}

const zh: JoinWords = {
  brand: '坦荐 · 邀请',
  other: 'English',
  title: '加入招聘团队',
  lead: (employer, role) => `${employer} 邀请您以「${role}」身份加入。`,
  until: (time) => `链接只能使用一次，${time} 失效。`,
  jobs: (n) => `您将参与其中 ${n} 个职位，权限随职位结束。`,
  company:
    '加入后，您在工作中提交或产生的内容属于企业可查范围：管理员须说明理由才能查看候选人内容，每次查看都会记入日志，您能看到。',
  name: '姓名',
  position: '职务（可不填，视为保密）',
  positionHint: '同事会看到您填写的职务。',
  login: '登录名（至少 3 个字符）',
  password: '密码（至少 10 个字符）',
  passwordHint: '不要求字符组合；不能是登录名、姓名、企业名或常见密码。',
  join: '加入',
  faults: {
    password_short: '密码至少 10 个字符。',
    password_repeated: '密码不能由同样的几个字符反复组成。',
    password_common: '这个密码太常见，请换一个。',
    password_personal: '密码不能是登录名、姓名或企业名。',
    name_taken: '这个登录名已有人使用，请换一个。',
    incomplete: '请填写姓名，以及至少 3 个字符的登录名。',
    rate_limited: '尝试次数太多，请稍后再试。',
  },
  goneTitle: '链接已失效',
  gone: '这个链接已使用、已撤回或已过期。请联系企业管理员重新发送。',
  joinedTitle: '已加入',
  joined: '现在可以在坦荐中登录。完成实名和任职核验之前，看不到任何候选人。',
  consentTitle: '单独同意：实名核验',
  consent:
    '为核验您的真实身份，企业或平台会核对您的姓名和证件。坦荐只保存核验方式、时间和结果，不保存证件号码、证件照片和人脸信息。不同意也可以继续，但不能接触候选人。',
  agree: '同意实名核验',
  agreed: '已记录您的同意。现在可以关闭此页，到坦荐中登录。',
  resetTitle: '设置新密码',
  resetLead: '设置后，其他设备上的登录会全部退出。',
  reset: '保存新密码',
  resetDone: '新密码已保存，请重新登录。',
  roles: {
    hr: '招聘专员',
    headhunter: '猎头',
    interviewer: '面试官',
    admin: '管理员',
    officer: '个人信息保护负责人',
  },
}

const en: JoinWords = {
  brand: 'Candor · Invitation',
  other: '中文',
  title: 'Join the recruiting team',
  lead: (employer, role) => `${employer} invites you to join as ${role}.`,
  until: (time) => `This link works once and ends at ${time}.`,
  jobs: (n) => `You will work on ${n} of its jobs; your rights end with them.`,
  company:
    'What you supply or make at work may be looked at by the company: an administrator has to state a reason to see a candidate’s content, every look is logged, and you can see it.',
  name: 'Name',
  position: 'Title (leave it empty to keep it to yourself)',
  positionHint: 'Colleagues see the title that you enter.',
  login: 'Sign-in name (at least 3 characters)',
  password: 'Password (at least 10 characters)',
  passwordHint: 'Any characters will do; not your sign-in name, your name, the company, or a common password.',
  join: 'Join',
  faults: {
    password_short: 'The password needs at least 10 characters.',
    password_repeated: 'The password may not repeat the same few characters.',
    password_common: 'This password is too common; choose another.',
    password_personal: 'The password may not be your sign-in name, your name or the company.',
    name_taken: 'This sign-in name is taken; choose another.',
    incomplete: 'Enter your name, and a sign-in name of at least 3 characters.',
    rate_limited: 'Too many tries; wait a while.',
  },
  goneTitle: 'This link has ended',
  gone: 'It was used, taken back, or has expired. Ask your administrator for another.',
  joinedTitle: 'You have joined',
  joined: 'You can sign in to Candor now. Until your name and employment were verified you will see no candidate.',
  consentTitle: 'Separate consent: real-name check',
  consent:
    'To verify who you are, the company or a platform compares your name and document. Candor keeps the method, the time and the outcome; never a document’s number or picture, and no face. You may go on without agreeing, but will meet no candidate.',
  agree: 'Agree to the real-name check',
  agreed: 'Your consent is noted. You can close this page and sign in to Candor.',
  resetTitle: 'Choose a new password',
  resetLead: 'Every sign-in on other devices ends with it.',
  reset: 'Save the new password',
  resetDone: 'The new password is saved. Sign in again.',
  roles: {
    hr: 'recruiter',
    headhunter: 'headhunter',
    interviewer: 'interviewer',
    admin: 'administrator',
    officer: 'data protection officer',
  },
}

export const joinWords = (language: PortalLanguage): JoinWords => (language === 'en-US' ? en : zh)
export type JoinFault = Fault
