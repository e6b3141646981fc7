import type { PaperLanguage } from '../../shared/domain/disclosure.ts'
import { parseCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { entryWord } from '../../shared/ledger/entry-words.ts'
import { destructionWords } from '../../shared/retention/destruction-words.ts'
import { programVersion } from '../program-version.ts'
import { signedCertificate } from '../retention/certificate.ts'
import { drawPaper, type PaperBlock } from './pdf/draw-paper.ts'
import { fill, printTime } from './pdf/print-words.ts'
import type { Statement, StatementRow } from './statement.ts'
import { statementWords } from './words.ts'

const row = (label: string, value: string): PaperBlock => ({ kind: 'row', label, value })

const retentionWord = (language: PaperLanguage, reason: string): string =>
  (destructionWords[language].retention as Readonly<Record<string, string>>)[reason] ?? reason

const aboutBlocks = (made: Statement, language: PaperLanguage): PaperBlock[] => {
  const words = statementWords[language]
  return [
    { kind: 'heading', text: words.about },
    row(words.employer, made.employer),
    row(words.platform, made.subject.platform),
    row(words.candidate, made.subject.candidate),
    row(words.hash, made.subject.hash),
    row(words.state, words.stateOf[made.state]),
    ...(made.destroyed_at === undefined ? [] : [row(words.destroyedAt, printTime(made.destroyed_at))]),
    ...(made.until === undefined ? [] : [row(words.until, printTime(made.until))]),
    row(words.madeAt, printTime(made.made_at)),
  ]
}

const keptBlocks = (made: Statement, language: PaperLanguage): PaperBlock[] => {
  const words = statementWords[language]
  if (made.kept.length === 0) return []
  return [
    { kind: 'heading', text: words.kept },
    ...made.kept.map((kept) => {
      const until =
        kept.until === undefined
          ? words.noClock
          : fill(words.keptUntil, { until: printTime(kept.until), clause: kept.clause ?? '' })
      const held = kept.held_until === undefined ? [] : [fill(words.heldUntil, { until: printTime(kept.held_until) })]
      return row(kept.job_title ?? kept.job, [until, ...held].join('\n'))
    }),
  ]
}

export const shareBlocks = (shares: Statement['shares'], language: PaperLanguage): PaperBlock[] => {
  const words = statementWords[language]
  if (shares.length === 0) return []
  return [
    { kind: 'heading', text: words.shares, note: words.sharesNote },
    ...shares.map((share) =>
      row(
        printTime(share.at),
        [
          fill(words.shareRecipient, { recipient: share.recipient, contact: share.contact }),
          fill(words.sharePurpose, { purpose: share.purpose, method: share.method }),
          fill(words.fields, {
            fields: share.types.map((field) => entryWord(language, 'field', field)).join(words.join),
          }),
          share.document === undefined ? '' : fill(words.shareDocument, { document: share.document }),
          share.ended_at === undefined ? '' : fill(words.shareEnded, { time: printTime(share.ended_at) }),
        ]
          .filter((line) => line !== '')
          .join('\n'),
      ),
    ),
  ]
}

const certificateBlocks = (made: Statement, language: PaperLanguage): PaperBlock[] => {
  const words = statementWords[language]
  if (made.certificates.length === 0) return []
  return [
    { kind: 'heading', text: words.certificates },
    ...made.certificates.map((text) => {
      const { body } = signedCertificate.parse(JSON.parse(text))
      const reason = 'reason' in body ? retentionWord(language, body.reason) : ''
      const clause = 'clause' in body ? body.clause : ''
      return row(printTime(body.finished_at), fill(words.certificateText, { id: body.id, reason, clause }))
    }),
  ]
}

const rowText = (entry: StatementRow, language: PaperLanguage): string => {
  const words = statementWords[language]
  const outcome = entry.outcome === 'denied' ? `（${entryWord(language, 'outcome', 'denied')}）` : ''
  const { role, name, account, employer, agency } = entry.by
  const lines = [
    `${entryWord(language, 'action', entry.action)}${outcome}`,
    fill(words.by, {
      role: entryWord(language, 'role', role),
      name: name ?? account,
      employer: agency === undefined ? employer : `${employer} / ${agency}`,
    }),
    entry.fields === undefined
      ? ''
      : fill(words.fields, {
          fields: entry.fields.map((field) => entryWord(language, 'field', field)).join(words.join),
        }),
    [
      entry.job === undefined ? '' : fill(words.job, { job: entry.job_title ?? entry.job }),
      entry.reason === undefined ? '' : fill(words.reason, { reason: entryWord(language, 'reason', entry.reason) }),
      fill(words.entry, { i: entry.i }),
      entry.clause ?? '',
    ]
      .filter((part) => part !== '')
      .join('　'),
  ]
  return lines.filter((line) => line !== '').join('\n')
}

/** The statement as a paper that carries its own JSON. */
export const printStatement = (made: Statement, document: string, file: string, language: PaperLanguage) => {
  const words = statementWords[language]
  return drawPaper({
    title: words.title,
    subtitle: `${made.subject.platform} / ${made.subject.candidate}`,
    lead: words.lead,
    blocks: [
      ...aboutBlocks(made, language),
      ...keptBlocks(made, language),
      ...shareBlocks(made.shares, language),
      ...certificateBlocks(made, language),
      {
        kind: 'heading',
        text: words.rows,
        note: made.rows.length === 0 ? words.noRows : fill(words.rowsNote, { n: made.rows.length }),
      },
      ...made.rows.map((entry) => row(printTime(entry.at), rowText(entry, language))),
      { kind: 'heading', text: words.proofs },
      { kind: 'text', text: words[made.devices] },
      { kind: 'text', text: words[made.completeness] },
      { kind: 'text', text: fill(words.verifyText, { file }) },
      ...made.disclosure.logs.map(({ origin, checkpoint }) =>
        row(words.log, fill(words.head, { origin, size: parseCheckpoint(checkpoint).size })),
      ),
    ],
    foot: words.page,
    language,
    madeAt: Date.parse(made.made_at),
    creator: `candor ${programVersion}`,
    attachments: [{ name: file, type: 'application/json', bytes: new TextEncoder().encode(document) }],
  })
}
