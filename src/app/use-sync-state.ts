import { computed, shallowRef } from 'vue'
import type { JobProgress } from '@shared/domain/views.ts'
import { useEvent } from '../ipc/use-event.ts'
import { useQuery } from '../ipc/use-query.ts'

/** What sync is doing, asked once and then told by core. */
export const useSyncState = () => {
  const query = useQuery('sync.status', () => ({}), ['candidates', 'ledger'])
  const told = shallowRef<JobProgress>()
  useEvent('sync.progress', (progress) => {
    const ended = told.value?.state === 'running' && progress.state !== 'running'
    told.value = progress
    if (ended) void query.reload()
  })
  const progress = computed<JobProgress | undefined>(() => {
    const asked = query.data.value?.progress
    if (!told.value) return asked
    return asked && asked.at > told.value.at ? asked : told.value
  })
  return { ...query, progress }
}
