import { upsertPost } from '../bulletin/post-rows.ts'
import { changeData } from '../../shared/domain/sync-records.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { putPendingEntries } from '../ledger/pending-entries.ts'
import { applyConsultation } from './apply-consultation.ts'
import { openAside, removeAside, type AsideRow } from './aside.ts'
import type { ApplyContext } from './page-work.ts'

/** Takes up posts and consultations that an earlier version kept aside; in a transaction of its own. */
export const adoptBulletin = (context: ApplyContext, now: number): number =>
  context.store.transaction(() => {
    const work = { ...context, now, drafts: [] as EntryDraft[] }
    const rows = work.store.all<AsideRow>(
      `SELECT * FROM aside_change WHERE type IN ('announcement', 'position', 'consultation') AND why = 'stored'
       ORDER BY at, id`,
    )
    for (const row of rows) {
      const data = openAside(work, row)
      removeAside(work.store, row.type, row.id)
      if (row.type === 'announcement' || row.type === 'position') {
        const post = changeData[row.type].safeParse(data)
        if (post.success) upsertPost(work.store, row.type, row, post.data)
        continue
      }
      const said = changeData.consultation.safeParse(data)
      if (said.success) applyConsultation(work, row, said.data)
    }
    putPendingEntries(context.store, context.ledger, context.actor, work.drafts)
    return rows.length
  })
