import { findContacts, type ContactKind } from './find-contacts.ts'

/** Kinds of words that a supervised consultation neither sends nor shows (QY-24). */
export const sensitiveKinds = ['phone', 'wechat', 'id', 'bank', 'payment'] as const
export type SensitiveKind = (typeof sensitiveKinds)[number]

/** A contact of any way to be reached belongs to the kind that stands for it. */
const kindOf: Readonly<Partial<Record<ContactKind, SensitiveKind>>> = {
  phone: 'phone',
  landline: 'phone',
  email: 'phone',
  wechat: 'wechat',
  qq: 'wechat',
  qr: 'wechat',
  id_number: 'id',
}

/** 12 to 19 digits in a row, however they are grouped: a bank card, whose check digit fits (ISO/IEC 7812). */
const cardNumber = /(?:\d[\s-]?){12,19}/gu
const fitsCheckDigit = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Blanks and marks between characters hide no word. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}\p{Cf}]/gu, '')

/**
 * The kinds that a text touches: by its numbers, and by the words of the platform's profile.
 * @param words by kind; a kind that is not named is not looked for
 */
export const findSensitive = (
  text: string,
  words: Readonly<Partial<Record<SensitiveKind, readonly string[]>>>,
): SensitiveKind[] => {
  const found = new Set(findContacts(text).flatMap(({ kind }) => kindOf[kind] ?? []))
  const numbers = text.normalize('NFKC').match(cardNumber) ?? []
  if (numbers.some((number) => fitsCheckDigit(number.replaceAll(/\D/gu, '')))) found.add('bank')
  const plain = folded(text)
  for (const kind of sensitiveKinds) {
    if (words[kind]?.some((word) => plain.includes(folded(word))) === true) found.add(kind)
  }
  return sensitiveKinds.filter((kind) => found.has(kind) && words[kind] !== undefined)
}
