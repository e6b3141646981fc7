import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { isIdNumber } from './is-id-number.ts'

/** Written digits, also as Chinese numerals, and the letter O that stands in for zero. */
const digit = '[0-9零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]'
const looseDigit = digit.replace('[', '[o')
const first = '[1一幺壹]'
const second = '[3-9三四五六七八九叁肆伍陆柒捌玖]'
const between = '[\\s\\-‐-―_.·•~/\\\\|,、*()\\[\\]=+]{0,3}'
/** Providers whose addresses people write out (`zhang at qq 点 com`). */
const provider =
  '(?:qq|vip\\.qq|163|126|gmail|outlook|hotmail|foxmail|sina|sohu|139|189|yeah|icloud|aliyun|yahoo|live|msn)'
const local = '(?<![a-z0-9._%+-])[a-z0-9_][a-z0-9._%+-]{0,63}'
const urlBody = "[a-z0-9\\-._~:/?#@!$&'*+=%]"
const idLink = '(?:号码|同号|账号|帐号|号|id|加|搜索?|添加|是|为|[:=\\s(→>❤♥]){0,6}'

/**
 * Everything at once; the kinds are the groups' names. A keyword that announces a value stands outside the group, which
 * always ends the match.
 */
const sources = {
  link:
    `(?:https?:\\/\\/|(?<![a-z0-9])www\\.)${urlBody}+` +
    `|(?<![a-z0-9@._-])(?!(?:asp|ado|vb)\\.net|socket\\.io|draw\\.io)(?:[a-z0-9-]{1,63}\\.){1,4}(?:com|cn|net|org|io|me|cc|top|dev|xyz|site|info|tech|link|vip)\\/${urlBody}+` +
    '|(?<![a-z0-9-])[a-z0-9-]{1,63}\\.(?:github|gitee)\\.io',
  email:
    `${local}\\s{0,2}(?:@|[([{]at[)\\]}])\\s{0,2}(?:[a-z0-9-]{1,63}(?:\\.|[([{]dot[)\\]}])){1,4}[a-z]{2,24}` +
    `|${local}\\s{0,2}(?:@|[([{]at[)\\]}]|艾特|#|(?<=\\s)at(?=\\s)|at)\\s{0,2}${provider}\\s{0,2}(?:[.。点]|[([{]?dot[)\\]}]?)\\s{0,2}(?:com|cn|net)(?![a-z])` +
    // An `(at)` in brackets is nothing but an address, whatever its ending.
    `|${local}\\s{0,2}[([{]at[)\\]}]\\s{0,2}[a-z0-9-]{1,63}(?:\\s{0,2}[([{]?dot[)\\]}]?\\s{1,2}[a-z]{2,24}){1,3}(?![a-z])`,
  idNumber: '(?<![0-9])[1-9](?:[\\s-]?[0-9]){16}[\\s-]?[0-9x](?![0-9])',
  idNumberNamed: '身份证(?:件)?(?:号码|号)?[:\\s是为]{0,4}(?<idNumberValue>[1-9][0-9]{13}(?:[0-9]{3})?[0-9x])(?![0-9])',
  qq: '(?:(?<![a-z])q\\s?q|扣扣|企鹅|秋秋|(?<![a-z0-9])q(?=\\s?[:号]))(?:号码|号|群|邮箱|[:=是为\\s]){0,5}(?<qqValue>[1-9][0-9]{4,11})(?![0-9])',
  wechat:
    '(?:[微薇威维]\\s?信|[微薇]\\s?(?=[:❤♥]|号)|微\\s?x|(?<![a-z])v\\s?信|加(?:我|微|薇|v(?![a-z]))|(?<![a-z])(?:wechat|weixin|v\\s?x|w\\s?x|v(?=\\s?:)))' +
    `(?<wechatLink>${idLink})(?<wechatValue>[a-z0-9][a-z0-9_-]{5,29})(?![a-z0-9_-])`,
  accountNamed:
    '(?:钉钉|飞书|领英|抖音|小红书|微博|(?<![a-z])(?:telegram|skype|whatsapp|linkedin))\\s?(?:账号|帐号|号|id)?\\s?[:=]\\s?(?<accountValue>@?[a-z0-9][a-z0-9_.-]{3,31})',
  mobile: `(?<![0-9]|(?:^|[^0-9])0\\.)(?:(?:\\+|00)\\s?86[\\s\\-)]{0,3}|\\(\\+?86\\)[\\s-]{0,2}|86[\\s-]{0,2}|0|\\((?=.{3}\\)))?${first}${between}${second}(?:${between}${looseDigit}){9}(?![0-9])`,
  mobileSplit: `(?<![0-9])1[3-9][0-9](?:[^0-9\\n]{1,10}[0-9]{4}[^0-9\\n]{1,10}[0-9]{4}|[^0-9\\n]{1,10}[0-9]{8}|[0-9]{4}[^0-9\\n]{1,10}[0-9]{4})(?![0-9])`,
  landline:
    '(?<![0-9])(?:\\(0[0-9]{2,3}\\)|0[0-9]{2,3})[\\s-]{0,2}[2-9][0-9]{2,3}[\\s-]?[0-9]{4}(?:\\s?(?:转|-|ext\\.?|分机)\\s?[0-9]{1,6})?(?![0-9])' +
    '|(?<![0-9])[48]00-(?:[0-9]{3}-?[0-9]{4}|[0-9]{4}-?[0-9]{3})(?![0-9])' +
    '|\\+[1-9][0-9]{0,2}(?:[\\s().-]{0,2}[0-9]){6,12}(?![0-9])',
  landlineNamed:
    '(?:电话|座机|固话|传真|热线|(?<![a-z])(?:tel|phone|fax))(?:号码|号|[.:\\s是为]){0,4}(?<landlineValue>[2-9][0-9]{2,3}[\\s-]?[0-9]{4})(?![0-9])',
} as const

export type PatternName = keyof typeof sources

const pattern = new RegExp(
  Object.entries(sources)
    .map(([name, source]) => `(?<${name}>${source})`)
    .join('|'),
  'giu',
)

/** The pattern, ready to begin at the start of a text. There is one, because making it costs more than a short text. */
export function contactPattern(): RegExp {
  pattern.lastIndex = 0
  return pattern
}

const values = new Map(
  [...'零〇o一二三四五六七八九'].map((character, index) => [character, String(Math.max(0, index - 2))] as const),
)
for (const [index, character] of [...'幺贰叁肆伍陆柒捌玖'].entries()) values.set(character, String(index + 1))
values.set('壹', '1')

const isDigit = (character: string): boolean => /[0-9]/.test(character) || values.has(character.toLowerCase())

/** Groups of digits of a match, numerals read as digits: `一38-0013` → `['138', '0013']`. */
function digitGroups(raw: string): string[] {
  let out = ''
  for (const character of raw) out += isDigit(character) ? (values.get(character.toLowerCase()) ?? character) : ' '
  return out.split(/ +/).filter((group) => group !== '')
}

/** Years, months, addresses of machines and amounts that happen to have eleven digits. */
function isOrdinaryNumber(raw: string, groups: readonly string[], after: string): boolean {
  const [head = '', next = ''] = groups
  if (/^19[4-9]\d$/.test(head) && groups.length > 1 && (Number(next) <= 12 || /^(?:19|20)\d\d$/.test(next))) return true
  if (
    groups.length === 4 &&
    /^\d+(?:\.\d+){3}$/.test(raw) &&
    groups.every((group) => String(Number(group)) === group && Number(group) < 256)
  )
    return true
  if (/^\d{1,3}(?:,\d{3})+$/.test(raw)) return true
  if (groups.length === 2 && groups.every((group) => group.endsWith('000')) && /[-~]/.test(raw)) return true
  if (raw.includes('\n') && groups.map((group) => group.length).join() !== '3,4,4') return true
  return groups.length === 1 && /^\s?(?:元|万元|字节|byte|毫秒|微秒)/i.test(after)
}

const joining = /中间|然后|接着|接下来|再|后面|后四|后八|前三|前七|最后|末|尾|转|连|加|是|and|then/i
const counting = /^\s?[年月日号点人名个元万千百%天次条款家台套页岁k]/i

function isSplitMobile(raw: string): boolean {
  const gaps = raw.split(/\d+/).filter((gap) => gap !== '')
  return gaps.some((gap) => joining.test(gap)) && !gaps.some((gap) => counting.test(gap))
}

/** Words of the trade that follow 微信 in resumes and are no id. */
const trade = new Set(
  'android iphone jssdk applet server client mobile native webview openapi backend frontend official payment platform developer program miniprogram mini-program flutter uniapp uni-app golang python javascript typescript nodejs springboot service wechat weixin public moments'.split(
    ' ',
  ),
)

function isWechatId(link: string, keyword: string, id: string): boolean {
  const announced = /[:=号是为❤♥加]|id/i.test(link) || keyword.includes('加')
  if (/^\d+$/.test(id)) return announced ? id.length >= 6 : id.length >= 9
  if (trade.has(id.toLowerCase())) return false
  if (/[\d_]/.test(id)) return true
  const latinKeyword = /^[a-z\s]+$/i.test(keyword)
  return announced || (!latinKeyword && !id.includes('-')) || (latinKeyword && link.trim() === '' && link !== '')
}

/** Hotlines have no area code to check; everything else must be a number that can be dialled. */
function isLandline(raw: string): boolean {
  if (/^[48]00-/.test(raw)) return true
  const withoutExtension = /^\(?0\d{2,3}\)?[\s-]{0,2}\d{3,4}[\s-]?\d{4}/.exec(raw)?.[0] ?? raw
  return parsePhoneNumberFromString(withoutExtension, 'CN')?.isValid() === true
}

/** Whether what a pattern found is what it looks like. `after` is the text behind the match. */
export function isPlausible(
  name: PatternName,
  raw: string,
  groups: Readonly<Record<string, string | undefined>>,
  after: string,
): boolean {
  switch (name) {
    case 'idNumber':
      return isIdNumber(raw.replace(/[\s-]/g, ''))
    case 'wechat': {
      const id = groups.wechatValue ?? ''
      const link = groups.wechatLink ?? ''
      return isWechatId(link, raw.slice(0, raw.length - id.length - link.length), id)
    }
    case 'qq':
      return /[:号=是为]/.test(raw) || (!counting.test(after) && !/^\s?\+/.test(after))
    case 'mobile': {
      const bare = raw.replace(/^(?:(?:\+|00)\s?86|\(\+?86\)|86(?=[\s-]?1)|0)[\s\-)]*/, '')
      return !isOrdinaryNumber(bare, digitGroups(bare), after)
    }
    case 'mobileSplit':
      return isSplitMobile(raw)
    case 'landline':
      return isLandline(raw)
    case 'link':
    case 'email':
    case 'accountNamed':
    case 'idNumberNamed':
    case 'landlineNamed':
      return true
  }
}
