import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { toApiError, type ApiError } from './api.ts'

export type Action<A extends unknown[], T> = {
  readonly busy: Ref<boolean>
  readonly error: ShallowRef<ApiError | undefined>
  /** The answer, or undefined when it failed (then `error` says why) or when it is already running. */
  readonly run: (...args: A) => Promise<T | undefined>
  readonly clear: () => void
}

/** Something that a button does: one at a time, with its failure kept for the page to show. */
export const useAction = <A extends unknown[], T>(work: (...args: A) => Promise<T>): Action<A, T> => {
  const busy = ref(false)
  const error = shallowRef<ApiError>()
  const run = async (...args: A): Promise<T | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    error.value = undefined
    try {
      return await work(...args)
    } catch (thrown) {
      error.value = toApiError(thrown)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, error, run, clear: () => (error.value = undefined) }
}
