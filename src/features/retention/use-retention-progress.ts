import { shallowRef, watch, type ShallowRef } from 'vue'
import type { JobProgress } from '@shared/domain/views.ts'
import { useEvent } from '../../ipc/use-event.ts'
import { useQuery } from '../../ipc/use-query.ts'

/** How far the destruction is; `onEnd` when it has come to an end. */
export const useRetentionProgress = (onEnd: () => void): ShallowRef<JobProgress | undefined> => {
  const now = shallowRef<JobProgress>()
  const asked = useQuery('retention.status', () => ({}))
  watch(asked.data, (answer) => (now.value ??= answer))
  useEvent('retention.progress', (progress) => {
    const ended = now.value?.state === 'running' && progress.state !== 'running'
    now.value = progress
    if (ended) onEnd()
  })
  return now
}
