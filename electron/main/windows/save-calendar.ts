import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer } from '../../shared/ipc/ipc-error.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Input, Output } from '../../shared/ipc/routes/index.ts'

/** The routes that answer with a calendar file. */
type CalendarRoute = 'interview.calendar' | 'post.calendar'
export type SaveCalendar = <N extends CalendarRoute>(route: N, input: Input<N>) => Promise<boolean>

type Parts = {
  readonly callCore: (route: string, input: unknown) => Promise<string>
  /** Asks the person; `undefined` when they would rather not. */
  readonly askPath: (suggested: string) => Promise<string | undefined>
  /** Where the dialog begins. */
  readonly folder: () => string
}

/**
 * Writes a calendar file where the person wants it. The page names what it is of and nothing else: text and name come from core, the place from the system's own dialog. @throws IpcError as core answered, E_FILE
 */
export const createSaveCalendar =
  ({ callCore, askPath, folder }: Parts): SaveCalendar =>
  async (route, input) => {
    const answer = JSON.parse(await callCore(route, input)) as Answer<Output<CalendarRoute>>
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
