import { IpcError } from '../../shared/ipc/ipc-error.ts'

/** The addon is built for Node-API 10 and takes the whole process with it on older runtimes. */
export const requiredNapi = 10

/**
 * Refuses a runtime on which loading the addon would crash. Importing `better-sqlite3` is harmless: it loads its binary at
 * the first `new Database`, which only happens behind this check.
 *
 * @throws IpcError E_RUNTIME
 */
export const assertRuntime = (): void => {
  const napi = Number(process.versions['napi'])
  if (!(napi >= requiredNapi)) {
    throw new IpcError('E_RUNTIME', 'this runtime is too old for the store', { napi: napi || 0, needed: requiredNapi })
  }
}
