import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer } from '../../shared/ipc/ipc-error.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Input, Output } from '../../shared/ipc/routes/index.ts'

export type SaveCertificate = (asked: Input<'certificate.save'>) => Promise<boolean>

type Parts = {
  readonly callCore: (route: string, input: unknown) => Promise<string>
  /** Asks the person; `undefined` when they would rather not. */
  readonly askPath: (suggested: string, as: 'json' | 'pdf') => Promise<string | undefined>
  /** Where the dialog begins. */
  readonly folder: () => string
}

/**
 * Writes a certificate where the person wants it. The page names the certificate and nothing else: bytes and name come from core, the
 * place from the system's own dialog. @throws IpcError as core answered, E_FILE
 */
export const createSaveCertificate =
  ({ callCore, askPath, folder }: Parts): SaveCertificate =>
  async (asked) => {
    const answer = JSON.parse(await callCore('certificate.export', asked)) as Answer<Output<'certificate.export'>>
    if (!answer.ok) throw new IpcError(answer.error.code, answer.error.message, answer.error.data)
    const path = await askPath(join(folder(), answer.data.file_name), asked.as)
    if (path === undefined) return false
    try {
      await writeFile(path, Buffer.from(answer.data.base64, 'base64'))
    } catch {
      throw new IpcError('E_FILE', 'the certificate could not be written there')
    }
    return true
  }
