import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer } from '../../shared/ipc/ipc-error.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Output } from '../../shared/ipc/routes/index.ts'

export type SaveCalendar = (id: string) => Promise<boolean>

type Parts = {
  readonly callCore: (route: string, input: unknown) => Promise<string>
  /** Asks the person; `undefined` when they would rather not. */
  readonly askPath: (suggested: string) => Promise<string | undefined>
  /** Where the dialog begins. */
  readonly folder: () => string
}

/**
 * Writes the calendar file of an interview where the person wants it. The page names the interview and nothing else: text and
 * name come from core, the place from the system's own dialog. @throws IpcError as core answered, E_FILE
 */
export const createSaveCalendar =
  ({ callCore, askPath, folder }: Parts): SaveCalendar =>
  async (id) => {
    const answer = JSON.parse(await callCore('interview.calendar', { id })) as Answer<Output<'interview.calendar'>>
    if (!answer.ok) throw new IpcError(answer.error.code, answer.error.message, answer.error.data)
    const path = await askPath(join(folder(), answer.data.file_name))
    if (path === undefined) return false
    try {
      await writeFile(path, answer.data.ics)
    } catch {
      throw new IpcError('E_FILE', 'the calendar file could not be written there')
    }
    return true
  }
