import type { JobId } from '../../shared/domain/ids.ts'
import type { IntakeAskView, IntakeQuestion } from '../../shared/domain/intake-runs.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers, type ReaderCall } from '../handler.ts'
import type { ReadableDb } from '../store/database.ts'
import { followQuarantine } from '../mailbox/follow-quarantine.ts'
import { listChoices, putChoice, removeChoice } from './choices.ts'
import { toAnswer } from './intake-handlers.ts'
import { markColumns, openAbout, openAsideBytes, removeAside, requireAside } from './quarantine-rows.ts'
import { prepareTakeIn } from './take-in.ts'

/** More than these nobody answers one by one; the rest comes up as they go. */
const mostShown = 50
const mostAlike = 500

type AskRow = {
  readonly id: string
  readonly at: number
  readonly asks: IntakeQuestion
  readonly extension: string
  readonly size: number
  readonly key_slot: string
  readonly sealed_name: Uint8Array
  readonly sender_mark: string | null
  readonly template_mark: string | null
  readonly mailbox_mark: string | null
}

const requireAsk = (db: ReadableDb, id: string): AskRow => {
  const row = db.get<AskRow>(
    `SELECT id, at, asks, extension, size, key_slot, sealed_name, sender_mark, template_mark, mailbox_mark FROM quarantine
     WHERE id = ? AND asks IS NOT NULL`,
    id,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'this file does not wait for an answer (any more)')
  return row
}

/** Others that wait and bear the same mark. */
const alikeOf = (db: ReadableDb, row: AskRow, kind: keyof typeof markColumns): string[] => {
  const column = markColumns[kind]
  const mark = row[column]
  if (mark === null) return []
  return db
    .all<{ id: string }>(
      `SELECT id FROM quarantine WHERE ${column} = ? AND asks IS NOT NULL AND id <> ? LIMIT ${mostAlike}`,
      mark,
      row.id,
    )
    .map(({ id }) => id)
}

const viewOf = ({ store, account }: ReaderCall, row: AskRow): IntakeAskView => {
  const about = openAbout(account.keystore, row)
  const { platform, confidence, job } = about.guess
  return {
    id: row.id,
    at: row.at,
    asks: row.asks,
    way: about.way,
    label: row.extension === '' ? '?' : row.extension,
    size: row.size,
    ...(about.domain === undefined ? {} : { domain: about.domain }),
    guess: {
      ...(platform === undefined ? {} : { platform }),
      ...(confidence === undefined ? {} : { confidence }),
      ...(job === undefined ? {} : { job_id: job as JobId }),
    },
    alike: {
      sender: alikeOf(store, row, 'sender').length,
      template: alikeOf(store, row, 'template').length,
      mailbox: alikeOf(store, row, 'mailbox').length,
    },
  }
}

export const askHandlers = defineHandlers({
  'intake.asks': {
    read: (call) => ({
      items: call.store
        .all<AskRow>(
          `SELECT id, at, asks, extension, size, key_slot, sealed_name, sender_mark, template_mark, mailbox_mark
           FROM quarantine WHERE asks IS NOT NULL ORDER BY at LIMIT ${mostShown}`,
        )
        .map((row) => viewOf(call, row)),
      total: call.store.get<{ n: number }>('SELECT count(*) AS n FROM quarantine WHERE asks IS NOT NULL')?.n ?? 0,
    }),
  },
  'intake.answer': {
    prepare: async (call, input) => {
      const row = requireAsk(call.store, input.id)
      const { keystore, view } = call.account
      const about = openAbout(keystore, row)
      const alike = input.remember === undefined ? [] : alikeOf(call.store, row, input.remember)
      const mark = input.remember === undefined ? null : row[markColumns[input.remember]]
      if (input.remember !== undefined && mark === null) {
        throw new IpcError('E_INPUT', 'this file has nothing of the kind to be remembered by', { fields: 'remember' })
      }
      const commit = await prepareTakeIn(call, {
        name: about.name,
        bytes: openAsideBytes(call.store, keystore, requireAside(call.store, row.id)),
        way: about.way,
        jobId: input.job_id,
        platform: input.platform,
        source: input.source,
        origin: input.origin,
        ...(about.mailbox === undefined ? {} : { mail: { mailbox: about.mailbox, identity: about.message } }),
        ...(input.person === undefined ? {} : { words: input.person }),
        aside: row.id,
      })
      return (writer) => {
        const written = commit(writer)
        followQuarantine(writer.store, row.id, written.output)
        removeAside(writer.store, row.id)
        if (input.remember !== undefined && mark !== null) {
          putChoice(writer.store, writer.vault.keys.asideKey(), {
            mark,
            kind: input.remember,
            platform: input.platform,
            jobId: input.remember_job ? input.job_id : undefined,
            source: input.source,
            origin: input.origin,
            domain: about.domain ?? '',
            at: writer.now,
            by: view.name,
          })
        }
        return {
          ...written,
          output: { taken: toAnswer(written.output), alike },
          after: () => {
            keystore.destroy(row.key_slot)
            written.after?.()
            writer.core.emit('data.changed', { what: ['quarantine', 'intake'] })
          },
        }
      }
    },
  },
  'intake.choices': { read: (call) => ({ items: listChoices(call.store, call.vault.keys.asideKey()) }) },
  'intake.forget_choice': {
    write: (call, { id }) => {
      if (!removeChoice(call.store, id)) throw new IpcError('E_NOT_FOUND', 'nothing of the kind is remembered')
      return {
        output: {},
        entries: [{ action: 'stage', outcome: 'done', detail: 'intake choice forgotten' }],
        after: () => call.core.emit('data.changed', { what: ['intake'] }),
      }
    },
  },
})
