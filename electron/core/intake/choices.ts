import { z } from 'zod'
import type { KeyObject } from 'node:crypto'
import {
  choiceKind,
  type ChoiceKind,
  type IntakeChoiceView,
  type IntakeSource,
} from '../../shared/domain/intake-runs.ts'
import type { JobId } from '../../shared/domain/ids.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import type { Marks } from './marks.ts'

type Row = {
  readonly mark: string
  readonly kind: ChoiceKind
  readonly platform: Platform
  readonly job_id: string | null
  readonly source: IntakeSource
  readonly at: number
  readonly by: string
  readonly used: number
  readonly sealed: Uint8Array
}

const words = z.object({ origin: z.string().optional(), domain: z.string() })

/** What was said once of a sender, a template or a mailbox. */
export type Choice = {
  readonly mark: string
  readonly platform: Platform
  readonly jobId: string | undefined
  readonly source: IntakeSource
  readonly origin: string | undefined
}

/** The choice that fits best: of the very sender, else of the template, else of the mailbox. */
export const findChoice = (db: ReadableDb, asideKey: KeyObject, marks: Marks): Choice | undefined => {
  for (const kind of choiceKind.options) {
    const mark = marks[kind]
    if (mark === undefined) continue
    const row = db.get<Row>('SELECT * FROM intake_choice WHERE mark = ?', mark)
    if (row === undefined) continue
    return {
      mark,
      platform: row.platform,
      jobId: row.job_id ?? undefined,
      source: row.source,
      origin: wordsOf(asideKey, row).origin,
    }
  }
  return undefined
}

const wordsOf = (asideKey: KeyObject, row: Pick<Row, 'mark' | 'sealed'>): z.infer<typeof words> =>
  words.parse(fromSealable(openBox(asideKey, aad('intake_choice', 'sealed', row.mark), row.sealed)))

export const noteUse = (db: WritableDb, mark: string): void => {
  db.run('UPDATE intake_choice SET used = used + 1 WHERE mark = ?', mark)
}

export const putChoice = (
  db: WritableDb,
  asideKey: KeyObject,
  choice: Choice & { readonly kind: ChoiceKind; readonly domain: string; readonly at: number; readonly by: string },
): void => {
  db.run(
    `INSERT OR REPLACE INTO intake_choice (mark, kind, platform, job_id, source, at, by, used, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)`,
    choice.mark,
    choice.kind,
    choice.platform,
    choice.jobId ?? null,
    choice.source,
    choice.at,
    choice.by,
    sealBox(
      asideKey,
      aad('intake_choice', 'sealed', choice.mark),
      toSealable({ origin: choice.origin, domain: choice.domain }),
    ),
  )
}

export const listChoices = (db: ReadableDb, asideKey: KeyObject): IntakeChoiceView[] =>
  db.all<Row>('SELECT * FROM intake_choice ORDER BY at DESC LIMIT 500').map((row) => ({
    id: row.mark,
    kind: row.kind,
    domain: wordsOf(asideKey, row).domain,
    platform: row.platform,
    ...(row.job_id === null ? {} : { job_id: row.job_id as JobId }),
    source: row.source,
    at: row.at,
    by: row.by,
    used: row.used,
  }))

export const removeChoice = (db: WritableDb, mark: string): boolean =>
  db.run('DELETE FROM intake_choice WHERE mark = ?', mark).changes > 0
