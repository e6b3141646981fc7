/** Beginnings of all keywords that announce a contact, with no condition of what stands around them. */
const beginnings = [
  ...['主页', '博客', '网站', '站点', '个人站', '网址', '作品', 'blog', 'homepage', 'website', 'portfolio'],
  ...['身份证', '证件', '护照', '通行证', '台胞证', '回乡证', '军官证', 'passport'],
  ...['q\\s?[q:号]', '[我加的+➕]q', '[扣抠叩]{2}', '企鹅', '秋秋', '球球'],
  ...['[微薇威维徽葳]\\s?[信❤♥:号x心_]', '卫星', '绿泡泡', 'wei\\s?信', '[vw]\\s?[信❤♥x:是]', 'we\\s?chat', 'weixin'],
  '[加➕+]\\s?(?:个|下|一下)?[我微薇卫vw]',
  ...[
    'tg',
    '钉钉',
    '飞书',
    '领英',
    '抖音',
    '小红书',
    '微博',
    '知乎',
    '脉脉',
    'b站',
    'telegram',
    'skype',
    'whatsapp',
    'linkedin',
  ],
  ...['github', 'gitee', 'csdn', 'twitter', 'facebook', 'instagram', 'discord', 'line\\s?id'],
  ...['电话', '座机', '固话', '传真', '热线', 'tel', 'phone', 'fax'],
]

const atHand = new RegExp(beginnings.join('|'), 'iy')

/** Whether a keyword begins here. */
export function isKeywordAt(text: string, at: number): boolean {
  atHand.lastIndex = at
  return atHand.test(text)
}

/** First and second characters of keywords: a look at two characters spares the look at all words. */
export const keywordLead =
  /[主我的博网站个作bhwp身证护通台回军q扣抠叩企秋球微薇威维徽葳卫绿v加➕+钉飞领抖小知脉tslgcfid电座固传热]/i
export const keywordSecond =
  /[\s是g页客站点人址品loeo份件照行胞乡官a扣抠叩:号q鹅秋球信❤♥x心_星泡i个下一我微薇卫vw钉书英音红博乎脉站kihntwsc话机真线]/i

const provider =
  '(?:qq|扣扣|vip|163|126|gmail|outlook|hotmail|foxmail|sina|sohu|139|189|yeah|icloud|aliyun|yahoo|live|msn)'
/** What every address and link holds, from a character that is rare elsewhere. */
const markAtHand = new RegExp(
  `[@/]|艾特|小老鼠|圈a|[#t_\\])}]\\s{0,2}${provider}|[([{]\\s?at|t(?<=\\sat)\\s|\\.(?:(?<=www\\.)|(?<=hub\\.|ee\\.)io)`,
  'iy',
)

/** Whether the sign or word of an address or a link stands here. */
export function isAddressMarkAt(text: string, at: number): boolean {
  markAtHand.lastIndex = at
  return markAtHand.test(text)
}

/** First characters of those. */
export const addressMark = /[@/艾小圈#t_\])}([{.]/i
