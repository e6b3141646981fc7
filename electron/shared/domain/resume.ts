import { z } from 'zod'

/**
 * A resume: the part of the JSON Resume schema (https://jsonresume.org/schema) that recruiting in China uses, with what it
 * lacks under `meta.cn` (`sync-protocol.md`). Keys that are not named here are dropped at import and counted (ZP-13).
 */
const text = z.string().max(20_000)
const date = z.string().max(20)

export const cnResume = z.object({
  sex: z.enum(['male', 'female']).optional(),
  birth_month: date.optional(),
  birth_date: date.optional(),
  city: text.optional(),
  expected_job: text.optional(),
  expected_city: text.optional(),
  /** Yuan a month. */
  expected_salary: z.tuple([z.number(), z.number()]).optional(),
  /** Yuan a month. */
  current_salary: z.number().optional(),
  household: text.optional(),
  political_status: text.optional(),
  marital_status: text.optional(),
  ethnicity: text.optional(),
  job_state: text.optional(),
  wechat: text.optional(),
  id_number: text.optional(),
  /** Full years of work. */
  years: z.number().min(0).max(70).optional(),
})
export type CnResume = z.infer<typeof cnResume>

export const resume = z.object({
  basics: z
    .object({
      name: text.optional(),
      label: text.optional(),
      email: text.optional(),
      phone: text.optional(),
      url: text.optional(),
      image: text.optional(),
      summary: text.optional(),
    })
    .default({}),
  work: z
    .array(
      z.object({
        name: text.optional(),
        position: text.optional(),
        startDate: date.optional(),
        endDate: date.optional(),
        summary: text.optional(),
        highlights: z.array(text).optional(),
      }),
    )
    .default([]),
  education: z
    .array(
      z.object({
        institution: text.optional(),
        area: text.optional(),
        studyType: text.optional(),
        startDate: date.optional(),
        endDate: date.optional(),
      }),
    )
    .default([]),
  projects: z
    .array(
      z.object({
        name: text.optional(),
        description: text.optional(),
        startDate: date.optional(),
        endDate: date.optional(),
        highlights: z.array(text).optional(),
      }),
    )
    .default([]),
  skills: z.array(z.object({ name: text, level: text.optional(), keywords: z.array(text).optional() })).default([]),
  languages: z.array(z.object({ language: text, fluency: text.optional() })).default([]),
  certificates: z.array(z.object({ name: text, date: date.optional(), issuer: text.optional() })).default([]),
  meta: z.object({ cn: cnResume.default({}) }).default({ cn: {} }),
})
export type Resume = z.infer<typeof resume>

/** Contact data as the hub sends it, only with its evidence (`sync-protocol.md`). */
export const contact = z.object({
  name: text.optional(),
  phone: text.optional(),
  email: text.optional(),
  wechat: text.optional(),
  evidence: z.array(z.string()).default([]),
  /** Fields that the person told, where the value itself does not come along: it is dialled by virtual number (ZP-22). */
  told: z.array(z.enum(['name', 'phone', 'email', 'wechat'])).optional(),
})
export type Contact = z.infer<typeof contact>

/** Degree from the words that resumes use; lists filter by it. */
export const degrees = ['doctor', 'master', 'bachelor', 'college', 'secondary', 'other'] as const
export type Degree = (typeof degrees)[number]
