import { existsSync } from 'node:fs'
import { join, parse } from 'node:path'
import type { MadeFile } from '../../shared/domain/disclosure.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReaderCall, WriterCall } from '../handler.ts'
import { placeForFile, reserveFile, writeRegistered } from '../retention/files/register-file.ts'
import { registerOf } from '../retention/files/register-of.ts'

export type PlannedFile = { readonly name: string; readonly bytes: Uint8Array }

/** Where the files shall lie, by the host's own dialog. @throws IpcError E_CANCELLED, E_FILE */
export const askFolder = async ({ core }: Pick<ReaderCall, 'core'>, name: string): Promise<string> => {
  const folder = await core.askPlace('folder', name)
  if (folder === null) throw new IpcError('E_CANCELLED', 'no place was named')
  placeForFile(join(folder, name), core.home.home)
  return folder
}

/** Today's day in Asia/Shanghai, for file names. */
export const dayName = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)

/** A name that nothing in the folder has: `a.pdf`, else `a-2.pdf`. */
const freeName = (folder: string, name: string): string => {
  const { name: stem, ext } = parse(name)
  for (let n = 1; ; n += 1) {
    const tried = n === 1 ? name : `${stem}-${n}${ext}`
    if (!existsSync(join(folder, tried))) return tried
  }
}

export type Reserved = {
  readonly views: MadeFile[]
  /** For `after`: the log has them before their first byte exists outside. What could not be written stays `written: false`. */
  readonly write: () => void
}

/**
 * Names plain files in the register, inside the caller's transaction.
 * @param recordId empty where the person is destroyed already, so that the file ends by its own time
 * @throws IpcError E_FILE
 */
export const reserveFiles = (
  call: WriterCall,
  recordId: string,
  folder: string,
  files: readonly PlannedFile[],
): Reserved => {
  const to = registerOf(call)
  const reserved = files.map(({ name: wanted, bytes }) => {
    const name = freeName(folder, wanted)
    const path = join(folder, name)
    const id = reserveFile(to, { recordId, applicationId: null, path }, bytes)
    return { id, path, bytes, view: { name, size: bytes.length, written: false } }
  })
  return {
    views: reserved.map(({ view }) => view),
    write: () => {
      let failed: unknown
      for (const { id, path, bytes, view } of reserved) {
        try {
          writeRegistered(to, id, path, bytes)
          view.written = true
        } catch (error) {
          failed = error
        }
      }
      call.core.emit('data.changed', { what: ['retention'] })
      if (failed !== undefined) throw failed
    },
  }
}
