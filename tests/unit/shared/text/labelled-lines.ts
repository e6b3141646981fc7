import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { FoundContact } from '../../../../electron/shared/text/find-contacts.ts'
import { findContacts } from '../../../../electron/shared/text/find-contacts.ts'
import { findInFileName } from '../../../../electron/shared/text/find-in-file-name.ts'

const labelled = z.object({
  names: z.array(z.string()),
  lines: z.array(
    z.object({
      where: z.enum(['body', 'note', 'chat', 'file']).optional(),
      text: z.string(),
      contacts: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
})

export type Label = { readonly kind: string; readonly start: number; readonly end: number }
export type LabelledLine = {
  readonly text: string
  readonly where: 'body' | 'note' | 'chat' | 'file'
  readonly labels: readonly Label[]
  readonly found: readonly FoundContact[]
}

/** Where each labelled contact stands; a value that stands twice is looked for from the end. */
function labelsOf(text: string, contacts: ReadonlyArray<readonly [string, string]>): Label[] {
  let before = text.length
  return contacts
    .toReversed()
    .map(([kind, value]) => {
      const start = text.lastIndexOf(value, before - value.length)
      if (start === -1) throw new Error(`"${value}" does not stand in "${text}"`)
      before = start
      return { kind, start, end: start + value.length }
    })
    .toReversed()
}

/** The labelled lines with what is found in them, and the names that are the person's own there. */
export function readLabelledLines(): { readonly names: readonly string[]; readonly lines: readonly LabelledLine[] } {
  const file = new URL('../../../fixtures/contacts-labelled.json', import.meta.url)
  const { names, lines } = labelled.parse(JSON.parse(readFileSync(file, 'utf8')))
  return {
    names,
    lines: lines.map(({ text, where = 'body', contacts }) => ({
      text,
      where,
      labels: labelsOf(text, contacts),
      found: (where === 'file' ? findInFileName : findContacts)(text, names),
    })),
  }
}

/** Whether all of the label is hidden, if need be by several marks side by side. */
export function isCovered(label: Label, found: readonly FoundContact[]): boolean {
  let at = label.start
  for (const span of found) if (span.start <= at && span.end > at) at = span.end
  return at >= label.end
}

export const isRight = (span: FoundContact, labels: readonly Label[]): boolean =>
  labels.some((label) => label.start < span.end && span.start < label.end)

export type Shares = {
  readonly labels: number
  /** Share of the labels that are hidden whole. */
  readonly recall: number
  /** Share of what was found that touches a label. */
  readonly precision: number
}

/** Recall and precision of each kind and of `all`. */
export function measure(lines: readonly LabelledLine[]): Readonly<Record<string, Shares>> {
  const labels = lines.flatMap((line) =>
    line.labels.map((label) => ({ kind: label.kind, good: isCovered(label, line.found) })),
  )
  const found = lines.flatMap((line) =>
    line.found.map((span) => ({ kind: span.kind as string, good: isRight(span, line.labels) })),
  )
  const share = (list: ReadonlyArray<{ readonly good: boolean }>): number =>
    list.length === 0 ? 1 : list.filter(({ good }) => good).length / list.length
  const kinds = ['all', ...new Set([...labels, ...found].map(({ kind }) => kind))]
  return Object.fromEntries(
    kinds.map((kind) => {
      const of = <Item extends { readonly kind: string }>(list: readonly Item[]): Item[] =>
        list.filter((item) => kind === 'all' || item.kind === kind)
      return [kind, { labels: of(labels).length, recall: share(of(labels)), precision: share(of(found)) }]
    }),
  )
}
