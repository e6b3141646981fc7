import { dumpStore, type SyncPlace } from '../../../helpers/sync-place.ts'

type CandidateView = {
  readonly life: string
  readonly lock_reason: string | null
  readonly flags: string
  readonly plain: {
    readonly resume: { readonly basics: Record<string, string>; readonly meta: { cn: object } }
    readonly contact: object | null
  }
}
export const candidatesOf = (place: SyncPlace): CandidateView[] => dumpStore(place).candidate as CandidateView[]
export const count = (place: SyncPlace, table: string, where = '1'): number =>
  place.store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)?.n ?? -1
export const asideOf = (place: SyncPlace, why: string) =>
  place.store.all<{ type: string; id: string; problem: string | null }>(
    'SELECT type, id, problem FROM aside_change WHERE why = ? ORDER BY type, id',
    why,
  )
