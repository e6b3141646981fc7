import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { PatternName } from './contact-patterns.ts'
import { countDigits, digitGroups, hanDigitClass, withPlainDigits } from './digits.ts'
import { isIdNumber } from './is-id-number.ts'
import { isOrdinaryNumber, isYear } from './is-ordinary-number.ts'
import { isAccountName, isWechatId } from './is-wechat-id.ts'

/** What is left of a number that is carried on with words. */
const joiningWord = new RegExp(`(?![${hanDigitClass}])[\\p{Script=Han}a-z]`, 'iu')
const counting = /^\s?[年月日号点人名个元万千百%天次条款家台套页岁k]/i

/** Hotlines have no area code to check; everything else must be a number that can be dialled. */
function isLandline(raw: string): boolean {
  if (/^[48]00[\s-]/.test(raw)) return true
  const plain = withPlainDigits(raw).replace(/^00(?!\d{9}$)|^(?=86[\s-])/, '+')
  const withoutExtension = /^\(?0\d{2,3}\)?[\s.‐-―−-]{0,2}\d{3,4}[\s.-]?\d{4}/.exec(plain)?.[0] ?? plain
  // A Chinese number has nothing but digits for the library; it does not know every hyphen.
  return parsePhoneNumberFromString(withoutExtension.replace(/[^\d+]/g, ' '), 'CN')?.isValid() === true
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
      return isIdNumber(withPlainDigits(raw).replace(/[\s-]/g, ''))
    case 'wechat': {
      const id = groups.wechatValue ?? ''
      const link = groups.wechatLink ?? ''
      return isWechatId(link, raw.slice(0, raw.length - id.length - link.length), id.replace(/\s/g, ''))
    }
    case 'qq': {
      const announced = /[:号=是为]/.test(raw)
      return announced || (/\d{5}$/.test(withPlainDigits(raw)) && !counting.test(after) && !/^\s?\+/.test(after))
    }
    case 'mobile': {
      const bare = raw.replace(/^(?:(?:\+|00)\s?86|\(\+?86\)|86(?=[\s-]?1)|0)[\s\-()_.]*/, '')
      return (
        countDigits(bare) >= (bare.length === 11 || !/[li]/i.test(bare) ? 5 : 7) &&
        !isOrdinaryNumber(bare, digitGroups(bare), after)
      )
    }
    case 'mobileGrouped':
      return (
        !counting.test(after) &&
        !digitGroups(raw).slice(1).every(isYear) &&
        !isOrdinaryNumber(raw, digitGroups(raw), after)
      )
    case 'mobileSplit':
      // Numbers of two lines are two numbers.
      return joiningWord.test(raw) && !raw.includes('\n') && !counting.test(after)
    case 'landline':
      return isLandline(raw)
    case 'accountNamed':
      return isAccountName(groups.accountValue ?? '')
    case 'qr':
    case 'link':
    case 'linkNamed':
    case 'email':
    case 'idNumberNamed':
    case 'passportNamed':
    case 'landlineNamed':
      return true
  }
}
