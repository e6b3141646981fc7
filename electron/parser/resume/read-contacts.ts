import type { ParsedContact } from '../../shared/domain/intake.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'
import { belief, note } from './reading.ts'
import type { Draft, Source } from './reading.ts'

/** 11 digits of a mainland number, else + and digits. */
const plainPhone = (text: string): string => {
  const folded = text.normalize('NFKC')
  const digits = folded.replace(/\D/g, '')
  const mainland = /^(?:0{0,2}86)?(1[3-9]\d{9})$/.exec(digits)?.[1]
  return mainland ?? (folded.trim().startsWith('+') ? `+${digits}` : digits)
}

/** Where other people's numbers stand. */
const foreign = /(?:推荐人|证明人|紧急联系人|家庭成员|references?|referee|汇报对象|HR|客服|父亲|母亲|配偶)[^\n]{0,40}$/i

/** All contacts of the text; the person's own phone and e-mail go into the draft. */
export function readContacts(source: Source, draft: Draft): readonly ParsedContact[] {
  const names = draft.basics.name ? [draft.basics.name] : []
  const found = findContacts(source.text, names).slice(0, 5_000)
  const own = (kind: ParsedContact['kind']): (typeof found)[number] | undefined => {
    const all = found.filter((contact) => contact.kind === kind)
    const others = (start: number): boolean => foreign.test(source.text.slice(Math.max(0, start - 60), start))
    return all.find((contact) => !others(contact.start))
  }
  const phone = own('phone') ?? own('landline')
  if (phone) {
    draft.basics.phone = plainPhone(phone.text)
    note(draft, 'phone', phone.kind === 'phone' ? belief.labelled : belief.placed, phone)
  }
  // 微信同号: the phone number is the WeChat id.
  const same = /微信\s*(?:号)?\s*(?:同号|同手机|同上|同电话)|(?:手机|电话)\s*\/\s*微信|同微信/.exec(source.text)
  if (phone && same && !draft.cn.wechat) {
    draft.cn.wechat = draft.basics.phone
    note(draft, 'wechat', belief.shaped, { start: same.index, end: same.index + same[0].length })
  }
  const email = own('email')
  if (email) {
    draft.basics.email = email.text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
    note(draft, 'email', belief.labelled, email)
  }
  const wechat = own('wechat')
  if (wechat && !draft.cn.wechat) {
    draft.cn.wechat = wechat.text
    note(draft, 'wechat', belief.shaped, wechat)
  }
  // 微信 abc_123 without a colon.
  const bare = /(?:微信号?|wechat|weixin)\s{1,3}([A-Za-z][\w-]{5,19})(?![\w@-])/i.exec(source.text)
  if (bare?.[1] && !draft.cn.wechat) {
    draft.cn.wechat = bare[1]
    const end = bare.index + bare[0].length
    note(draft, 'wechat', belief.placed, { start: end - bare[1].length, end })
  }
  const link = own('link')
  if (link) draft.basics.url = link.text
  return found.map(({ kind, text, start, end }) => ({ kind, value: text.slice(0, 500), start, end }))
}
