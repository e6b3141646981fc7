/** What else tells who a person is beside contacts, in a text under NFKC. Each finds a whole stretch or its group `value`. */
export type PersonKind = 'person' | 'address' | 'birth' | 'age' | 'trait' | 'number'
export type PersonPattern = { readonly kind: PersonKind; readonly pattern: RegExp }

/** Family names that begin no ordinary word before a title. */
const surname =
  '(?:欧阳|司徒|诸葛|上官|司马|皇甫|尉迟|公孙|慕容|令狐|端木|澹台|轩辕|[王李张刘陈杨赵黄周吴徐孙胡朱郭何罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾韦付夏邹熊孟秦阎薛侯雷龙段郝邵史毛顾贺康钱汤尹黎武乔赖龚])'
const title = '(?:先生|女士|小姐|老师|经理|主任|教授|博士|总监|总(?![结计体共量部线额数监裁包是要会]))'

const personLabel =
  '(?:姓名|名字|曾用名|英文名|联系人|证明人|推荐人|介绍人|担保人|紧急联络人|直属(?:领导|上级|主管)|上级|领导|主管|汇报(?:人|对象)|导师|班主任|辅导员|父亲|母亲|配偶|丈夫|妻子|爱人|负责人)'
const latinPersonLabel = '(?:name|contact(?: person)?|referee|reference|supervisor|manager|reports? to|spouse)'

const hanDigit = '[〇零一二三四五六七八九十两]'
const year = `(?:(?:19|20)\\d{2}|${hanDigit}{4})`
const month = `(?:\\d{1,2}|${hanDigit}{1,3})`

const spoken = '(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)'

/** `g` and `d` throughout: all of them, and where the group stands. */
export const personPatterns: readonly PersonPattern[] = [
  {
    kind: 'person',
    pattern: new RegExp(`${personLabel}\\s?(?:[:=]|是|为)\\s?(?<value>[\\p{Script=Han}·]{2,12})`, 'dgu'),
  },
  {
    kind: 'person',
    pattern: new RegExp(
      `(?<![a-z])${latinPersonLabel}\\s?:\\s?(?<value>[\\p{Script=Latin}'’.-]{2,20}(?: [\\p{Script=Latin}'’.-]{2,20}){0,2})`,
      'dgiu',
    ),
  },
  { kind: 'person', pattern: new RegExp(`${surname}(?:\\p{Script=Han}{1,2})?${title}`, 'dgu') },
  {
    kind: 'address',
    pattern:
      /(?:住址|地址|现住|家住|住在|居住地|通讯处|(?<![a-z])address)\s?[:=是为]?\s?(?<value>[^\n,，;；。|]{4,60})/dgiu,
  },
  {
    kind: 'address',
    pattern:
      /(?:\p{Script=Han}{2,8}?(?:省|自治区|市|区|县|镇|乡)){0,4}[\p{Script=Han}A-Za-z]{1,10}?(?:路|街|大道|巷|弄|胡同|里|村|小区|花园|公寓|家园|新村|苑|大厦)\s?(?:[\d一二三四五六七八九十百]{1,6}|[A-Za-z]\d?)\s?(?:弄|号|幢|栋|座|巷|单元|室|楼|层|组)[\d\p{Script=Han}A-Za-z-]{0,4}?(?:[\dA-Za-z一二三四五六七八九十-]{1,6}\s?(?:号楼|号|幢|栋|座|单元|室|楼|层|户))*/dgu,
  },
  {
    kind: 'birth',
    pattern: new RegExp(
      `(?:出生(?:年月日?|日期|时间)?|生日|生于|诞生|(?<![a-z])(?:birth(?:day|date| date)?|date of birth|born(?: in| on)?|d\\.?o\\.?b\\.?))[^\\d\\n〇零一二三四五六七八九]{0,6}(?<value>${year}\\s?(?:[年./-]?\\s?${month}(?:\\s?[月./-]?\\s?${month}\\s?[日号]?)?月?)?)`,
      'dgiu',
    ),
  },
  {
    kind: 'birth',
    pattern: new RegExp(
      `(?<value>${year}\\s?[年./-]\\s?${month}(?:\\s?[月./-]\\s?(?:${month}\\s?[日号]?)?)?)\\s?(?:出生|生人|生(?=[,，。;；\\s)）]|$))`,
      'dgu',
    ),
  },
  { kind: 'birth', pattern: new RegExp(`(?<value>${year})\\s?年\\s?(?:出生|生人)`, 'dgu') },
  { kind: 'age', pattern: /(?<![\d.])(?<value>[1-7]\d)\s?(?:周岁|岁|(?:years? old|yrs? old))/dgiu },
  { kind: 'age', pattern: /(?:年龄|(?<![a-z])age)\s?[:=]?\s?(?<value>[1-7]\d)(?!\d)/dgiu },
  {
    kind: 'trait',
    pattern:
      /(?:性别|民族|籍贯|户籍(?:所在地)?|户口(?:所在地|性质)?|政治面貌|婚姻(?:状况)?|婚育(?:状况)?|生育(?:状况)?|宗教(?:信仰)?|身高|体重|血型|健康(?:状况)?|(?<![a-z])(?:sex|gender|ethnicity|nationality|marital status|religion))\s?[:=]\s?(?<value>[^\n,，;；。|/]{1,16})/dgiu,
  },
  // Digits that no pattern of contacts knows: cards, accounts, numbers with a digit too many.
  { kind: 'number', pattern: /(?<![\d.])\d{9,}(?!\d)/dgu },
  { kind: 'number', pattern: /(?<![\d.])(?!(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?!\d))\d{7,8}(?![\d.])/dgu },
  { kind: 'number', pattern: /(?<!\d)(?!(?:19|20)\d\d[ -])\d{3,4}(?:[ -]\d{4}){2,4}(?!\d)/dgu },
  { kind: 'number', pattern: /[〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]{7,}/dgu },
  { kind: 'number', pattern: new RegExp(`(?<![a-z])${spoken}(?:[\\s,-]{1,3}${spoken}){5,}(?![a-z])`, 'dgiu') },
]
