import { countWord, destructionWords } from '../../../shared/retention/destruction-words.ts'
import type { AnyBody, BatchBody, CertificateBody } from '../certificate.ts'
import { certificateTexts, type CertificateLanguage } from './certificate-texts.ts'

/** One line of a printed certificate: what, and what of it. */
export type PrintedRow = readonly [label: string, value: string]

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** `2026-11-21 09:41:07 +08:00`, the zone of every deadline here. */
const timeText = (at: number): string =>
  `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} +08:00`

const word = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code

const countsText = (counts: Readonly<Record<string, number>>, language: CertificateLanguage): string =>
  Object.entries(counts)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${n} ${countWord(language, kind, n)}`)
    .join(language === 'zh-CN' ? '，' : ', ')

const commonRows = (body: AnyBody, language: CertificateLanguage): PrintedRow[] => {
  const texts = certificateTexts[language]
  const { origin, index, cosignatures } = body.ledger
  return [
    [texts.operator, `${body.operator} (${body.operator_role})`],
    [texts.workstation, body.device],
    [texts.software, body.software],
    [texts.ledger, fill(texts.ledgerText, { origin, index, n: cosignatures.length })],
  ]
}

const timeRows = (body: AnyBody, language: CertificateLanguage): PrintedRow[] => {
  const texts = certificateTexts[language]
  return [
    [texts.started, timeText(body.started_at)],
    [texts.finished, timeText(body.finished_at)],
    [texts.time, texts[body.time_source]],
  ]
}

const singleRows = (body: CertificateBody, language: CertificateLanguage): PrintedRow[] => {
  const texts = certificateTexts[language]
  const words = destructionWords[language]
  const left = body.not_reached.map(({ of, why, count }) => `${count} ${word(words.counts, `${of}s_${why}`)}`)
  return [
    [texts.subject, `${body.subject.platform} / ${body.subject.candidate}`],
    [texts.scope, texts[body.scope]],
    [texts.reason, `${word(words.retention, body.reason)}（${body.clause}）`],
    [texts.ground, `${word(words.ground, body.ground.code)}（${body.ground.clause}，${body.ground.law}）`],
    [texts.policy, `${body.policy.profile} ${body.policy.version}`],
    [texts.due, timeText(body.due_at)],
    ...timeRows(body, language),
    [texts.held, countsText(body.counts, language)],
    [texts.methods, body.methods.map(({ of, method }) => word(texts.method, of) || method).join('\n')],
    [texts.left, left.length === 0 ? texts.none : left.join('\n')],
    ...(body.handed_over === undefined
      ? []
      : [
          [
            texts.handedOver,
            body.handed_over.map((file) => `${file.sha256} ${file.legal_basis ?? ''}`.trim()).join('\n'),
          ] as const,
        ]),
    [texts.verified, fill(texts.verifiedText, { rows: body.verified.rows_left, keys: body.verified.keys_left })],
    ...commonRows(body, language),
  ]
}

const batchRows = (body: BatchBody, language: CertificateLanguage): PrintedRow[] => {
  const texts = certificateTexts[language]
  const words = destructionWords[language]
  const reason = word({ ...words.retention, ...words.order }, body.order.reason)
  return [
    [texts.order, fill(texts.orderText, { at: timeText(body.order.at), operator: body.operator, reason })],
    ...timeRows(body, language),
    [texts.held, countsText(body.counts, language)],
    [texts.left, String(body.left_behind)],
    [texts.notDestroyed, String(body.not_destroyed)],
    ...commonRows(body, language),
    [
      texts.rows,
      body.rows
        .map(
          (row) => `${row.certificate}　${word(words.retention, row.reason)}（${row.clause}）\nSHA-256 ${row.sha256}`,
        )
        .join('\n'),
    ],
  ]
}

/** Everything that a printed certificate says, line by line. */
export const printedRows = (body: AnyBody, language: CertificateLanguage): PrintedRow[] =>
  body.format === 'candor-certificate/1' ? singleRows(body, language) : batchRows(body, language)
