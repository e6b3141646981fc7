import { z } from 'zod'

/** Degrees that a job can ask for, highest first. */
export const requiredDegree = z.enum(['doctor', 'master', 'bachelor', 'college', 'secondary'])

/**
 * Wishes for what the law protects (age, sex, household registration, marriage, ethnicity, belief, body, politics), as adverts
 * word them. They may stand neither as a key nor in words, so that a score has nothing to compare them with (ZP-88; Employment
 * Promotion Law 26-31). Trades that merely sound like it (wedding planning, women's wear) are none of them.
 */
const protectedWishes = [
  /年龄|周岁|(?:\d|十)岁(?:以[上下内]|$)|\d{2}后|age (?:under|over|below|above|limit)|under \d\d|years? old/iu,
  /性别|^(?:仅|只)?限?(?:男|女)(?:性|生|士|的)?(?:优先|不限)?$|(?:限|仅|只要|只招)[男女]|[男女](?:性|生|士)?优先|gender/iu,
  /^(?:fe)?males?(?: only| preferred)?$|^(?:wo)?m[ae]n(?: only| preferred)?$/iu,
  /(?:户籍|户口)|hukou|household regist/iu,
  /^(?:已|未)婚|婚否|婚育|已育|未育|(?:已|未)婚优先|marital|^(?:un)?married|^single$|not pregnant/iu,
  /^(?:限|仅限)?.{1,4}族(?:优先)?$|宗教信仰|^无?信仰|(?:佛|基督|天主)教徒|穆斯林|[不无有]信教|ethnicity|religion/iu,
  /^(?:christian|muslim|buddhist|hindu|jewish)s?(?: only| preferred)?$/iu,
  /(?:中共)?党员|政治面貌|party member/iu,
  /身高|体重|五官|相貌|无残疾|乙肝|血型|星座|height|body weight/iu,
  /身体(?:健康|健壮)(?!管理|教育)|身体素质(?:好|佳|过硬)|^体健|无(?:任何|重大|慢性|传染|精神|家族)*(?:性)?(?:疾病|病史|传染病)|体检合格|good (?:physical )?health/iu,
]

/** Which school somebody could go to is no skill either: it stands for where they come from. */
const schoolWishes = [
  /(?<!\d)(?:985|211)(?!\d)|双一流|名校|(?:一|二)本(?:院校|大学|以上)?$|重点(?:本科|大学|高校|院校)|ivy league|top \d+ (?:school|universit)/iu,
  /(?:大学|学院|university|college)(?:毕业|优先|背景|graduates?| preferred)*$/iu,
]

/** Whether a wish in words asks for something that the law protects. */
export const isProtectedWish = (words: string): boolean => {
  const text = words.normalize('NFKC').trim()
  return [...protectedWishes, ...schoolWishes].some((pattern) => pattern.test(text))
}

const word = z.string().trim().min(1).max(60)

const unique = (list: readonly string[]): boolean => new Set(list.map((one) => one.toLowerCase())).size === list.length

const skills = z
  .array(word.refine((words) => !isProtectedWish(words), { error: 'protected' }))
  .max(40)
  .refine(unique, { error: 'repeated' })

const range = (most: number) =>
  z
    .strictObject({ min: z.int().min(0).max(most).optional(), max: z.int().min(0).max(most).optional() })
    .refine(({ min, max }) => min === undefined || max === undefined || min <= max, { error: 'range' })

/**
 * What a job asks for, and all that a resume is scored against. Strict: a key that is not named here is refused, so nobody can
 * ask for what the law protects.
 */
export const jobRequirements = z.strictObject({
  skills_must: skills.optional(),
  skills_nice: skills.optional(),
  /** Full years of work. */
  years: range(50).optional(),
  /** The lowest that will do. */
  degree: requiredDegree.optional(),
  /** Where the work is; one of them is enough. */
  cities: z.array(word).max(20).refine(unique, { error: 'repeated' }).optional(),
  /** Yuan a month. */
  salary: range(1_000_000).optional(),
})
export type JobRequirements = z.infer<typeof jobRequirements>

/** Whether nothing at all is asked for; there is nothing to score then. */
export const isEmptyRequirements = (asked: JobRequirements): boolean =>
  Object.values(asked).every(
    (value) =>
      value === undefined || (typeof value === 'object' && Object.values(value).every((one) => one === undefined)),
  )
