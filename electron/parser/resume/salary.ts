const amount = '(\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?) *(万|千|[kKwW](?![a-z]))?'
const pattern = new RegExp(`${amount} *(?:元|rmb|￥|¥)? *(?:(?:-{1,2}|[–—~～]|至|到|to) *[￥¥]? *${amount})?`, 'i')

const factors: Readonly<Record<string, number>> = { 万: 10_000, w: 10_000, 千: 1_000, k: 1_000 }

/**
 * Yuan a month of a salary as people write it: 15k-25k, 15-25K·14薪, 8000-10000元/月, 年薪30-40万, 1.5-2万. Extra months
 * (14薪) do not raise the month. Undefined for 面议 and for figures that are no salary.
 * @param yearly - the label says that the figure is a year's
 */
export function readSalary(text: string, yearly = false): readonly [number, number] | undefined {
  const match = pattern.exec(text.replaceAll('，', ','))
  if (!match) return undefined
  const [, lowText = '', lowUnit, highText, highUnit] = match
  const number = (digits: string, unit: string | undefined): number =>
    Number(digits.replaceAll(',', '')) * (factors[(unit ?? '').toLowerCase()] ?? 1)
  // 15-25K: the unit stands once, behind.
  let low = number(lowText, lowUnit ?? highUnit)
  let high = highText === undefined ? low : number(highText, highUnit ?? lowUnit)
  const perYear =
    yearly || /[/每]\s*年|年薪|annual|(?:per|a|\/) *(?:year|annum)|p\.?a\.?\b/i.test(text)
      ? !/[/每]\s*月|月薪|month/i.test(text)
      : // Nobody asks for 300,000 a month in "30万" without saying a month.
        /[万w]/i.test(lowUnit ?? highUnit ?? '') && low >= 100_000 && !/月|month/i.test(text)
  if (perYear) {
    low /= 12
    high /= 12
  }
  if (high < low || low < 500 || high > 1_000_000) return undefined
  return [Math.round(low), Math.round(high)]
}
