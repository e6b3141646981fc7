import type { SyncRole } from '../../shared/domain/sync-records.ts'
import type { Core } from '../context.ts'

type Invitation = { readonly link: string; readonly role: SyncRole; readonly until: number }
type Language = 'zh-CN' | 'en-US'

/** The one made last, for as long as this process runs: the hub keeps a link's hash alone, and the page writes no file. */
const made = new WeakMap<Core, Invitation>()
export const keepInvitation = (core: Core, invitation: Invitation): void => void made.set(core, invitation)
export const keptInvitation = (core: Core): Invitation | undefined => made.get(core)

const roles: Readonly<Record<Language, Readonly<Record<SyncRole, string>>>> = {
  'zh-CN': {
    hr: '招聘专员',
    headhunter: '猎头',
    interviewer: '面试官',
    admin: '管理员',
    officer: '个人信息保护负责人',
  },
  'en-US': {
    hr: 'recruiter',
    headhunter: 'headhunter',
    interviewer: 'interviewer',
    admin: 'administrator',
    officer: 'data protection officer',
  },
}
const words: Readonly<Record<Language, (employer: string, role: string, time: string) => readonly string[]>> = {
  'zh-CN': (employer, role, time) => [
    '你好：',
    `${employer} 邀请你以「${role}」身份加入坦荐。请在 ${time} 前打开下面的链接设置账号，链接只能使用一次。`,
    '加入页面会先说明企业可以查看什么，再单独征求你对实名核验的同意。',
  ],
  'en-US': (employer, role, time) => [
    'Hello,',
    `${employer} invites you to Candor as ${role}. Open the link below before ${time} to set up your account; it works once.`,
    'The page says first what the company may look at, and asks separately for your consent to the real-name check.',
  ],
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The letter that goes with an invitation: it names nobody but the enterprise, because whoever gets it is not known here. */
export const invitationLetter = (
  { link, role, until }: Invitation,
  employer: string,
  as: 'txt' | 'html',
  language: Language,
): string => {
  // Shanghai time, to the minute.
  const time = `${new Date(until + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')} (UTC+8)`
  const lines = words[language](employer, roles[language][role], time)
  if (as === 'txt') return `${[...lines, '', link].join('\n')}\n`
  const body = lines.map((line) => `<p>${escape(line)}</p>`).join('\n')
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<title>${escape(employer)}</title>
<style>body{max-width:36em;margin:2em auto;padding:0 1em;font:16px/1.6 sans-serif}a{overflow-wrap:anywhere}</style>
${body}
<p><a href="${escape(link)}">${escape(link)}</a></p>
</html>
`
}
