export type Sex = 'male' | 'female'

/** Two-character family names still in use; any other Chinese name starts with a family name of one character. */
const compoundSurnames = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 ' +
    '长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 ' +
    '南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 ' +
    '即墨 达奚 褚师 纳兰 歐陽 司馬 東方 獨孤 南宮 諸葛 尉遲 赫連 鍾離 長孫 軒轅 納蘭'
  ).split(' '),
)

const hanName = /^\p{Script=Han}/u

/**
 * The family name: one character, a compound one, or the last word of a name in Latin letters. A name with `·` has no family
 * name; what stands before the dot is the person's own, so one character of it is all that shows.
 */
function surnameOf(name: string): string {
  if (!hanName.test(name)) {
    const words = name.split(/\s+/u)
    return words.length > 1 ? (words.at(-1) ?? '') : (words[0] ?? '').slice(0, 1)
  }
  const characters = [...name]
  const pair = characters.slice(0, 2).join('')
  if (/[·•・.]/u.test(name)) return characters[0] ?? ''
  return characters.length > 2 && compoundSurnames.has(pair) ? pair : (characters[0] ?? '')
}

/** `张**`, `欧阳**`, `Zhang ***`: the length of the given name does not show. */
export function maskName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '') return '***'
  return hanName.test(trimmed) ? `${surnameOf(trimmed)}**` : `${surnameOf(trimmed)} ***`
}

/**
 * An alias: `张某` while sex is hidden (`sex` = null, K20), else `张先生` or `张女士`. Pass a sex only when its own decision is
 * `see`. Latin names: `Zhang X.`
 */
export function aliasOf(name: string, sex: Sex | null): string {
  const trimmed = name.trim()
  if (trimmed === '') return '某'
  if (!hanName.test(trimmed)) {
    const title = sex === null ? '' : sex === 'male' ? 'Mr ' : 'Ms '
    return sex === null ? `${surnameOf(trimmed)} X.` : `${title}${surnameOf(trimmed)}`
  }
  return `${surnameOf(trimmed)}${sex === null ? '某' : sex === 'male' ? '先生' : '女士'}`
}

/** `138****5678`; a landline or a foreign number keeps two digits at its ends, a short one none. */
export function maskPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\D/gu, '')
  const mobile = /^(?:00)?(?:86)?(1\d{2})\d{4}(\d{4})$/u.exec(digits)
  if (mobile) return `${mobile[1]}****${mobile[2]}`
  return digits.length >= 7 ? `${digits.slice(0, 2)}****${digits.slice(-2)}` : '******'
}

/** `zh***@***.com`: the provider is hidden too, a small company's domain names its owner. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 1) return '***@***'
  const local = email.slice(0, at)
  const ending = /\.([a-z]{2,})$/iu.exec(email)
  return `${local.slice(0, local.length > 3 ? 2 : 1)}***@***${ending ? `.${ending[1]}` : ''}`
}

/** `zh****` */
export function maskWechat(id: string): string {
  return id.length >= 6 ? `${id.slice(0, 2)}****` : '******'
}

/** Five-year band of an age in full years: 27 → `{from: 25, to: 29}` (K21). */
export function ageBand(ageYears: number): { readonly from: number; readonly to: number } {
  const from = Math.floor(Math.max(0, ageYears) / 5) * 5
  return { from, to: from + 4 }
}

const municipality = /^(?:中国)?(北京|上海|天津|重庆)/u
const prefecture =
  /^(?:中国)?(?:\p{Script=Han}{2,8}?(?:省|自治区|特别行政区))?(\p{Script=Han}{2,10}?)(?:市|自治州|地区|盟)/u
const ending = /[区县镇乡路街道号村弄]/u

/** City of an address, without its ending: `广东省深圳市南山区…` → `深圳`. Null when no city can be told from a street. */
export function cityOf(address: string): string | null {
  const text = address.normalize('NFKC').trim()
  const direct = municipality.exec(text)
  if (direct?.[1]) return direct[1]
  const found = prefecture.exec(text)
  if (found?.[1]) return found[1]
  const first = text.split(/[\s,，、/·-]+/u)[0] ?? ''
  return /^\p{Script=Han}{2,4}$/u.test(first) && !ending.test(first) ? first : null
}
