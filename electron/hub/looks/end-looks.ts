import type { Hub } from '../hub.ts'
import { lookKeyName } from './begin-look.ts'
import { touchContent } from './touch-content.ts'

/** As long as who looked is told otherwise (D11). */
const keptMilliseconds = 366 * 24 * 3_600_000

/** Looks whose hour is over: what they opened goes back to a card on the administrator's workstation. */
export const endLooks = async (hub: Hub): Promise<void> => {
  const over = await hub.db
    .selectFrom('content_look')
    .select(['employer_id', 'id', 'candidate_id', 'job_id'])
    .where('closed', '=', false)
    .where('until_at', '<=', hub.clock.now())
    .execute()
  for (const look of over) {
    await hub.db.transaction().execute(async (tx) => {
      const { numUpdatedRows: taken } = await tx
        .updateTable('content_look')
        .set({ closed: true })
        .where('employer_id', '=', look.employer_id)
        .where('id', '=', look.id)
        .where('closed', '=', false)
        .executeTakeFirst()
      if (taken > 0n) await touchContent(hub, tx, look)
    })
    hub.events.emit(look.employer_id)
  }
  const old = await hub.db
    .deleteFrom('content_look')
    .where('closed', '=', true)
    .where('until_at', '<=', hub.clock.now() - keptMilliseconds)
    .returning(['employer_id', 'id', 'candidate_id'])
    .execute()
  for (const { employer_id: employerId, ...look } of old) {
    if (look.candidate_id !== null) continue
    await hub.db
      .deleteFrom('record_key')
      .where('employer_id', '=', employerId)
      .where('candidate_id', '=', lookKeyName(look))
      .execute()
  }
}
