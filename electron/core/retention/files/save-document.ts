import { writeFileSync } from 'node:fs'
import type { EntryDraft } from '../../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { Core } from '../../context.ts'
import type { Written } from '../../handler.ts'
import { placeForFile } from './register-file.ts'

type Saved = { written: boolean; readonly size: number }

/**
 * A file that holds no candidate's data, so that nothing has to end it: asks where to by the system's own dialog.
 * @throws IpcError E_CANCELLED, E_FILE
 */
export const askDocumentPlace = async (core: Core, name: string): Promise<string> => {
  const path = await core.askPlace('save', name)
  if (path === null) throw new IpcError('E_CANCELLED', 'no place was named')
  return placeForFile(path, core.home.home)
}

/** Writes it there once the log tells of it: no byte exists outside before. @throws IpcError E_FILE */
export const writeDocument = (path: string, bytes: Uint8Array, entries: readonly EntryDraft[]): Written<Saved> => {
  const output: Saved = { written: false, size: bytes.length }
  return {
    output,
    entries,
    after: () => {
      try {
        writeFileSync(path, bytes, { mode: 0o600 })
      } catch {
        throw new IpcError('E_FILE', 'the file could not be written there')
      }
      output.written = true
    },
  }
}
