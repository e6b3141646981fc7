import { z } from 'zod'
import type { AiKind, AiOutput } from '../../shared/domain/ai.ts'
import { aiKind } from '../../shared/domain/ai.ts'
import type { ReaderCall, WriterCall } from '../handler.ts'
import { sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import { redactToString } from '../policy/text/redact.ts'
import type { OwnWords } from '../../shared/text/find-own-names.ts'

const sealedOutput = z.object({ text: z.string(), masked: z.boolean() })

type Row = {
  readonly id: string
  readonly application_id: string | null
  readonly job_id: string | null
  readonly kind: string
  readonly model: string
  readonly at: number
  readonly account: string
  readonly sealed: Uint8Array
}

export type NewOutput = {
  readonly kind: AiKind
  readonly model: string
  readonly text: string
  readonly jobId: string | null
  /** The application it tells of, with its key; null where it tells of a job alone. */
  readonly application: { readonly id: string; readonly key_slot: string } | null
  readonly own: OwnWords
}

/** Keeps what a model wrote as its own: contacts in it are masked before, so that none is ever kept. Inside a transaction. */
export const putOutput = (call: WriterCall, made: NewOutput): AiOutput => {
  const id = crypto.randomUUID()
  const text = redactToString(made.text, made.own)
  const masked = text !== made.text
  const plain = toSealable({ text, masked } satisfies z.infer<typeof sealedOutput>)
  const place = aad('ai_output', 'sealed', id)
  const { application } = made
  call.store.run(
    'INSERT INTO ai_output (id, application_id, job_id, kind, model, at, account, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    application?.id ?? null,
    made.jobId,
    made.kind,
    made.model,
    call.now,
    call.account.view.id,
    application === null
      ? sealBox(call.vault.keys.asideKey(), place, plain)
      : call.account.keystore.seal(application.key_slot, place, plain),
  )
  return {
    id,
    author: 'ai',
    kind: made.kind,
    model: made.model,
    at: call.now,
    ...(made.jobId === null ? {} : { job_id: made.jobId as NonNullable<AiOutput['job_id']> }),
    ...(application === null ? {} : { application_id: application.id as NonNullable<AiOutput['application_id']> }),
    text,
    masked,
  }
}

const viewOf = (row: Row, plain: Uint8Array, own: OwnWords): AiOutput => {
  const { text, masked } = sealedOutput.parse(fromSealable(plain))
  // Words that were reported since are masked as well.
  const shown = redactToString(text, own)
  return {
    id: row.id,
    author: 'ai',
    kind: aiKind.parse(row.kind),
    model: row.model,
    at: row.at,
    ...(row.job_id === null ? {} : { job_id: row.job_id as NonNullable<AiOutput['job_id']> }),
    ...(row.application_id === null
      ? {}
      : { application_id: row.application_id as NonNullable<AiOutput['application_id']> }),
    text: shown,
    masked: masked || shown !== text,
  }
}

/** What was written about an application, newest first. */
export const listOutputs = (
  call: ReaderCall,
  application: { readonly id: string; readonly key_slot: string },
  own: OwnWords,
): AiOutput[] =>
  call.store
    .all<Row>('SELECT * FROM ai_output WHERE application_id = ? ORDER BY at DESC, rowid DESC', application.id)
    .map((row) =>
      viewOf(
        row,
        call.account.keystore.open(application.key_slot, aad('ai_output', 'sealed', row.id), row.sealed),
        own,
      ),
    )

export type FoundOutput = Pick<Row, 'id' | 'application_id' | 'job_id' | 'kind' | 'model'>

export const findOutput = (call: ReaderCall, id: string): FoundOutput | undefined =>
  call.store.get<FoundOutput>('SELECT id, application_id, job_id, kind, model FROM ai_output WHERE id = ?', id)

export const dropOutput = (call: WriterCall, id: string): void => {
  call.store.run('DELETE FROM ai_output WHERE id = ?', id)
}
