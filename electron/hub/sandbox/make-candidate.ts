import type { z } from 'zod'
import type { applicationData } from '../../shared/domain/sync-records.ts'
import type { Channel, Stage } from '../../shared/domain/vocabulary.ts'
import { isoTime } from '../hub-clock.ts'
import { handedOver, withoutAttachments } from '../records/contact-rules.ts'
import type { CandidateRecord } from '../records/project-candidate.ts'
import type { RecordDraft } from '../records/put-records.ts'
import { sandboxEmployer, sandboxInterviewer } from './accounts.ts'
import { sandboxJobs, type SandboxJob } from './jobs.ts'
import { makeResume, type SandboxResume } from './make-resume.ts'
import { makePerson, type SandboxPerson } from './people.ts'
import { professions } from './professions.ts'
import { seededRandom, type Random } from './random.ts'
import {
  channelsOf,
  cities,
  ordinalOn,
  platforms,
  platformWheel,
  settingOf,
  type RecruitingPlatform,
  type Setting,
} from './settings.ts'

const day = 86_400_000

export type SandboxCandidate = {
  readonly id: string
  readonly person: SandboxPerson
  readonly resume: SandboxResume
  readonly drafts: readonly RecordDraft[]
  /** The application to which a file belongs, if the person sent one. */
  readonly attachTo: string | undefined
}

/** Every fiftieth person is on all four platforms under one name and number. */
const samePerson = (index: number): number => (index % 50 < platforms.length ? index - (index % 50) : index)

export const makeCandidate = (index: number, now: number): SandboxCandidate => {
  const random = seededRandom(`candidate ${index}`)
  const number = samePerson(index)
  const person = makePerson(seededRandom(`person ${number}`), number)
  const platform = platformFor(index)
  const channel = channelFor(index, platform)
  const job = jobFor(index, random, channel)
  const profession = professions.find((one) => one.id === job.profession)
  if (profession === undefined) throw new Error(`no profession for ${job.id}`)
  const setting = number === index ? settingOf(index, platform) : 'public'
  const age = ageFor(setting, random, job)
  const thisYear = new Date(now).getUTCFullYear()
  const city = random.chance(0.6) ? job.city : random.pick(cities)
  const base = makeResume(random, person, profession, { age, thisYear, city, number: index })
  const birthMonth =
    setting === 'age_unknown'
      ? undefined
      : `${thisYear - age}-${String(random.int(1, new Date(now).getUTCMonth() + 1)).padStart(2, '0')}`
  const resume = withBirth(base, birthMonth, job.kind === 'campus_exam')
  const id = `cand-${String(index + 1).padStart(6, '0')}`
  const record = withSetting(
    {
      platform,
      visibility: 'public',
      blocked_employers: [],
      virtual_number: platform === 'zhaopin' || (platform === 'maimai' && setting === 'calls_allowed'),
      ...(birthMonth === undefined ? {} : { birth_month: birthMonth }),
      resume,
      contact: { name: person.name, phone: person.phone, email: person.email, wechat: person.wechat },
      ...(platform === 'zhaopin' && setting !== 'insights_off'
        ? { insights: { reply_rate: random.int(40, 99), active_days_of_30: random.int(1, 30) } }
        : {}),
    },
    setting,
    person,
  )
  const applications = makeApplications(index, id, random, { channel, platform, job, now })
  const first = applications[0]
  const sent = first !== undefined && first.data.attachment === 'present'
  return {
    id,
    person,
    resume,
    attachTo: sent ? first.id : undefined,
    drafts: [
      { type: 'candidate', id, candidateId: id, data: record },
      ...applications.map((application) => ({ type: 'application', candidateId: id, ...application })),
      ...makeMessages(random, id, person, first, now),
    ],
  }
}

const platformFor = (index: number): RecruitingPlatform =>
  (index % 50 < platforms.length ? platforms[index % 50] : platformWheel[index % platformWheel.length]) ?? 'zhaopin'

const channelFor = (index: number, platform: RecruitingPlatform): Channel => {
  if (platform === 'zhaopin' && index % 40 === 17) return 'campus_exam'
  const channels = channelsOf[platform]
  return channels[ordinalOn(index, platform) % channels.length] ?? 'delivered'
}

const jobFor = (index: number, random: Random, channel: Channel): SandboxJob => {
  const exam = sandboxJobs.filter((job) => job.kind === 'campus_exam')
  const usual = sandboxJobs.filter((job) => job.kind === undefined)
  // The first job has the most applicants, as real ones do.
  if (channel === 'campus_exam') return random.pick(exam)
  return (index % 4 === 0 ? usual[0] : undefined) ?? random.pick(usual)
}

const ageFor = (setting: Setting, random: Random, job: SandboxJob): number => {
  if (setting === 'minor_with_guardian' || setting === 'minor_without_guardian') return random.int(16, 17)
  if (setting === 'under_16') return 15
  return job.kind === 'campus_exam' ? random.int(21, 25) : random.int(22, 52)
}

const withBirth = (base: SandboxResume, birthMonth: string | undefined, exam: boolean): SandboxResume => {
  const cn = { ...base.meta?.cn, ...(birthMonth === undefined ? {} : { birth_month: birthMonth }) }
  // No real person's number: the area code is not in use.
  const idNumber = birthMonth === undefined ? undefined : `999900${birthMonth.replace('-', '')}010019`
  return { ...base, meta: { cn: exam && idNumber !== undefined ? { ...cn, id_number: idNumber } : cn } }
}

const withSetting = (record: CandidateRecord, setting: Setting, person: SandboxPerson): CandidateRecord => {
  const former = record.resume.work?.[0]?.name
  const changes: Partial<Record<Setting, Partial<CandidateRecord>>> = {
    hidden_from_headhunters: { visibility: 'hidden_from_headhunters' },
    none: { visibility: 'none' },
    blocks_former: { blocked_employers: former === undefined ? [] : [former] },
    blocks_us: { blocked_employers: [sandboxEmployer.name] },
    calls_allowed: { allow_call: true },
    calls_refused: { allow_call: false },
    insights_off: { insights_opt_out: true },
    ai_refused: { ai_refused: true },
    do_not_contact: { do_not_contact: true },
    minor_with_guardian: { guardian_consent: true },
    minor_without_guardian: { guardian_consent: false },
    education_verified: { education_verified: true },
    // Whoever made the name public is shown by it (Maimai); elsewhere the profile decides.
    public_fields: {
      public_fields: ['name', 'photo', 'residence', 'body'],
      resume: { ...record.resume, basics: { ...record.resume.basics, name: person.name } },
    },
  }
  return { ...record, ...changes[setting] }
}

type Application = {
  readonly id: string
  readonly data: z.input<typeof applicationData>
  readonly internal?: { readonly disclosed: readonly string[] }
}

const told = [['phone'], ['wechat'], ['name', 'phone'], ['email']] as const

const makeApplications = (
  index: number,
  candidateId: string,
  random: Random,
  facts: {
    readonly channel: Channel
    readonly platform: RecruitingPlatform
    readonly job: SandboxJob
    readonly now: number
  },
): Application[] => {
  const make = (suffix: string, channel: Channel, job: SandboxJob): Application => {
    const id = `app-${String(index + 1).padStart(6, '0')}${suffix}`
    const opened = Math.min(job.openedDaysAgo, 24)
    const since = random.int(job.closedDaysAgo ?? 0, opened)
    const evidenceAt = facts.now - since * day - random.int(0, 20) * 3_600_000
    const stage = stageFor(random, channel, job, index)
    const attachment = attachmentFor(random, channel)
    return {
      id,
      data: {
        job_id: job.id,
        candidate_id: candidateId,
        channel,
        ...(handedOver.has(channel) ? { evidence: `${channel === 'exchanged' ? 'msg' : 'dlv'}-${id}` } : {}),
        evidence_at: isoTime(evidenceAt),
        stage,
        at: isoTime(reachedAt(random, stage, evidenceAt, facts.now)),
        ...(stage === 'hired' || stage === 'rejected' || stage === 'withdrawn' ? { decision: stage } : {}),
        // Some of those who come to an interview have somebody of the department to look at their work.
        ...(stage === 'interview' && handedOver.has(channel) && index % 3 === 0
          ? { interviewers: [sandboxInterviewer] }
          : {}),
        attachment_ids: attachment === 'present' ? [`att-${id}`] : [],
        attachment,
      },
      ...(channel === 'exchanged' ? { internal: { disclosed: random.pick(told) } } : {}),
    }
  }
  const first = make('', facts.channel, facts.job)
  // Some apply twice, or deliver after having been found.
  const again =
    index % 17 === 5 ? sandboxJobs.find((job) => job.status === 'open' && job.id !== facts.job.id) : undefined
  return again === undefined ? [first] : [first, make('b', 'delivered', again)]
}

/** A hire is at most five days old: its week (D5) is not over before anybody has looked. */
const reachedAt = (random: Random, stage: Stage, evidenceAt: number, now: number): number => {
  if (stage === 'new') return evidenceAt
  const reached = Math.min(now, evidenceAt + random.int(1, 5) * day)
  return stage === 'hired' ? Math.max(reached, now - random.int(0, 5) * day) : reached
}

const stageFor = (random: Random, channel: Channel, job: SandboxJob, index: number): Stage => {
  if (!handedOver.has(channel)) return random.pick(['new', 'new', 'new', 'reviewed'])
  if (job.status === 'filled' && index % 6 === 0) return 'hired'
  return random.pick([
    'new',
    'new',
    'new',
    'reviewed',
    'reviewed',
    'interview',
    'interview',
    'offer',
    'hired',
    'rejected',
    'rejected',
    'withdrawn',
  ])
}

const attachmentFor = (random: Random, channel: Channel): z.input<typeof applicationData>['attachment'] => {
  if (withoutAttachments.has(channel) || channel === 'greeted') return 'none'
  return random.pick(['present', 'present', 'present', 'declined', 'none', 'withheld'])
}

const makeMessages = (
  random: Random,
  candidateId: string,
  person: SandboxPerson,
  application: Application | undefined,
  now: number,
): RecordDraft[] => {
  if (application === undefined) return []
  const { channel, evidence, evidence_at: at } = application.data
  const say = (
    suffix: string,
    minutes: number,
    from: string,
    text: string,
    disclosed?: readonly string[],
  ): RecordDraft => ({
    type: 'message',
    id: suffix === 'evidence' && evidence !== undefined ? evidence : `msg-${application.id}-${suffix}`,
    candidateId,
    applicationId: application.id,
    data: {
      application_id: application.id,
      from,
      text,
      at: isoTime(Math.min(now, Date.parse(at) + minutes * 60_000)),
      ...(disclosed === undefined ? {} : { disclosed }),
    },
  })
  if (channel === 'greeted') {
    return [
      say('1', 0, 'acc-hr', '您好，看到您的经历与我们的岗位很契合，方便聊聊吗？'),
      ...(random.chance(0.4) ? [say('2', 95, 'candidate', '您好，可以先介绍一下团队和薪资范围吗？')] : []),
    ]
  }
  if (channel !== 'exchanged') {
    return random.chance(0.15) ? [say('1', 60, 'candidate', '您好，已投递简历，期待回复。')] : []
  }
  const disclosed = application.internal?.disclosed ?? []
  const words = {
    name: `我叫${person.name}`,
    phone: `电话 ${person.phone}`,
    email: `邮箱 ${person.email}`,
    wechat: `微信 ${person.wechat}`,
  }
  const text = disclosed.map((field) => words[field as keyof typeof words]).join('，')
  return [
    say('1', -30, 'acc-hr', '方便留个联系方式吗？我们约一下面试时间。'),
    say('evidence', 0, 'candidate', `可以的，${text}。`, disclosed),
  ]
}
