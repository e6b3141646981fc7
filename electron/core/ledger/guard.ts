import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { LedgerFormatError } from '../../shared/ledger/ledger-format-error.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'

/**
 * Runs `work` on the log. A full or failing disk is E_DISK, anything else that goes wrong below is E_LEDGER: whatever the
 * caller was about to show, it may not. Errors thrown on purpose pass.
 */
export const guard = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof IpcError) throw error
    if (error instanceof LedgerFormatError)
      throw new IpcError('E_LEDGER', 'the log is not what it should be', { found: error.code })
    const mapped = mapSqliteError(error)
    if (mapped.code === 'E_DISK') throw mapped
    throw new IpcError('E_LEDGER', 'the log cannot be read or written', { ...mapped.data, found: mapped.code })
  }
}
