import { workingYear, type WorkingYear } from '../shared/domain/working-year.ts'
import { createWorkingCalendar, type WorkingCalendar } from '../shared/retention/working-days.ts'
import type { HubQueries } from './db/schema.ts'

/** The working days that the program knows, and behind them those of the years that this hub's `calendar` records name. */
export const getWorkingCalendar = async (
  db: HubQueries,
  employerId: string,
  shipped: readonly WorkingYear[],
): Promise<WorkingCalendar> => {
  const rows = await db
    .selectFrom('record')
    .select('data')
    .where('employer_id', '=', employerId)
    .where('type', '=', 'calendar')
    .where('deleted', '=', false)
    .execute()
  const named = rows.flatMap((row) => workingYear.safeParse(row.data).data ?? [])
  return createWorkingCalendar([...shipped, ...named])
}
