import { writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Answer } from '../../shared/ipc/ipc-error.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Input, Output } from '../../shared/ipc/routes/index.ts'

/** Routes of core that answer with a file about nobody. */
type Exporting = 'certificate.export' | 'ledger.anchor_file'

/** False when the person would rather not. */
export type SaveExport<N extends Exporting> = (asked: Input<N>) => Promise<boolean>

type Parts = {
  readonly callCore: (route: string, input: unknown) => Promise<string>
  /** Asks the person; `undefined` when they would rather not. */
  readonly askPath: (suggested: string, extension: string) => Promise<string | undefined>
  /** Where the dialog begins. */
  readonly folder: () => string
}

/**
 * Writes a certificate, or a head of the log, where the person wants it. The page says which and nothing else: bytes and name come
 * from core, the place from the system's own dialog. @throws IpcError as core answered, E_FILE
 */
export const createSaveExport =
  <N extends Exporting>(route: N, { callCore, askPath, folder }: Parts): SaveExport<N> =>
  async (asked) => {
    const answer = JSON.parse(await callCore(route, asked)) as Answer<Output<Exporting>>
    if (!answer.ok) throw new IpcError(answer.error.code, answer.error.message, answer.error.data)
    const { file_name: name, base64 } = answer.data
    const path = await askPath(join(folder(), name), extname(name).slice(1))
    if (path === undefined) return false
    try {
      await writeFile(path, Buffer.from(base64, 'base64'))
    } catch {
      throw new IpcError('E_FILE', 'the file could not be written there')
    }
    return true
  }
