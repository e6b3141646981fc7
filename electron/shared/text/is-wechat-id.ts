/** Words of the trade that follow 微信 or 加 in resumes and are no id. */
const trade = new Set(
  'android iphone jssdk applet server client mobile native webview openapi backend frontend official payment platform developer program miniprogram mini-program flutter uniapp uni-app golang python javascript typescript nodejs springboot service wechat weixin public moments webpack electron harmony harmonyos redis kafka docker kubernetes spring mybatis'.split(
    ' ',
  ),
)

/**
 * @param link what stands between the keyword and the id
 * @param keyword the word that announces an id
 */
export function isWechatId(link: string, keyword: string, id: string): boolean {
  const announced = /[:=号是为❤♥加]|id/i.test(link) || /[加➕+]/.test(keyword)
  if (/^\d+$/.test(id)) return announced ? id.length >= 6 : id.length >= 9
  // WeChat itself calls saved pictures `WechatIMG138`.
  if (trade.has(id.toLowerCase()) || /^img_?\d+$/i.test(id)) return false
  if (/[\d_]/.test(id)) return true
  if (announced) return true
  const latinKeyword = /^[a-z\s]+$/i.test(keyword)
  // A name of a product is written with a capital; an id nearly never is.
  return latinKeyword ? link.trim() === '' && link !== '' : !id.includes('-') && !/^[A-Z][a-z]/.test(id)
}

const features = new Set(
  'mention actions copilot pages flow desktop enterprise stars star issues webhook webhooks login oauth oauth2 open api bot robot sdk ads marketing shop live server client'.split(
    ' ',
  ),
)

/** Whether what follows `GitHub:` is somebody's account and no part of the product. */
export const isAccountName = (value: string): boolean => !features.has(value.toLowerCase().replace('@', ''))
