import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { RetentionRow } from '@shared/domain/views.ts'
import type { Input, Output } from '@shared/ipc/routes/index.ts'
import { call, toApiError, type ApiError } from '../../ipc/api.ts'
import { SKELETON_AFTER_MS } from '../../ipc/use-query.ts'

type Plan = Output<'retention.plan'>
const PAGE = 100

/** What will be destroyed when: the first rows of a part, further ones on demand (each row read is a row shown). */
export const useRetentionPlan = (part: () => Pick<Input<'retention.plan'>, 'view' | 'day'>) => {
  const first = shallowRef<Plan>()
  const rows = shallowRef<readonly RetentionRow[]>([])
  const cursor = shallowRef<string | null>(null)
  const error = shallowRef<ApiError>()
  const loading = ref(false)
  const slow = ref(false)
  let turn = 0

  const read = async (from: string | undefined): Promise<Plan | undefined> => {
    const mine = ++turn
    loading.value = true
    const timer = setTimeout(() => (slow.value = first.value === undefined), SKELETON_AFTER_MS)
    try {
      const answer = await call('retention.plan', {
        ...part(),
        limit: PAGE,
        ...(from === undefined ? {} : { cursor: from }),
      })
      if (mine !== turn) return undefined
      error.value = undefined
      return answer
    } catch (thrown) {
      if (mine === turn) error.value = toApiError(thrown)
      return undefined
    } finally {
      clearTimeout(timer)
      if (mine === turn) {
        slow.value = false
        loading.value = false
      }
    }
  }
  const reload = async (): Promise<void> => {
    const answer = await read(undefined)
    if (!answer) return
    first.value = answer
    rows.value = answer.items
    cursor.value = answer.next_cursor
  }
  const readMore = async (): Promise<void> => {
    if (cursor.value === null) return
    const answer = await read(cursor.value)
    if (!answer) return
    rows.value = [...rows.value, ...answer.items]
    cursor.value = answer.next_cursor
  }
  watch(
    () => JSON.stringify(part()),
    () => void reload(),
    { immediate: true },
  )
  onScopeDispose(() => turn++)
  return { first, rows, error, loading, slow, more: computed(() => cursor.value !== null), reload, readMore }
}
