import type { Figure, ReportKind, ReportRow } from '@shared/domain/reports.ts'
import type { useText } from '../../i18n/use-text.ts'
import { toldFigure } from './figures.ts'

type Text = ReturnType<typeof useText>
type Labelled = ReportRow & { readonly label: string }
export type Bar = {
  readonly key: string
  readonly label: string
  readonly figure: Figure
  readonly value?: string
  readonly size?: number
  readonly note?: string
  readonly quiet?: boolean
}

/** The word for a code of a report: a stage, a source, a week, a reason. */
export const labelOf = ({ t, te, code }: Text, kind: ReportKind, place: 'row' | 'column', key: string): string => {
  if (te(`reports.word.${key}`)) return t(`reports.word.${key}`)
  if (kind === 'sources' && place === 'row') {
    const [platform = '', channel = ''] = key.split(' ')
    return platform === channel
      ? code('channel', channel)
      : `${code('platform', platform)} · ${code('channel', channel)}`
  }
  if (kind === 'retention' && place === 'column') return code('retention', key)
  return code('stage', key)
}

const day = 86_400_000

/** `2.4 天`, `6 小时` */
const lasting = ({ t, number }: Text, ms: number): string =>
  ms >= day
    ? t('reports.days', { n: number(Math.round((ms / day) * 10) / 10) })
    : t('reports.hours', { n: number(Math.round(ms / 3_600_000)) })

export const timeWords = (text: Text, { mean_ms: mean }: ReportRow): string | undefined =>
  typeof mean === 'number' ? lasting(text, mean) : undefined

const first = (row: ReportRow): Figure => row.cells[0] ?? { n: 0 }

/** How many went on from one step to the next, where both are told. */
const wentOn = ({ t, number }: Text, from: Figure | undefined, to: Figure): string | undefined =>
  from === undefined || from.n === null || to.n === null || from.n === 0 || to.n > from.n
    ? undefined
    : t('reports.funnel.wentOn', { share: number(Math.round((to.n / from.n) * 100)) })

const ended = new Set(['rejected', 'withdrawn'])

export const funnelBars = (text: Text, rows: readonly Labelled[]): Bar[] =>
  rows.map((row, at) => {
    const quiet = ended.has(row.key)
    const before = rows[at - 1]
    const note = quiet || before === undefined ? undefined : wentOn(text, first(before), first(row))
    return { key: row.key, label: row.label, figure: first(row), quiet, ...(note === undefined ? {} : { note }) }
  })

export const sourceBars = (text: Text, rows: readonly Labelled[]): Bar[] =>
  rows.map((row) => ({
    key: row.key,
    label: row.label,
    figure: first(row),
    note: text.t('reports.sources.interviewed', { n: toldFigure(row.cells[1] ?? { n: 0 }, text.number) }),
  }))

export const timeBars = (text: Text, rows: readonly Labelled[]): Bar[] =>
  rows.map((row) => ({
    key: row.key,
    label: row.label,
    figure: first(row),
    size: row.mean_ms ?? 0,
    value: timeWords(text, row) ?? '–',
    note: text.tn('reports.time.of', first(row).n ?? 2, { n: toldFigure(first(row), text.number) }),
  }))
