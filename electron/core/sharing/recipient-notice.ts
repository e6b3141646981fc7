import type { PaperLanguage } from '../../shared/domain/disclosure.ts'
import { printTime } from '../disclosure/pdf/print-words.ts'

type Ended = { readonly id: string; readonly at: number; readonly recipient: string; readonly endedAt: number }

/** The number by which both sides call what was given: it stands with what was handed over and says nothing of the person. */
export const shareNumber = (id: string): string => `S-${id.slice(0, 8).toUpperCase()}`

const words = {
  'zh-CN': (number: string, one: Ended, employer: string) => `${one.recipient}：

我方（${employer}）于 ${printTime(new Date(one.at).toISOString())} 向贵方提供了一份个人信息，编号 ${number}。
提供所依据的单独同意已于 ${printTime(new Date(one.endedAt).toISOString())} 终止。

请贵方立即停止使用，删除该编号下的全部信息及其副本，不得再向他人提供，并书面告知我方删除时间。法律另有规定必须保存的，请说明依据、范围和期限。

${employer}
`,
  'en-US': (number: string, one: Ended, employer: string) => `To ${one.recipient}

On ${printTime(new Date(one.at).toISOString())} we (${employer}) gave you personal data under the number ${number}.
The separate consent that this rested on ended on ${printTime(new Date(one.endedAt).toISOString())}.

Please stop using them at once, delete everything under this number with all copies, pass nothing on, and tell us in writing when it was done. Where a law makes you keep something, name the law, what is kept and until when.

${employer}
`,
} as const

/** What the recipient is told once a share has ended; it names nobody. */
export const recipientNotice = (one: Ended, employer: string, language: PaperLanguage): string =>
  words[language](shareNumber(one.id), one, employer)
