import { criteria, mark } from '../../shared/domain/collaboration.ts'
import { changeData, type ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { getNote, putMentions, putNote, removeNote, sealNote } from '../scorecards/note-rows.ts'
import { getScorecard, getScorecardOf, putScorecard, sealScorecard } from '../scorecards/scorecard-rows.ts'
import { listAssignments, putAssignment, removeAssignment } from '../scorecards/assignment-rows.ts'
import { openAside, removeAside, type AsideRow } from './aside.ts'
import { isQueued } from './outbox.ts'
import type { ApplyContext, PageWork } from './page-work.ts'
import { pastTime } from './past-time.ts'

type Work = Pick<PageWork, 'store' | 'keystore' | 'now' | 'viewer'>
type Head = { readonly id: string }
type Place = { readonly key_slot: string; readonly record_id: string; readonly platform_id: string }

const placeOf = ({ store }: Work, applicationId: string | undefined): Place | undefined =>
  applicationId === undefined
    ? undefined
    : store.get<Place>(
        `SELECT a.key_slot, a.record_id, c.platform_id FROM application a JOIN candidate c ON c.record_id = a.record_id
         WHERE a.id = ?`,
        applicationId,
      )

/**
 * A note of a colleague, or one's own come back. False while its application is not here. Words that were changed here and are
 * on their way are not undone by older ones.
 */
export const applyNote = (work: Work, { id }: Head, data: ChangeDataOf<'note'>): boolean => {
  const { application_id: applicationId } = data
  const place = placeOf(work, applicationId)
  if (place === undefined || applicationId === undefined) return false
  const author = data.by ?? ''
  const known = getNote(work.store, id)
  // A note never moves to another application or another author.
  if (place.platform_id !== data.candidate_id) return true
  if (known !== undefined && (known.application_id !== applicationId || known.author_id !== author)) return true
  if (author === work.viewer.account && isQueued(work.store, 'note', applicationId)) return true
  const row = {
    id,
    record_id: place.record_id,
    application_id: applicationId,
    at: pastTime(data.at, work.now),
    author: known?.author ?? author,
    author_id: author,
    edited_at: data.edited_at === undefined ? null : pastTime(data.edited_at, work.now),
    sealed: sealNote(work.keystore, place.key_slot, id, data.text),
  }
  putNote(work.store, row)
  putMentions(work.store, row, data.mentions ?? [], row.at)
  return true
}

/** Marks of a colleague, or one's own come back. What is no mark is left out. False while the application is not here. */
export const applyScorecard = (work: Work, { id }: Head, data: ChangeDataOf<'scorecard'>): boolean => {
  const place = placeOf(work, data.application_id)
  if (place === undefined) return false
  const author = data.by ?? ''
  const known = getScorecard(work.store, id) ?? getScorecardOf(work.store, data.application_id, author)
  if (known !== undefined && (known.application_id !== data.application_id || known.author !== author)) return true
  if (author === work.viewer.account && isQueued(work.store, 'scorecard', data.application_id)) return true
  const marks = Object.fromEntries(
    Object.entries(data.scores)
      .filter(([name, value]) => name.length <= 60 && mark.safeParse(value).success)
      .slice(0, 20),
  )
  putScorecard(work.store, {
    id,
    application_id: data.application_id,
    author,
    author_name: known?.author_name ?? author,
    at: pastTime(data.at, work.now),
    revised_at: data.revised_at === undefined ? null : pastTime(data.revised_at, work.now),
    sealed: sealScorecard(work.keystore, place.key_slot, id, {
      marks,
      ...(data.recommendation === undefined ? {} : { recommendation: data.recommendation }),
      ...(data.text === undefined ? {} : { text: data.text }),
    }),
  })
  return true
}

export const endNote = ({ store }: Work, id: string): void => {
  removeNote(store, id)
}

export const endScorecard = ({ store }: Work, id: string): void => {
  store.run('DELETE FROM scorecard WHERE id = ?', id)
}

/** Who was asked to look, as the hub has it; what was asked here and is on its way stays. Says whether anything changed. */
export const applyInterviewers = (work: Work, applicationId: string, interviewers: readonly string[]): boolean => {
  if (isQueued(work.store, 'assignment', applicationId)) return false
  const before = listAssignments(work.store, applicationId).map(({ account }) => account)
  const wanted = new Set(interviewers)
  for (const account of before) {
    if (!wanted.has(account)) removeAssignment(work.store, applicationId, account)
  }
  for (const account of wanted) {
    const row = { application_id: applicationId, account, account_name: '', at: work.now, by: '' }
    if (!before.includes(account)) putAssignment(work.store, row)
  }
  return before.length !== wanted.size || before.some((account) => !wanted.has(account))
}

/** What a job's applications are judged by; what the law protects is taken from nobody. */
export const criteriaColumn = (data: ChangeDataOf<'job'>): string | null => {
  const read = criteria.safeParse(data.criteria)
  return read.success ? JSON.stringify(read.data) : null
}

/** Takes up notes and marks that an earlier version kept aside, as far as their application is here; a transaction of its own. */
export const adoptCollaboration = (context: ApplyContext, now: number): number =>
  context.store.transaction(() => {
    const work = { ...context, now }
    const rows = work.store.all<AsideRow>(
      `SELECT * FROM aside_change WHERE type IN ('note', 'scorecard') AND why = 'stored'
         AND application_id IN (SELECT id FROM application) ORDER BY at, id`,
    )
    for (const row of rows) {
      const data = openAside(work, row)
      removeAside(work.store, row.type, row.id)
      const note = row.type === 'note' ? changeData.note.safeParse(data) : undefined
      const card = row.type === 'scorecard' ? changeData.scorecard.safeParse(data) : undefined
      if (note?.success === true) applyNote(work, row, note.data)
      if (card?.success === true) applyScorecard(work, row, card.data)
    }
    return rows.length
  })
