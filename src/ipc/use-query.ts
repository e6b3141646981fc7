import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Input, Output, RouteName } from '@shared/ipc/routes/index.ts'
import { call, toApiError, type ApiError } from './api.ts'
import { useDataChanged, type DataKind } from './use-event.ts'

/** Faster answers than this must not flash a skeleton. */
export const SKELETON_AFTER_MS = 200

export type Query<T> = {
  readonly data: ShallowRef<T | undefined>
  readonly error: ShallowRef<ApiError | undefined>
  readonly loading: Ref<boolean>
  /** Loading for long enough that the person should see it, with nothing to show meanwhile. */
  readonly slow: Ref<boolean>
  readonly reload: () => Promise<void>
}

/**
 * Asks a route now, whenever its input changes, and whenever rows of the kinds in `refetchOn` change. Older answers that
 * arrive late are dropped. `input` may give null: nothing is asked then.
 */
export const useQuery = <N extends RouteName>(
  route: N,
  input: () => Input<N> | null,
  refetchOn: readonly DataKind[] = [],
): Query<Output<N>> => {
  const data = shallowRef<Output<N>>()
  const error = shallowRef<ApiError>()
  const loading = ref(false)
  const slow = ref(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = (): void => {
    clearTimeout(timer)
    loading.value = false
    slow.value = false
  }

  const reload = async (): Promise<void> => {
    const mine = ++turn
    const asked = input()
    clearTimeout(timer)
    if (asked === null) {
      data.value = undefined
      error.value = undefined
      settle()
      return
    }
    loading.value = true
    timer = setTimeout(() => (slow.value = data.value === undefined), SKELETON_AFTER_MS)
    try {
      const answer = await call(route, asked)
      if (mine !== turn) return
      data.value = answer
      error.value = undefined
    } catch (thrown) {
      if (mine !== turn) return
      error.value = toApiError(thrown)
      data.value = undefined
    }
    settle()
  }

  watch(
    () => JSON.stringify(input()),
    () => void reload(),
    { immediate: true },
  )
  if (refetchOn.length > 0) useDataChanged(refetchOn, () => void reload())
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
  })
  return { data, error, loading, slow, reload }
}
