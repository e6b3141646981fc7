import type { PaperLanguage } from '../domain/disclosure.ts'
import type { PortalChannel } from '../domain/portal-links.ts'

export type LinkWords = {
  readonly employer: string
  readonly link: string
  /** Milliseconds since 1970; told as a day in Asia/Shanghai. */
  readonly until: number
}

const day = (at: number, language: PaperLanguage): string =>
  new Intl.DateTimeFormat(language, { timeZone: 'Asia/Shanghai', dateStyle: 'long' }).format(at)

/** A text message is paid by its length. */
const short: ReadonlySet<PortalChannel> = new Set(['sms', 'wechat'])

const texts = {
  'zh-CN': {
    short: ({ employer, link }: LinkWords, until: string) =>
      `【${employer}】这是您本人查看简历访问记录、提出请求和管理同意的页面，${until} 前有效，请勿转发：${link}`,
    long: ({ employer, link }: LinkWords, until: string) => `您好：

按您选择的方式，发送查看本公司（${employer}）如何使用您简历的页面：
${link}

在这里可以看到谁在何时、为什么岗位查看过什么，被拒绝的查看，副本保留到何时；也可以提出查询、复制、更正、删除等请求，给予或撤回同意。
此链接只供您本人使用，${until} 前有效；不要转发，可随时在页面上停用。`,
  },
  'en-US': {
    short: ({ employer, link }: LinkWords, until: string) =>
      `${employer}: your own page to see who looked at your resume, make requests and manage consents. Valid until ${until}; please do not forward: ${link}`,
    long: ({ employer, link }: LinkWords, until: string) => `Hello,

In the way that you chose, here is the page that shows how ${employer} uses your resume:
${link}

It tells who looked at what, when and for which position, what was refused, and until when copies are kept. You can ask for access, a copy, a correction or deletion there, and give or withdraw consents.
The link is for you alone and valid until ${until}. Please do not forward it; you can end it on the page at any time.`,
  },
} as const

/** What to send a link with. It names nobody: the sender may know no more of the person than a masked name. */
export const linkText = (words: LinkWords, channel: PortalChannel, language: PaperLanguage): string =>
  texts[language][short.has(channel) ? 'short' : 'long'](words, day(words.until, language))
