import type { Random } from './random.ts'

/** Invented people. Numbers lie in ranges that carriers use; nobody in particular is meant. */
export type SandboxPerson = {
  readonly name: string
  /** Surname + 某: what a platform shows before anything was disclosed. */
  readonly alias: string
  readonly sex: 'male' | 'female'
  readonly phone: string
  readonly email: string
  readonly wechat: string
}

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
]
const compound = ['欧阳', '司马', '诸葛', '上官', '慕容', '皇甫', '令狐', '端木']
const maleGiven = [
  '浩然',
  '子轩',
  '宇航',
  '志强',
  '建国',
  '伟',
  '磊',
  '俊杰',
  '文博',
  '思远',
  '明哲',
  '嘉诚',
  '鹏飞',
  '国栋',
  '一鸣',
  '凯',
  '瑞',
  '泽宇',
  '家豪',
  '振华',
  '晓东',
  '永康',
  '立新',
  '承志',
]
const femaleGiven = [
  '雨桐',
  '欣怡',
  '梓涵',
  '静',
  '丽娜',
  '晓燕',
  '婷',
  '佳琪',
  '思雨',
  '雅婷',
  '若曦',
  '美玲',
  '秀英',
  '芳',
  '颖',
  '诗涵',
  '慧敏',
  '可欣',
  '玉兰',
  '海燕',
  '晨曦',
  '文静',
  '琳',
  '嘉怡',
]
const rare: ReadonlyArray<readonly [name: string, alias: string, sex: 'male' | 'female']> = [
  ['阿依古丽·买买提', '阿某', 'female'],
  ['古丽巴哈尔·阿卜杜热合曼', '古某', 'female'],
  ['买合木提江·阿不都热依木', '买某', 'male'],
  ['扎西多吉', '扎某', 'male'],
  ['次仁卓玛', '次某', 'female'],
  ['乌云其木格', '乌某', 'female'],
  ['巴特尔·额尔德尼', '巴某', 'male'],
  ['Emily Chen', 'E某', 'female'],
  ['Christopher van der Berg', 'C某', 'male'],
  ['Nguyen Thi Minh Chau', 'N某', 'female'],
]
const prefixes = [
  '130',
  '131',
  '133',
  '135',
  '136',
  '138',
  '139',
  '150',
  '151',
  '156',
  '158',
  '159',
  '166',
  '170',
  '176',
  '177',
  '180',
  '182',
  '185',
  '186',
  '188',
  '191',
  '199',
]
const mailHosts = ['163.example', 'qq.example', 'mail.example', 'outlook.example']
const syllables = [
  'chen',
  'lin',
  'xiao',
  'yu',
  'hao',
  'wei',
  'ming',
  'jia',
  'tian',
  'rui',
  'feng',
  'bei',
  'qing',
  'yun',
]

export const makePerson = (random: Random, number: number): SandboxPerson => {
  const named = makeName(random, number)
  const handle = `${random.pick(syllables)}${random.pick(syllables)}${random.int(10, 9999)}`
  return {
    ...named,
    phone: `${random.pick(prefixes)}${String(random.int(0, 99_999_999)).padStart(8, '0')}`,
    email: `${handle}@${random.pick(mailHosts)}`,
    wechat: random.chance(0.5) ? `wx_${handle}` : `${handle}_`.slice(0, 18),
  }
}

const makeName = (random: Random, number: number): Pick<SandboxPerson, 'name' | 'alias' | 'sex'> => {
  const sex = random.chance(0.5) ? 'male' : 'female'
  if (number % 29 === 7) {
    const [name, alias, own] = rare[Math.floor(number / 29) % rare.length] ?? random.pick(rare)
    return { name, alias, sex: own }
  }
  const surname = number % 23 === 4 ? random.pick(compound) : random.pick(surnames)
  const given = random.pick(sex === 'male' ? maleGiven : femaleGiven)
  return { name: surname + given, alias: `${surname}某`, sex }
}

const chineseDigits = [...'零一二三四五六七八九']

/** How people hide a contact in a free text; each form must be found and masked. */
export const hiddenContacts: ReadonlyArray<(person: SandboxPerson) => string> = [
  (person) => `有意请致电${person.phone}，随时方便。`,
  (person) => `加微信：${person.wechat} 详聊，平台消息回复较慢。`,
  (person) => `联系邮箱 ${person.email}（工作日查收）。`,
  (person) =>
    `电话：${[...person.phone].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join('')}。`,
  (person) => `手机 ${[...person.phone].map((digit) => chineseDigits[Number(digit)] ?? '').join('')}，谢谢。`,
  (person) => `V信 ${person.phone.slice(0, 3)} ${person.phone.slice(3, 7)} ${person.phone.slice(7)} 同号。`,
  (person) => `vx: ${person.wechat}，q我也行。`,
  (person) => `邮箱 ${person.email.replace('@', ' (at) ').replace('.', ' dot ')}。`,
]
