import type { ActivityRow } from '../../shared/domain/collaboration.ts'
import type { InterviewKind, InterviewState } from '../../shared/domain/interviews.ts'
import type { Stage } from '../../shared/domain/vocabulary.ts'
import type { OpenedRecord } from '../candidates/open-record.ts'
import type { ReaderCall } from '../handler.ts'
import { authorOf, namesOf } from './colleagues.ts'
import { listNotes } from './note-rows.ts'
import { listScorecards } from './scorecard-rows.ts'

type Move = {
  readonly at: number
  readonly by: string
  readonly from_stage: Stage
  readonly to_stage: Stage
  readonly reason: string | null
  readonly undone_at: number | null
}
type Interview = {
  readonly created_at: number
  readonly by: string
  readonly kind: InterviewKind
  readonly state: InterviewState
  readonly starts_at: number
}
type Message = {
  readonly at: number
  readonly account: string | null
  readonly kind: 'greeting' | 'invitation' | 'chat'
  readonly author: 'candidate' | 'human' | 'ai'
}

/** More than anybody reads; a conversation of years must not make a view slow. */
const most = 200

/**
 * What has happened with the applications that whoever looks may see, in codes, newest first. Of marks, only those that they may
 * see; what was said to the person goes with the body, and to no interviewer.
 */
export const activityOf = (call: ReaderCall, record: OpenedRecord, body: boolean): ActivityRow[] => {
  const nameOf = namesOf(call)
  const me = authorOf(call.account).id
  const { store } = call
  const chats = body && call.account.role !== 'interviewer'
  const rows = record.applications.flatMap(({ id }): ActivityRow[] => {
    const cards = body ? listScorecards(store, id) : []
    const shown = cards.some(({ author }) => author === me) ? cards : []
    return [
      ...store
        .all<Move>(
          `SELECT at, by, from_stage, to_stage, reason, undone_at FROM stage_move WHERE application_id = ?
           ORDER BY at DESC LIMIT ${most}`,
          id,
        )
        .map((move): ActivityRow => ({
          kind: 'move',
          at: move.at,
          by: nameOf(move.by),
          from: move.from_stage,
          to: move.to_stage,
          ...(move.reason === null ? {} : { reason: move.reason }),
          undone: move.undone_at !== null,
        })),
      ...(body ? listNotes(store, id) : []).map((note): ActivityRow => ({
        kind: 'note',
        at: note.edited_at ?? note.at,
        by: note.author_id === null ? note.author : nameOf(note.author_id),
        edited: note.edited_at !== null,
      })),
      ...shown.map((card): ActivityRow => ({
        kind: 'scorecard',
        at: card.revised_at ?? card.at,
        by: nameOf(card.author),
        revised: card.revised_at !== null,
      })),
      ...store
        .all<Interview>(
          `SELECT created_at, by, kind, state, starts_at FROM interview WHERE application_id = ?
           ORDER BY created_at DESC LIMIT ${most}`,
          id,
        )
        .map((interview): ActivityRow => ({
          kind: 'interview',
          at: interview.created_at,
          by: nameOf(interview.by),
          way: interview.kind,
          state: interview.state,
          starts_at: interview.starts_at,
        })),
      ...(chats
        ? store.all<Message>(
            `SELECT at, account, kind, author FROM message WHERE application_id = ? ORDER BY at DESC LIMIT ${most}`,
            id,
          )
        : []
      ).map((message): ActivityRow => ({
        kind: 'message',
        at: message.at,
        by: message.account === null ? '' : nameOf(message.account),
        sort: message.kind,
        author: message.author,
      })),
    ]
  })
  return rows.sort((a, b) => b.at - a.at).slice(0, most)
}
