import type { Answer } from '../../shared/ipc/ipc-error.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

const text = (answer: Answer<unknown>): string => JSON.stringify(answer)

export const dataText = (data: unknown): string => text({ ok: true, data })

/** What is not one of our errors stays inside: its message may hold anything. */
export const errorText = (error: unknown): string =>
  text({
    ok: false,
    error: (error instanceof IpcError ? error : new IpcError('E_INTERNAL', 'unexpected failure in main')).toShape(),
  })
