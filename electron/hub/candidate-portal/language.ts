export const portalLanguages = ['zh-CN', 'en-US'] as const
export type PortalLanguage = (typeof portalLanguages)[number]

const languageOf = (tag: string): PortalLanguage | undefined => {
  const primary = tag.trim().toLowerCase().split('-')[0]
  return portalLanguages.find((language) => language.toLowerCase().startsWith(`${primary}-`))
}

/** What was chosen on the page, else the first that the browser asks for and the page can speak (RFC 9110 §12.5.4), else Chinese. */
export const chooseLanguage = (chosen: string | undefined, accept: string | undefined): PortalLanguage => {
  const asked = (accept ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';')
      const weight = Number(parameters.find((one) => one.trim().startsWith('q='))?.split('=')[1] ?? 1)
      return { language: languageOf(tag), weight: Number.isFinite(weight) ? weight : 0 }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((left, right) => right.weight - left.weight)
    .find(({ language }) => language !== undefined)?.language
  return portalLanguages.find((language) => language === chosen) ?? asked ?? 'zh-CN'
}
