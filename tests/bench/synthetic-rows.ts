import type { IndexedRow } from '../helpers/index-rows.ts'
import { seededRandom } from '../../electron/hub/sandbox/random.ts'
import { benchJobs, characters, cities, degrees, latin, makeText, makeWords, surnames } from './synthetic-changes.ts'

export type SyntheticRow = IndexedRow & { readonly name: string }

const stages = ['new', 'new', 'new', 'reviewed', 'reviewed', 'interview', 'offer', 'rejected', 'rejected'] as const
const channels = ['delivered', 'delivered', 'delivered', 'greeted', 'referral'] as const
const degreeNames = ['bachelor', 'bachelor', 'master', 'college', 'doctor'] as const
const hour = 3_600_000

/**
 * Rows as the index holds them, one application each and every eighth person with a second, from a seed and one at a time: so a
 * million of them needs no memory. Texts have about 640 characters, names are whole ones.
 */
export const syntheticRows = function* (seed: string, count: number, now: number): Generator<SyntheticRow> {
  const random = seededRandom(seed)
  const words = makeWords(random)
  const han = [...characters]
  const schools = Array.from({ length: 400 }, () => `${random.pick(words)}大学`)
  const skills = [...latin, ...words.slice(0, 300)].map((word) => word.toLowerCase())
  for (let index = 0; index < count; index += 1) {
    const name = `${random.pick(surnames)}${random.pick(han)}${random.pick(han)}`
    const city = random.pick(cities)
    const school = random.pick(schools)
    const own = [
      ...new Set(Array.from({ length: 5 }, () => skills[Math.floor(random.next() ** 2 * skills.length)] ?? '')),
    ]
    const newest = now - Math.floor(random.next() * 90 * 24) * hour - index
    const application = (): SyntheticRow['applications'][number] => ({
      job_id: random.pick(benchJobs),
      stage: random.pick(stages),
      channel: random.pick(channels),
      score: random.chance(0.8) ? random.int(0, 100) : -1,
    })
    const years = random.int(0, 20)
    const text = [name, `${random.pick(words)}经理`, city, school, makeText(random, words, 600), own.join(' ')].join(
      '\n',
    )
    yield {
      platform: random.pick(['zhaopin', 'lagou', 'wanzhou', 'maimai', 'direct']),
      newest_at: newest,
      years,
      degree: degreeNames[degrees.indexOf(random.pick(degrees))] ?? 'bachelor',
      city,
      school,
      salary: random.int(4, 60) * 1000,
      activity: random.int(-1, 30),
      due_at: newest + 180 * 24 * hour,
      skills: own,
      applications: random.chance(0.125) ? [application(), application()] : [application()],
      text,
      name,
      projection: JSON.stringify({ alias: `${name.slice(0, 1)}某`, name_full: name, city, school, years, skills: own }),
    }
  }
}
