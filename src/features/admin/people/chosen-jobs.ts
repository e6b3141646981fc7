import { isoDate } from '../../../i18n/format.ts'

/** A job that was ticked; `until`: the last day (YYYY-MM-DD, in China), empty where it has none. */
export type ChosenJob = { readonly id: string; readonly until: string }

type Right = { readonly job_id: string; readonly until?: number | undefined }

/** The day ends with its last second in China. */
const endOf = (day: string): number => Date.parse(`${day}T23:59:59+08:00`)

/** As the contract takes it. */
export const rightsOf = (chosen: readonly ChosenJob[]): { job_id: string; until?: number }[] =>
  chosen.map(({ id, until }) => ({ job_id: id, ...(until === '' ? {} : { until: endOf(until) }) }))

export const chosenOf = (rights: readonly Right[]): ChosenJob[] =>
  rights.map(({ job_id: id, until }) => ({ id, until: until === undefined ? '' : isoDate(until) }))

/** A right that ended before it began helps nobody. */
export const allAhead = (chosen: readonly ChosenJob[], now: number): boolean =>
  chosen.every(({ until }) => until === '' || endOf(until) > now)
