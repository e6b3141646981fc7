import type { LedgerEntry } from '../../../electron/shared/domain/ledger-entry.ts'
import type { RouteName } from '../../../electron/shared/ipc/routes/index.ts'

/** What a step knows: ids of people and jobs, and what earlier steps answered. */
export type Place = {
  readonly ids: Record<string, string>
  /** The answer of an earlier step, by its route. */
  readonly answers: Map<string, unknown>
}

/**
 * One call of a route and what the log must gain by it, in the words of `sayEntry`, in order. `code`: it is refused or fails
 * with this.
 */
export type Step = {
  readonly route: RouteName
  readonly input?: (place: Place) => unknown
  readonly code?: string
  /** What happens around it: registered files go elsewhere and their time ends; a backup is deleted by hand;
   * an empty home is opened on another machine; the program is started anew; the sync runs to its end. */
  readonly meanwhile?: 'files_missed' | 'backup_gone' | 'new_machine' | 'locked' | 'synced'
  readonly log: readonly string[]
}

/** A hash of 32 bytes or an id that is made anew in each run, as the same word every time. */
const named = (text: string, names: ReadonlyMap<string, string>): string =>
  names.get(text) ?? (/^[\w-]{22,}$/u.test(text) ? '(id)' : text)

/** Ids, hashes of rules and numbers differ from run to run and from release to release. */
const inGeneral = (detail: string): string =>
  detail
    .replaceAll(/[0-9a-f-]{36}/gu, '(id)')
    .replaceAll(/\bapr_[\w-]+/gu, '(approval)')
    .replaceAll(/\b(?=[a-f]*\d)[0-9a-f]{8,64}\b/gu, '(hash)')
    .replaceAll(/\d+/gu, '#')

/**
 * An entry in one line: action, outcome, who it is about, for which job, which fields, why, by which clause, and its detail; numbers
 * in the detail that depend on the run are `#`.
 */
export const sayEntry = (entry: LedgerEntry, names: ReadonlyMap<string, string>): string =>
  [
    `${entry.action} ${entry.outcome}`,
    entry.subject === undefined ? '' : `of ${named(entry.subject.candidate, names)}`,
    entry.job === undefined ? '' : `for ${named(entry.job, names)}`,
    entry.fields === undefined ? '' : `[${entry.fields.join(' ')}]`,
    entry.reason === undefined ? '' : `because ${entry.reason}`,
    entry.policy === undefined ? '' : `by ${entry.policy.clause}`,
    entry.detail === undefined ? '' : `(${inGeneral(entry.detail)})`,
  ]
    .filter((part) => part !== '')
    .join(' ')

/** What an earlier step's route answered last. */
export const answerOf = ({ answers }: Place, route: string): Record<string, string> =>
  answers.get(route) as Record<string, string>

export const personA = ({ ids }: Place) => ({ id: ids['A'] })
