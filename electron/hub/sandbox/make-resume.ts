import type { z } from 'zod'
import type { resume } from '../../shared/domain/resume.ts'
import { hiddenContacts, type SandboxPerson } from './people.ts'
import type { Profession } from './professions.ts'
import type { Random } from './random.ts'
import { cities, jobStates, provinces, schools } from './settings.ts'

export type SandboxResume = z.input<typeof resume>

const month = (year: number, monthOfYear: number): string => `${year}-${String(monthOfYear).padStart(2, '0')}`

/**
 * A coherent life: born, school, then jobs of one profession up to now.
 * @param age full years
 * @param thisYear the year on the hub's clock
 */
export const makeResume = (
  random: Random,
  person: SandboxPerson,
  profession: Profession,
  facts: { readonly age: number; readonly thisYear: number; readonly city: string; readonly number: number },
): SandboxResume => {
  const degree = facts.age < 20 ? '中专' : random.pick(profession.degrees)
  const schoolYears = { 中专: 19, 大专: 21, 本科: 22, 硕士: 25, 博士: 28 }[degree]
  const graduated = facts.thisYear - facts.age + schoolYears
  const years = Math.max(0, facts.thisYear - graduated)
  const work = makeWork(random, profession, graduated, facts.thisYear, years)
  const pay =
    Math.round((profession.pay[0] + ((profession.pay[1] - profession.pay[0]) * Math.min(years, 10)) / 10) / 500) * 500
  const title = work[0]?.position ?? profession.titles[0]
  return {
    basics: {
      name: person.alias,
      label: title,
      summary: makeSummary(random, person, profession, years, facts.number),
      ...(facts.number % 4 === 1 ? { image: avatar(random) } : {}),
    },
    work,
    education: [
      {
        institution: random.pick(schools),
        area: random.pick(profession.majors),
        studyType: degree,
        startDate: month(graduated - (degree === '硕士' || degree === '大专' || degree === '中专' ? 3 : 4), 9),
        endDate: month(graduated, 6),
      },
    ],
    projects: years > 1 && random.chance(0.5) ? [makeProject(random, profession, facts.thisYear)] : [],
    skills: random.sample(profession.skills, random.int(3, 5)).map((name) => ({ name })),
    languages: random.chance(0.4) ? [{ language: '英语', fluency: random.pick(['CET-4', 'CET-6', '流利']) }] : [],
    certificates: random.chance(0.6)
      ? [{ name: random.pick(profession.certificates), date: month(graduated + 1, 5) }]
      : [],
    meta: {
      cn: {
        sex: person.sex,
        city: facts.city,
        expected_job: title,
        expected_city: random.chance(0.7) ? facts.city : random.pick(cities),
        expected_salary: [Math.round(pay * 1.1), Math.round(pay * 1.4)],
        household: random.pick(provinces),
        political_status: random.pick(['群众', '共青团员', '中共党员', '群众']),
        marital_status: random.pick(['未婚', '已婚', '未说明']),
        ethnicity: person.name.includes('·') ? '维吾尔族' : '汉族',
        job_state: years === 0 ? '应届毕业生' : random.pick(jobStates.slice(0, 3)),
        wechat: person.wechat,
        years,
        ...(years > 0 ? { current_salary: pay } : {}),
      },
    },
  }
}

const makeWork = (random: Random, profession: Profession, graduated: number, thisYear: number, years: number) => {
  const count = Math.min(years, Math.ceil(years / 3), 4)
  const companies = random.sample(profession.companies, count)
  const span = count === 0 ? 0 : years / count
  return companies
    .map((name, index) => {
      const last = index === companies.length - 1
      const from = Math.round(graduated + span * index)
      const position = profession.titles[years > 7 && last ? 2 : index === 0 ? 0 : 1]
      return {
        name,
        position,
        startDate: month(from, index === 0 ? 7 : 3),
        ...(last ? {} : { endDate: month(Math.min(thisYear, Math.round(graduated + span * (index + 1))), 2) }),
        summary: `${random.pick(profession.tasks)}。`,
        highlights: random.sample(profession.tasks, random.int(2, 3)),
      }
    })
    .reverse()
}

const makeProject = (random: Random, profession: Profession, thisYear: number) => ({
  name: `${random.pick(['核心', '年度', '专项', '示范'])}${random.pick(['改造', '上线', '提升', '筹建'])}项目`,
  description: `${random.pick(profession.tasks)}。`,
  startDate: month(thisYear - 2, random.int(1, 12)),
  endDate: month(thisYear - 1, random.int(1, 12)),
})

const makeSummary = (
  random: Random,
  person: SandboxPerson,
  profession: Profession,
  years: number,
  number: number,
): string => {
  const base = `${years > 0 ? `${years} 年${profession.titles[1]}经验` : '应届，有实习经历'}，${random.pick(['做事踏实', '沟通顺畅', '抗压能力强', '善于总结'])}，${random.pick(profession.tasks)}。`
  // One in four tells how to be reached where the platform does not expect it.
  const leak = number % 4 === 2 ? hiddenContacts[Math.floor(number / 4) % hiddenContacts.length]?.(person) : undefined
  // Numbers that are no contacts and must stay.
  const decoy = number % 11 === 3 ? '主导项目编号 20240613-0088，管理预算 1380 万元。' : ''
  return [base, leak, decoy].filter(Boolean).join('')
}

/** A drawing, not a photograph: an 8 × 8 bitmap (BMP, 24 bit) as a data address. */
const avatar = (random: Random): string => {
  const side = 8
  const header = Buffer.alloc(54)
  header.write('BM', 0, 'latin1')
  header.writeUInt32LE(54 + side * side * 3, 2)
  header.writeUInt32LE(54, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(side, 18)
  header.writeInt32LE(side, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(24, 28)
  const ink = [random.int(60, 200), random.int(60, 200), random.int(60, 200)]
  const cells = Array.from({ length: (side * side) / 2 }, () => random.chance(0.5))
  const pixels = Array.from({ length: side * side }, (_, index) => {
    const column = index % side
    const mirrored = Math.floor(index / side) * (side / 2) + Math.min(column, side - 1 - column)
    return cells[mirrored] === true ? ink : [240, 240, 240]
  })
  return `data:image/bmp;base64,${Buffer.concat([header, Buffer.from(pixels.flat())]).toString('base64')}`
}
