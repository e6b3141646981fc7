import { IpcError } from '../../electron/shared/ipc/ipc-error.ts'

const codeOf = (error: unknown): string =>
  error instanceof IpcError ? error.code : `not an IpcError: ${String(error)}`

/** The code of the `IpcError` that `work` throws, `none` when it throws nothing, and the error's text when it is another. */
export const errorCodeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    return codeOf(error)
  }
}

export const rejectionCodeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', codeOf)
