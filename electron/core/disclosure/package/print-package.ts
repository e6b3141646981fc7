import type { PaperLanguage } from '../../../shared/domain/disclosure.ts'
import { entryWord } from '../../../shared/ledger/entry-words.ts'
import { destructionWords } from '../../../shared/retention/destruction-words.ts'
import { programVersion } from '../../program-version.ts'
import { drawPaper, type PaperBlock } from '../pdf/draw-paper.ts'
import { fill, printTime } from '../pdf/print-words.ts'
import { statementWords } from '../words.ts'
import type { CopyPackage, TransferPackage } from './package-format.ts'
import { packageWords } from './package-words.ts'

const row = (label: string, value: string): PaperBlock => ({ kind: 'row', label, value })
const lines = (...parts: ReadonlyArray<string | undefined>): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n')

/** A heading with its rows, or nothing where there is nothing to say. */
const section = (text: string, rows: readonly PaperBlock[]): PaperBlock[] =>
  rows.length === 0 ? [] : [{ kind: 'heading', text }, ...rows]

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const period = (item: { readonly startDate?: string | undefined; readonly endDate?: string | undefined }): string =>
  [item.startDate, item.endDate].filter((part) => part !== undefined).join(' – ')

type Resume = CopyPackage['person']['resume']

const resumeBlocks = (resume: Resume, language: PaperLanguage): PaperBlock[] => {
  const words = packageWords[language]
  const { summary, label } = resume.basics
  const { wechat: _w, ...cn } = resume.meta.cn
  return section(words.resume, [
    ...(label === undefined && summary === undefined ? [] : [row(words.summary, lines(label, summary))]),
    ...resume.work.map((item) =>
      row(
        words.work,
        lines([item.name, item.position, period(item)].join('　'), item.summary, ...(item.highlights ?? [])),
      ),
    ),
    ...resume.education.map((item) =>
      row(words.education, [item.institution, item.area, item.studyType, period(item)].join('　')),
    ),
    ...resume.projects.map((item) =>
      row(words.projects, lines([item.name, period(item)].join('　'), item.description, ...(item.highlights ?? []))),
    ),
    ...(resume.skills.length === 0 ? [] : [row(words.skills, resume.skills.map(({ name }) => name).join('、'))]),
    ...Object.entries({ ...cn, languages: resume.languages, certificates: resume.certificates })
      .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
      .map(([key, value]) => row(entryWord(language, 'field', key), plain(value))),
  ])
}

const applicationBlocks = (made: CopyPackage, language: PaperLanguage): PaperBlock[] => {
  const words = packageWords[language]
  const author = { candidate: words.candidateWrote, human: words.othersWrote, ai: words.aiWrote }
  return made.applications.flatMap((one) =>
    section(`${words.applications}：${one.job_title ?? one.job}`, [
      row(
        words.stage,
        lines(
          `${entryWord(language, 'channel', one.channel)}　${printTime(one.at)}`,
          entryWord(language, 'stage', one.stage),
        ),
      ),
      ...one.moves.map((move) =>
        row(
          words.moves,
          `${printTime(move.at)}　${entryWord(language, 'stage', move.from)} → ${entryWord(language, 'stage', move.to)}　${move.reason ?? ''}`,
        ),
      ),
      ...one.notes.map(({ at, text }) => row(words.notes, lines(printTime(at), text))),
      ...one.scorecards.map((card) =>
        row(words.scorecards, lines(printTime(card.at), plain(card.marks), card.recommendation, card.text)),
      ),
      ...one.interviews.map((interview) =>
        row(
          words.interviews,
          lines(
            `${printTime(interview.starts_at)}　${interview.kind}　${interview.state}`,
            interview.place,
            interview.words,
          ),
        ),
      ),
      ...one.messages.map((message) =>
        row(words.messages, lines(`${printTime(message.at)}　${author[message.author]}`, message.text)),
      ),
      ...one.background_checks.map((check) =>
        row(words.checks, lines(`${check.provider}　${check.state}　${check.scope.join('、')}`, check.report)),
      ),
      ...one.attachments.map((file) => row(words.attachments, lines(file.name, file.file, `SHA-256 ${file.sha256}`))),
    ]),
  )
}

const copyBlocks = (made: CopyPackage, language: PaperLanguage): PaperBlock[] => {
  const words = packageWords[language]
  const retention = destructionWords[language].retention as Readonly<Record<string, string>>
  return [
    {
      kind: 'text',
      text:
        made.left_out.length === 0
          ? words.whole
          : fill(words.leftOut, {
              fields: made.left_out.map((field) => entryWord(language, 'field', field)).join('、'),
            }),
    },
    ...section(words.contacts, [
      ...Object.entries(made.person.contacts).map(([field, value]) => row(entryWord(language, 'field', field), value)),
      ...Object.entries(made.person.sensitive).map(([field, value]) =>
        row(entryWord(language, 'field', field), plain(value)),
      ),
    ]),
    ...section(
      words.settings,
      Object.entries(made.person.settings).map(([key, value]) =>
        row(entryWord(language, 'setting', key), entryWord(language, 'setting', plain(value))),
      ),
    ),
    ...resumeBlocks(made.person.resume, language),
    ...section(
      words.sources,
      made.sources.map((source) =>
        row(
          printTime(source.at),
          lines(`${source.platform}　${entryWord(language, 'channel', source.channel)}`, source.origin),
        ),
      ),
    ),
    ...section(
      words.purposes,
      made.purposes.map((purpose) =>
        row(
          purpose.job_title ?? purpose.job,
          lines(
            `${purpose.legal_basis ?? entryWord(language, 'channel', purpose.channel ?? '')}　${printTime(purpose.at)}`,
            purpose.rests_on,
          ),
        ),
      ),
    ),
    ...section(
      words.recipients,
      made.recipients.map((one) =>
        row(
          words.recipientOf[one.kind],
          lines(
            [one.name, one.purpose, one.legal_basis].filter(Boolean).join('　'),
            [
              one.contact,
              one.method,
              one.types?.map((field) => entryWord(language, 'field', field)).join(statementWords[language].join),
            ]
              .filter(Boolean)
              .join('　'),
          ),
        ),
      ),
    ),
    ...applicationBlocks(made, language),
    ...section(
      words.consents,
      made.consents.map((one) =>
        row(
          one.purpose,
          [one.granted ? words.granted : words.withdrawn, one.scope, one.until].filter(Boolean).join('　'),
        ),
      ),
    ),
    ...section(
      words.pools,
      made.pools.map((one) => row(one.pool, lines(fill(words.until, { until: printTime(one.until) }), one.rests_on))),
    ),
    ...section(
      words.holds,
      made.holds.map((one) => row(words.holds, fill(words.until, { until: printTime(one.until) }))),
    ),
    ...section(
      words.ai,
      made.ai_outputs.map((one) => row(`${one.kind}　${one.model}`, lines(printTime(one.at), one.text))),
    ),
    ...section(
      words.reasons,
      made.reasons.map((one) => row(printTime(one.at), one.text)),
    ),
    ...section(
      words.expiry,
      made.expiry.map((one) =>
        row(
          one.job_title ?? one.job,
          one.until === undefined
            ? words.noClock
            : `${fill(words.until, { until: printTime(one.until) })}　${retention[one.reason ?? ''] ?? ''}（${one.clause ?? ''}）`,
        ),
      ),
    ),
    ...section(words.log, [{ kind: 'text', text: fill(words.logText, { n: made.log.rows.length }) }]),
  ]
}

const transferBlocks = (made: TransferPackage, language: PaperLanguage): PaperBlock[] => {
  const words = packageWords[language]
  return [
    ...section(
      words.contacts,
      Object.entries(made.contacts).map(([field, value]) => row(entryWord(language, 'field', field), value)),
    ),
    ...resumeBlocks(made.resume, language),
    ...section(
      words.applications,
      made.applications.map((one) =>
        row(printTime(one.at), `${one.job_title ?? ''}　${entryWord(language, 'channel', one.channel)}`),
      ),
    ),
    ...section(
      words.messages,
      made.messages.map((one) => row(printTime(one.at), one.text)),
    ),
    ...section(
      words.consents,
      made.consents.map((one) => row(one.purpose, one.granted ? words.granted : words.withdrawn)),
    ),
    ...section(
      words.attachments,
      made.attachments.map((file) => row(file.name, `SHA-256 ${file.sha256}`)),
    ),
  ]
}

/** The package as a paper; its machine-readable twin lies beside it. */
export const printPackage = (made: CopyPackage | TransferPackage, language: PaperLanguage): Promise<Buffer> => {
  const words = packageWords[language]
  const copy = made.format === 'candor-package/1'
  return drawPaper({
    title: copy ? words.title : words.transferTitle,
    subtitle: `${made.subject.platform} / ${made.subject.candidate}`,
    lead: copy ? words.lead : words.transferLead,
    blocks: [
      { kind: 'heading', text: words.about },
      row(words.employer, copy ? made.employer : made.from),
      row(words.platform, made.subject.platform),
      row(words.candidate, made.subject.candidate),
      row(words.madeAt, printTime(made.made_at)),
      ...(copy ? copyBlocks(made, language) : transferBlocks(made, language)),
    ],
    foot: words.page,
    language,
    madeAt: Date.parse(made.made_at),
    creator: `candor ${programVersion}`,
  })
}
