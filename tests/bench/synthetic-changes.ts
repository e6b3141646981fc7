import { seededRandom, type Random } from '../../electron/hub/sandbox/random.ts'

export const characters =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严'
export const latin = [
  'Java',
  'Spring Boot',
  'MySQL',
  'Redis',
  'Kafka',
  'C++',
  'C#',
  '.NET',
  'Python',
  'Go',
  'Vue',
  'React',
  'SAP',
  'Excel',
  'Docker',
]
export const cities = ['上海', '北京', '深圳', '杭州', '成都', '武汉', '南京', '西安', '苏州', '长沙', '重庆', '天津']
export const degrees = ['本科', '本科', '硕士', '大专', '博士']
export const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗']

/** 4,000 words of two to four characters; the square makes the first ones as common as real ones are. */
export const makeWords = (random: Random): string[] => {
  const list = [...characters]
  return Array.from({ length: 4000 }, () => Array.from({ length: random.int(2, 4) }, () => random.pick(list)).join(''))
}

export const makeText = (random: Random, words: readonly string[], length: number): string => {
  let text = ''
  while (text.length < length) {
    const word = random.chance(0.08)
      ? ` ${random.pick(latin)} `
      : (words[Math.floor(random.next() ** 2 * words.length)] ?? '')
    text += word + (random.chance(0.2) ? random.pick(['，', '。', '；']) : '')
  }
  return text
}

export const benchJobs = Array.from({ length: 20 }, (_, index) => `bench-job-${index}`)

/**
 * Changes as a hub sends them: invented people with resumes of about 640 characters, each with one application.
 * The same seed gives the same people.
 *
 * @param now milliseconds since 1970 UTC; everything has happened in the ten days before
 */
export const makeChanges = (seed: string, count: number, now: number): unknown[] => {
  const random = seededRandom(seed)
  const words = makeWords(random)
  const iso = (daysAgo: number): string => new Date(now - daysAgo * 86_400_000).toISOString()
  const upsert = (type: string, id: string, data: object) => ({ type, id, rev: 1, op: 'upsert', at: iso(1), data })
  const jobs = benchJobs.map((id, index) =>
    upsert('job', id, { title: `${words[index]}工程师`, status: 'open', opened_at: iso(10), owner_id: 'acc-1' }),
  )
  const people = Array.from({ length: count }, (_, index) => {
    const id = `bench-${seed}-${index}`
    const started = 2005 + random.int(0, 17)
    const name = `${random.pick(surnames)}${random.pick([...characters])}${random.pick([...characters])}`
    const candidate = {
      platform: 'zhaopin',
      visibility: 'public',
      birth_month: `${started - 22}-0${random.int(1, 9)}`,
      resume: {
        basics: {
          name: `${name.slice(0, 1)}某`,
          label: `${random.pick(words)}经理`,
          summary: makeText(random, words, 120),
        },
        work: Array.from({ length: 3 }, (_each, place) => ({
          name: `${random.pick(words)}科技`,
          position: `${random.pick(words)}主管`,
          startDate: `${started + place * 2}-07`,
          summary: makeText(random, words, 140),
        })),
        education: [
          { institution: `${random.pick(words)}大学`, area: random.pick(words), studyType: random.pick(degrees) },
        ],
        skills: random.sample(latin, 4).map((skill) => ({ name: skill })),
        meta: { cn: { city: random.pick(cities), sex: random.pick(['female', 'male']), years: 2026 - started } },
      },
      contact: {
        name,
        phone: `1390000${String(index % 10_000).padStart(4, '0')}`,
        email: `${id}@mail.example`,
        evidence: [`app-${id}`],
      },
    }
    const application = {
      job_id: random.pick(benchJobs),
      candidate_id: id,
      channel: 'delivered',
      evidence: `msg-${id}`,
      evidence_at: iso(2),
      stage: random.pick(['new', 'reviewed', 'interview']),
      at: iso(2 + random.next() * 5),
      attachment: 'none',
    }
    return [upsert('candidate', id, candidate), upsert('application', `app-${id}`, application)]
  })
  return [...jobs, ...people.flat()]
}
