import { digitClass, hanDigitClass, looseDigitClass, oneClass, threeToNineClass, zeroClass } from './digits.ts'

const digit = `[${digitClass}]`
const first = `(?:[${oneClass}]|(?<![a-z])[li](?=.{0,3}[${digitClass}]))`
const second = `[${threeToNineClass}]`
/** What people put between the digits of a number, emoji included. */
const betweenClass = '\\s\\-‐-―−_.·•・~/\\\\|,、*()\\[\\]=+…"“”→\\p{So}'
const between = `[${betweenClass}]{0,3}`
/** `138，中间四位是 0013，再 8000`: words that carry on with a number. */
const join =
  '(?:中间|然后|接着|接下来|再来|再加|再接|再|后面|后边|开头|打头|最后|结尾|末尾|末|尾号|尾|前|后|接|转|连着|连|加上|加|横杠|短横|杠|空格|空|followed by|and|then|dash|space)' +
  '(?:[三四八两几]位?)?(?:数字|号码|号|数)?(?:分别)?[是为:的]{0,2}'
const joined = `${between}(?:${join}${between}){0,2}`

/** Anything that is no word, where the digits stand in the usual groups. */
const aside = '[^\\p{L}\\p{N}\\n]{1,6}'

/** Providers whose addresses people write out (`zhang at qq 点 com`). */
const provider =
  '(?:qq|扣扣|vip\\.qq|163|126|gmail|outlook|hotmail|foxmail|sina|sohu|139|189|yeah|icloud|aliyun|yahoo|live|msn)'
// A run of these begins only where no other one ends, which keeps long runs linear.
const local = '(?<![a-z0-9._%+-])[a-z0-9._%+-]+'
const bracketAt = '[([{]\\s?(?:at|@|艾特)\\s?[)\\]}]'
const dot = '(?:\\.|[([{]\\s?(?:dot|点)\\s?[)\\]}]|[。点])'
const urlBody = "[a-z0-9\\-._~:/?#@!$&'*+=%]"
const ending =
  '(?:com|cn|net|org|io|me|cc|co|ly|ai|app|page|top|dev|xyz|site|info|tech|link|vip|club|online|space|blog|pro|wang|ink|fun|tv|gg)'
const domain = `(?:[a-z0-9-]{1,63}\\.){1,4}${ending}`
const base64 = '[a-z0-9+/=%_.-]'
const idLink =
  '(?:号码|同号|账号|帐号|号|名|id|is|加|搜索?|添加|联系|详?聊|我|吧|是|为|[:=\\s()\\[\\]【】「」“”"→>❤♥👉➡~_,.-]){0,6}'
/** Schemes that open a messenger or a payment; what their QR codes hold. */
const scheme =
  '(?:weixin|wxp|wechat|wxwork|mqqapi|mqqwpa|mqq|tencent|alipays?|alipayqr|tg|line|dingtalk|lark|feishu|whatsapp|viber|skype|kakaotalk|snssdk[0-9]{1,6}|xhsdiscover|sinaweibo|bilibili)'
const codeHost =
  '(?:u\\.wechat\\.com|weixin\\.qq\\.com\\/[a-z]|work\\.weixin\\.qq\\.com\\/[a-z]|qm\\.qq\\.com|jq\\.qq\\.com|qr\\.alipay\\.com|wa\\.me|line\\.me|qr\\.dingtalk\\.com|w\\.url\\.cn)'

/**
 * Everything at once; the kinds are the groups' names. A keyword that announces a value stands outside the group
 * `…Value`, which always ends the match.
 */
const sources = {
  qr:
    `data:image\\/[a-z0-9.+-]{1,20}(?:;[a-z0-9=.-]{1,40}){0,3},${base64}{16,}(?:\\s{1,4}${base64}{20,})*(?:\\s{1,4}[a-z0-9+/]{1,19}={1,2})?` +
    `|(?<![a-z0-9])${scheme}:\\/\\/${urlBody}+` +
    `|(?:https?:\\/\\/|(?<![a-z0-9.@/-]))${codeHost}\\/${urlBody}+`,
  link:
    `(?:https?|ftp):\\/\\/${urlBody}+|(?<![a-z0-9])www\\.${urlBody}+` +
    `|(?<![a-z0-9@._-])(?!(?:asp|ado|vb)\\.net|socket\\.io|draw\\.io)${domain}\\/${urlBody}+` +
    '|(?<![a-z0-9-])[a-z0-9-]{1,63}\\.(?:github|gitee)\\.io',
  linkNamed:
    '(?:主页|博客|网站|站点|个人站|网址|作品集?|(?<![a-z])(?:blog|homepage|website|portfolio))(?:地址|链接|网址)?[:\\s是为]{1,4}' +
    `(?<linkValue>${domain}(?![a-z0-9-]))`,
  email:
    `${local}\\s{0,2}(?:@|${bracketAt}|艾特)\\s{0,2}(?:[a-z0-9-]{1,63}${dot}){1,4}[a-z]{2,24}` +
    `|${local}\\s{0,2}(?:@|${bracketAt}|艾特|小老鼠|圈[aA]|#|(?<=\\s)at(?=\\s)|_at_|at)\\s{0,2}${provider}\\s{0,2}(?:[.,。点]|[([{_]?dot[)\\]}_]?|(?<=\\s))\\s{0,2}(?:com|cn|net)(?![a-z])` +
    `|${local}\\sat\\s[a-z0-9-]{1,63}\\sdot\\s(?:${ending}|com\\.cn)(?![a-z])` +
    // An `(at)` in brackets is nothing but an address, whatever its ending.
    `|${local}\\s{0,2}[([{]at[)\\]}]\\s{0,2}[a-z0-9-]{1,63}(?:\\s{0,2}[([{]?dot[)\\]}]?\\s{1,2}[a-z]{2,24}){1,3}(?![a-z])`,
  idNumber: `(?<!${digit})[1-9${hanDigitClass}](?:[\\s-]?${digit}){16}[\\s-]?[${digitClass}x](?!${digit})`,
  idNumberNamed:
    '(?:身份证(?:件)?|证件)(?:号码|号)?[:\\s是为]{0,4}(?<idNumberValue>[1-9](?:[\\s-]?[0-9]){13}(?:(?:[\\s-]?[0-9]){3})?[\\s-]?[0-9x])(?![0-9])',
  passportNamed:
    '(?:护照|通行证|台胞证|回乡证|军官证|(?<![a-z])passport)(?:号码|号|\\s?no\\.?)?[:\\s是为]{0,4}(?<passportValue>[a-z]{1,2}[0-9]{7,9})(?![a-z0-9])',
  qq:
    '(?:(?<![a-z])q\\s?q|[扣抠叩]{2}|企鹅|秋秋|球球(?=号|[:0-9])|(?<![a-z0-9])q(?=\\s?[:号])|(?<=[我加的+➕])q)(?:号码|同号|号|群|邮箱|is|[:=是为加_\\s-]){0,5}' +
    `(?<qqValue>[1-9][0-9]{4,11}|[1-9][0-9]{1,3}(?:[\\s-][0-9]{2,4}){1,3}|[1-9](?:\\s[0-9]){4,11}|[${hanDigitClass}]{5,12}(?![${hanDigitClass}]))(?![0-9])`,
  wechat:
    '(?:[微薇威维徽葳]\\s?信|[微薇威维]\\s?(?=[:❤♥_]|号)|微\\s?(?:x|心)|卫星(?=号|[:\\s_]|[a-z0-9])|绿泡泡|wei\\s?信|(?<![a-z])v\\s?[信❤♥]' +
    '|(?:加|➕|(?<![a-z0-9+])\\+)\\s?(?:个|下|一下)?(?:我|微|薇|卫星|(?<![增追添附]加\\s?)[vw]x?(?![a-z]))' +
    '|(?<![a-z])(?:we\\s?chat|weixin|v\\s?x|w\\s?x|v(?=\\s?[:是])))' +
    `(?<wechatLink>${idLink})(?<wechatValue>[a-z0-9][a-z0-9_-]{5,29}|[a-z0-9](?:\\s[a-z0-9]){4,19})(?![a-z0-9_-])`,
  accountNamed:
    '(?:钉钉|飞书|领英|抖音|小红书|微博|知乎|脉脉|b站|(?<![a-z])(?:telegram|tg|skype|whatsapp|linkedin|github|gitee|csdn|twitter|facebook|instagram|discord|line\\s?id))\\s?(?:账号|帐号|用户名|id|号)?(?:\\s?[:=]\\s?|\\s(?=@))' +
    '(?<accountValue>@?(?=[0-9_.-]*[a-z])(?![0-9.]+[a-z%]?(?![a-z0-9_.-]))[a-z0-9][a-z0-9_.-]{3,31})(?![a-z0-9_./-])',
  mobile:
    '(?<![0-9]|(?:^|[^0-9])0\\.)(?:(?:\\+|00)\\s?86[\\s\\-()_.]{0,3}|\\(\\+?86\\)[\\s-]{0,2}|86[\\s-]{0,2}|0|\\((?=.{3}\\)))?' +
    `${first}${between}${second}(?:${between}[${looseDigitClass}]){9}(?![0-9])`,
  mobileSplit: `(?<![0-9])[${oneClass}]${between}${second}(?:${joined}${digit}){9}(?![0-9])`,
  mobileGrouped: `(?<!${digit})[${oneClass}]${second}${digit}${aside}${digit}{4}${aside}${digit}{4}(?!${digit})`,
  landline:
    `(?<!${digit})(?:\\([${zeroClass}]${digit}{2,3}\\)|[${zeroClass}]${digit}{2,3}|(?:(?:\\+|00)86[\\s-]{0,2}|86[\\s-]{1,2})\\(?0?[1-9][0-9]{1,2}\\)?)[\\s.‐-―−-]{0,2}(?![01])${digit}{3,4}[\\s.-]?${digit}{4}(?:\\s?(?:转|-|ext\\.?|分机)\\s?[0-9]{1,6})?(?!${digit})` +
    '|(?<![0-9])[48]00[\\s-](?:[0-9]{3}[\\s-]?[0-9]{4}|[0-9]{4}[\\s-]?[0-9]{3})(?![0-9])' +
    '|(?:\\+[1-9][0-9]{0,2}|(?<![0-9])00(?:852|853|886|1|44|49|61|65|81|82))(?:[\\s().-]{0,2}[0-9]){6,12}(?![0-9])',
  landlineNamed:
    '(?:电话|座机|固话|传真|热线|(?<![a-z])(?:tel|phone|fax))(?:号码|号|[.:\\s是为]){0,4}(?<landlineValue>[48]00[0-9]{7}|[2-9][0-9]{2,3}[\\s-]?[0-9]{4})(?![0-9])',
} as const

export type PatternName = keyof typeof sources
export const patternNames = Object.keys(sources) as PatternName[]

const patterns = new Map<string, RegExp>()

/**
 * One pattern of these, ready to begin at the start of a text. Each is kept, because making it costs more than a short
 * text (`g`) or at `lastIndex` and nowhere else (`y`). Leaving out what cannot match anywhere changes nothing of what the others find.
 */
export function contactPattern(names: readonly PatternName[], flags: 'g' | 'y' = 'g'): RegExp {
  const key = flags + names.join()
  let pattern = patterns.get(key)
  if (pattern === undefined) {
    const wanted = patternNames.filter((name) => names.includes(name))
    pattern = new RegExp(wanted.map((name) => `(?<${name}>${sources[name]})`).join('|'), `iu${flags}`)
    patterns.set(key, pattern)
  }
  pattern.lastIndex = 0
  return pattern
}

/** Characters that may stand between the digits of a number. */
export const mayStandBetween = new RegExp(`[${betweenClass}]`, 'u')
