import { getEndedFile } from '../ledger/ended-files.ts'
import { isOver, listFiles, settle } from '../retention/files/file-rows.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/**
 * Plain files outside that a backup still knows, inside the caller's transaction: what is over since then stays over, as the log's own file
 * remembers it, and nobody is asked about it again. Another machine's files are on a drive that is away from here: they are destroyed if
 * they turn up where they lay, and nobody here is asked where they are.
 *
 * @param ours whether this home made the backup
 */
export const settleRestoredFiles = (db: WritableDb, ledgerDb: ReadableDb, ours: boolean): void => {
  for (const row of listFiles(db)) {
    if (isOver(row)) continue
    const ended = getEndedFile(ledgerDb, row.id)
    if (ended === undefined) {
      if (!ours) db.run("UPDATE registered_file SET volume = 'elsewhere', inode = NULL WHERE id = ?", row.id)
    } else if (ended.answer === null) settle(db, row, 'destroyed')
    else settle(db, row, 'answered', { answer: ended.answer, at: ended.at, by: ended.by ?? '' })
  }
}
