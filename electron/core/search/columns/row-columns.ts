import { bandAt } from '../../../shared/domain/list-bands.ts'
import { applicationFacets, facetBands, type ApplicationFacet, type BandFacet } from '../../candidates/list-filter.ts'
import type { FacetName } from '../../../shared/ipc/routes/candidate-filter.ts'
import { createWordCodes, type WordCodes } from './word-codes.ts'

export type ColumnApplication = {
  readonly job_id: string
  readonly stage: string
  readonly channel: string
  readonly score: number
}

/** What of a row of the index is asked for, counted and ordered by. */
export type ColumnRow = {
  readonly id: number
  readonly platform: string
  readonly degree: string | null
  readonly city: string | null
  readonly school: string | null
  readonly years: number
  readonly salary: number
  readonly activity: number
  readonly newest_at: number
  readonly due_at: number
  readonly applications: readonly ColumnApplication[]
  readonly skills: readonly string[]
}

/** Facets with at most one value a row; the others have a list. */
export const singleFacets = ['city', 'degree', 'years', 'school', 'salary', 'platform', 'activity'] as const
export type SingleFacet = (typeof singleFacets)[number]

type Numbers = Uint8Array | Uint32Array | Int32Array | Float64Array
/** The same column with room for more; what lay in the old one is overwritten. */
const grown = <T extends Numbers>(old: T, length: number): T => {
  const Maker = old.constructor as new (length: number) => T
  const wider = new Maker(length)
  wider.set(old)
  old.fill(0)
  return wider
}

/** Lists of numbers of rows, one behind the other; what a row outgrew stays as a gap until there are too many. */
const createPool = (width: number) => {
  let numbers = new Int32Array(1024)
  let end = 0
  let gaps = 0
  return {
    get numbers() {
      return numbers
    },
    /** Room for so many entries; `old` is room that is given back. */
    place: (count: number, oldAt: number, oldCount: number): number => {
      if (count <= oldCount) {
        numbers.fill(0, oldAt + count * width, oldAt + oldCount * width)
        gaps += (oldCount - count) * width
        return oldAt
      }
      numbers.fill(0, oldAt, oldAt + oldCount * width)
      gaps += oldCount * width
      const at = end
      end += count * width
      if (end > numbers.length) numbers = grown(numbers, Math.max(end, numbers.length * 2))
      return at
    },
    get wasteful() {
      return gaps > 100_000 && gaps > end / 2
    },
    /** Moves the lists together; `each` goes through them and is told where its list lies now. */
    compact: (lists: Iterable<{ readonly at: number; readonly count: number; moved(at: number): void }>): void => {
      const old = numbers
      numbers = new Int32Array(Math.max(1024, end - gaps))
      end = 0
      for (const { at, count, moved } of lists) {
        numbers.set(old.subarray(at, at + count * width), end)
        moved(end)
        end += count * width
      }
      old.fill(0)
      gaps = 0
    },
    clear: () => {
      numbers.fill(0)
      end = 0
      gaps = 0
    },
  }
}

/** Numbers of an application in the pool: codes of job, stage and channel, the score and the code of its band. */
export const applicationWidth = 5
/** Places of the codes in an application's stretch of the pool. */
export const applicationPlaces = { job: 0, stage: 1, channel: 2, score: 4 } as const

const noPeople = (): Record<ApplicationFacet, number[]> => ({ job: [], stage: [], channel: [], score: [] })

const newWords = (): Record<FacetName, WordCodes> => ({
  job: createWordCodes(),
  stage: createWordCodes(),
  city: createWordCodes(),
  degree: createWordCodes(),
  years: createWordCodes(),
  school: createWordCodes(),
  skill: createWordCodes(),
  salary: createWordCodes(),
  platform: createWordCodes(),
  channel: createWordCodes(),
  activity: createWordCodes(),
  score: createWordCodes(),
})

/**
 * The list in memory, column by column and by the number of the row, so that counting a hundred thousand people takes a millisecond.
 * Nothing here is written anywhere; it is what `index.db` says, and goes with it.
 */
export const createRowColumns = () => {
  let words = newWords()
  /** People with an application of each code: somebody with two of them counts once. */
  let people = noPeople()
  let capacity = 1024
  const newCodes = (): Uint32Array => new Uint32Array(capacity)
  const codes: Record<SingleFacet, Uint32Array> = {
    city: newCodes(),
    degree: newCodes(),
    years: newCodes(),
    school: newCodes(),
    salary: newCodes(),
    platform: newCodes(),
    activity: newCodes(),
  }
  const keys = {
    newest: new Float64Array(capacity),
    due: new Float64Array(capacity),
    years: new Float64Array(capacity),
    salary: new Float64Array(capacity),
    activity: new Float64Array(capacity),
  }
  const lists = { applicationAt: newCodes(), applications: newCodes(), skillAt: newCodes(), skills: newCodes() }
  let alive = new Uint8Array(capacity)
  let top = 0
  let count = 0
  const applicationPool = createPool(applicationWidth)
  const skillPool = createPool(1)

  const grow = (id: number): void => {
    if (id < capacity) return
    capacity = Math.max(id + 1, Math.ceil(capacity * 1.5))
    for (const facet of singleFacets) codes[facet] = grown(codes[facet], capacity)
    for (const key of Object.keys(keys) as Array<keyof typeof keys>) keys[key] = grown(keys[key], capacity)
    for (const key of Object.keys(lists) as Array<keyof typeof lists>) lists[key] = grown(lists[key], capacity)
    alive = grown(alive, capacity)
  }

  const bandOf = (facet: BandFacet, value: number): string | null => bandAt(facetBands[facet], value) ?? null

  const countPeople = (id: number, by: 1 | -1): void => {
    const { numbers } = applicationPool
    const from = lists.applicationAt[id] ?? 0
    const end = from + (lists.applications[id] ?? 0) * applicationWidth
    for (const facet of applicationFacets) {
      const [at, counts] = [applicationPlaces[facet], people[facet]]
      for (let place = from; place < end; place += applicationWidth) {
        const code = numbers[place + at] ?? 0
        let again = false
        for (let earlier = from; earlier < place && !again; earlier += applicationWidth)
          again = numbers[earlier + at] === code
        if (!again) counts[code] = (counts[code] ?? 0) + by
      }
    }
  }

  const dropWords = (id: number): void => {
    countPeople(id, -1)
    for (const facet of singleFacets) words[facet].drop(codes[facet][id] ?? 0)
    const at = lists.applicationAt[id] ?? 0
    const { numbers } = applicationPool
    for (let i = 0; i < (lists.applications[id] ?? 0); i += 1) {
      const place = at + i * applicationWidth
      words.job.drop(numbers[place] ?? 0)
      words.stage.drop(numbers[place + 1] ?? 0)
      words.channel.drop(numbers[place + 2] ?? 0)
      words.score.drop(numbers[place + 4] ?? 0)
    }
    const skillAt = lists.skillAt[id] ?? 0
    for (let i = 0; i < (lists.skills[id] ?? 0); i += 1) words.skill.drop(skillPool.numbers[skillAt + i] ?? 0)
  }

  const placeLists = (id: number, applications: number, skills: number): void => {
    lists.applicationAt[id] = applicationPool.place(
      applications,
      lists.applicationAt[id] ?? 0,
      lists.applications[id] ?? 0,
    )
    lists.applications[id] = applications
    lists.skillAt[id] = skillPool.place(skills, lists.skillAt[id] ?? 0, lists.skills[id] ?? 0)
    lists.skills[id] = skills
  }

  const compactPool = (
    pool: typeof applicationPool,
    at: 'applicationAt' | 'skillAt',
    counts: 'applications' | 'skills',
  ): void => {
    const all = function* () {
      for (let id = 1; id <= top; id += 1) {
        yield { at: lists[at][id] ?? 0, count: lists[counts][id] ?? 0, moved: (to: number) => (lists[at][id] = to) }
      }
    }
    pool.compact(all())
  }

  /** Lays the lists of all rows in the order of their numbers, in which they are gone through: several times faster than to and fro. */
  const tidy = (): void => {
    compactPool(applicationPool, 'applicationAt', 'applications')
    compactPool(skillPool, 'skillAt', 'skills')
  }

  const remove = (id: number): void => {
    if (id > top || alive[id] !== 1) return
    dropWords(id)
    placeLists(id, 0, 0)
    for (const facet of singleFacets) codes[facet][id] = 0
    for (const column of Object.values(keys)) column[id] = 0
    alive[id] = 0
    count -= 1
  }

  const put = (row: ColumnRow): void => {
    const { id } = row
    grow(id)
    if (alive[id] === 1) dropWords(id)
    else count += 1
    alive[id] = 1
    top = Math.max(top, id)
    for (const facet of ['city', 'degree', 'school', 'platform'] as const)
      codes[facet][id] = words[facet].take(row[facet])
    for (const facet of ['years', 'salary', 'activity'] as const) {
      codes[facet][id] = words[facet].take(bandOf(facet, row[facet]))
      keys[facet][id] = row[facet]
    }
    keys.newest[id] = row.newest_at
    keys.due[id] = row.due_at
    placeLists(id, row.applications.length, row.skills.length)
    for (const [i, application] of row.applications.entries()) {
      const at = (lists.applicationAt[id] ?? 0) + i * applicationWidth
      const { numbers } = applicationPool
      numbers[at] = words.job.take(application.job_id)
      numbers[at + 1] = words.stage.take(application.stage)
      numbers[at + 2] = words.channel.take(application.channel)
      numbers[at + 3] = application.score
      numbers[at + 4] = words.score.take(bandOf('score', application.score))
    }
    for (const [i, skill] of row.skills.entries()) {
      skillPool.numbers[(lists.skillAt[id] ?? 0) + i] = words.skill.take(skill)
    }
    countPeople(id, 1)
    if (applicationPool.wasteful || skillPool.wasteful) tidy()
  }

  const isOfApplications = (facet: FacetName): facet is ApplicationFacet =>
    (applicationFacets as readonly FacetName[]).includes(facet)

  /** How many people have each value of a facet, by its code, whatever a list is narrowed to. */
  const everybody = (facet: FacetName): Uint32Array =>
    Uint32Array.from({ length: words[facet].size }, (_, code) =>
      isOfApplications(facet) ? (people[facet][code] ?? 0) : words[facet].heldOf(code),
    )

  return {
    put,
    tidy,
    remove,
    /** Rows in it. */
    get count() {
      return count
    },
    /** The columns as they are now; they are others after the next `put`. */
    view: () => ({
      words,
      everybody,
      count,
      top,
      alive,
      codes,
      keys,
      lists,
      applications: applicationPool.numbers,
      skills: skillPool.numbers,
    }),
    /** Forgets everybody, and overwrites what was held of them. */
    clear: () => {
      for (const column of [...Object.values(codes), ...Object.values(keys), ...Object.values(lists), alive])
        column.fill(0)
      applicationPool.clear()
      skillPool.clear()
      words = newWords()
      people = noPeople()
      top = 0
      count = 0
    },
  }
}

export type RowColumns = ReturnType<typeof createRowColumns>
export type ColumnsView = ReturnType<RowColumns['view']>
