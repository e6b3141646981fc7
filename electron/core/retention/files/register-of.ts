import type { WriterCall } from '../../handler.ts'
import { authorOf } from '../../scorecards/colleagues.ts'
import { plainFileDays } from './file-handlers.ts'
import type { Register } from './register-file.ts'

/** The register of plain files, as whoever calls writes into it now. */
export const registerOf = (call: WriterCall): Register => ({
  store: call.account.store.db,
  asideKey: call.vault.keys.asideKey(),
  home: call.core.home.home,
  now: call.now,
  by: authorOf(call.account).id,
  maxDays: plainFileDays(call),
})
