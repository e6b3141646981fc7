import { degrees, type Degree } from '../../shared/domain/resume.ts'

const words: ReadonlyArray<readonly [RegExp, Degree]> = [
  [/博士|doctor|ph\.?\s?d/i, 'doctor'],
  [/硕士|研究生|master|mba|emba/i, 'master'],
  [/本科|学士|bachelor/i, 'bachelor'],
  [/大专|专科|高职|associate|college|diploma/i, 'college'],
  [/中专|中技|高中|职高|技校|secondary|high school/i, 'secondary'],
]

/** The degree that the words of a resume mean; `other` for words that say none. */
export const toDegree = (text: string | undefined): Degree =>
  words.find(([pattern]) => pattern.test(text ?? ''))?.[1] ?? 'other'

/** 0 is the highest. */
export const degreeRank = (degree: Degree): number => degrees.indexOf(degree)
