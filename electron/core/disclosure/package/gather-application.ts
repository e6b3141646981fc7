import { openWords, listOfRecord } from '../../interviews/interview-rows.ts'
import { listChecks, stateNow } from '../../background/background-rows.ts'
import type { ApplicationRecord } from '../../candidates/candidate-rows.ts'
import type { ReaderCall } from '../../handler.ts'
import { aad, fromSealable } from '../../keys/sealed-columns.ts'
import { listMessages, openText } from '../../messages/message-rows.ts'
import { listNotes, openNote } from '../../scorecards/note-rows.ts'
import { listScorecards, openScorecard } from '../../scorecards/scorecard-rows.ts'
import type { CleanText } from './others-removed.ts'
import type { CopyPackage } from './package-format.ts'

type PackedApplication = CopyPackage['applications'][number]
type Move = {
  readonly at: number
  readonly by: string
  readonly from_stage: string
  readonly to_stage: string
  readonly reason: string | null
}

export const iso = (at: number): string => new Date(at).toISOString()
const unless = <K extends string, V>(key: K, value: V | null | undefined): Partial<Record<K, V>> =>
  value === null || value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>)

/** What is told of a colleague: that it was one. Names are other people's data. */
const colleague = 'colleague'

const movesOf = (call: ReaderCall, id: string): PackedApplication['moves'] =>
  call.store
    .all<Move>(
      'SELECT at, by, from_stage, to_stage, reason FROM stage_move WHERE application_id = ? AND undone_at IS NULL ORDER BY at',
      id,
    )
    .map((move) => ({
      at: iso(move.at),
      by: colleague,
      from: move.from_stage,
      to: move.to_stage,
      ...unless('reason', move.reason),
    }))

const notesOf = (call: ReaderCall, { id, key_slot: slot }: ApplicationRecord, clean: CleanText) =>
  listNotes(call.store, id).map((row) => ({
    at: iso(row.at),
    by: colleague,
    text: clean(openNote(call.account.keystore, slot, row), 'others'),
  }))

const scorecardsOf = (call: ReaderCall, { id, key_slot: slot }: ApplicationRecord, clean: CleanText) =>
  listScorecards(call.store, id).map((row) => {
    const { marks, recommendation, text } = openScorecard(call.account.keystore, slot, row)
    return {
      at: iso(row.at),
      by: colleague,
      marks,
      ...unless('recommendation', recommendation),
      ...unless('text', text === undefined ? undefined : clean(text, 'others')),
    }
  })

const interviewsOf = (call: ReaderCall, application: ApplicationRecord, clean: CleanText) =>
  listOfRecord(call.store, application.record_id)
    .filter((row) => row.application_id === application.id)
    .map((row) => {
      const { place, words } = openWords(call.account.keystore, row)
      return {
        starts_at: iso(row.starts_at),
        minutes: row.minutes,
        kind: row.kind,
        state: row.state,
        ...unless('place', place === '' ? undefined : clean(place, 'others')),
        ...unless('words', words === '' ? undefined : clean(words, 'others')),
      }
    })

const messagesOf = (call: ReaderCall, { id, key_slot: slot }: ApplicationRecord, clean: CleanText) =>
  listMessages(call.store, id).map((row) => ({
    at: iso(row.at),
    author: row.author,
    kind: row.kind,
    text: clean(openText(call.account.keystore, slot, row), row.author === 'candidate' ? 'person' : 'others'),
  }))

const checksOf = (call: ReaderCall, { id, key_slot: slot }: ApplicationRecord, clean: CleanText) =>
  listChecks(call.store, id).map((row) => {
    const state = stateNow(row, call.now)
    const sealed =
      state === 'reported'
        ? call.store.get<{ sealed: Uint8Array | null }>('SELECT sealed FROM background_check WHERE id = ?', row.id)
            ?.sealed
        : null
    const report =
      sealed === null || sealed === undefined
        ? undefined
        : String(fromSealable(call.account.keystore.open(slot, aad('background_check', 'sealed', row.id), sealed)))
    return {
      asked_at: iso(row.asked_at),
      state,
      provider: row.provider,
      scope: JSON.parse(row.scope) as string[],
      ...unless('report', report === undefined ? undefined : clean(report, 'others')),
      ...unless('destroy_at', row.destroy_at === null ? undefined : iso(row.destroy_at)),
    }
  })

/** One application with everything that was done and written about it. */
export const gatherApplication = (
  call: ReaderCall,
  application: ApplicationRecord,
  clean: CleanText,
  attachments: PackedApplication['attachments'],
): PackedApplication => ({
  id: application.id,
  job: application.job_id,
  ...unless('job_title', application.job_title),
  channel: application.channel,
  evidence_at: iso(application.evidence_at),
  at: iso(application.at),
  stage: application.stage,
  ...unless('decision', application.decision),
  moves: movesOf(call, application.id),
  notes: notesOf(call, application, clean),
  scorecards: scorecardsOf(call, application, clean),
  interviews: interviewsOf(call, application, clean),
  messages: messagesOf(call, application, clean),
  background_checks: checksOf(call, application, clean),
  attachments,
})
