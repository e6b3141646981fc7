import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { JobId } from '@shared/domain/ids.ts'
import type { Input, Output } from '@shared/ipc/routes/index.ts'
import { call, toApiError, type ApiError } from '../../ipc/api.ts'
import { MAX_FILE_BYTES, readAsBase64 } from './read-file.ts'

export type IntakeSource = NonNullable<Input<'intake.add'>['source']>
type Result = Output<'intake.add'>

export type IntakeItem = {
  readonly id: number
  /** Kept in the window's memory only, for the person who chose it. */
  readonly file: File
  state: 'queued' | 'too_big' | 'reading' | 'sending' | 'answered' | 'failed'
  share: number
  result?: Result
  error?: ApiError
}

/** Files on their way in, one after another; the dialog shows them. */
export const useIntake = defineStore('intake', () => {
  const open = ref(false)
  const items = ref<IntakeItem[]>([])
  const running = ref(false)
  let next = 1
  const waiting = computed(() => items.value.filter((item) => item.state === 'queued'))

  const add = (files: readonly File[]): void => {
    for (const file of files)
      items.value.push({ id: next++, file, state: file.size > MAX_FILE_BYTES ? 'too_big' : 'queued', share: 0 })
    open.value = true
  }
  const send = async (item: IntakeItem, job: JobId, source: IntakeSource, origin: string): Promise<void> => {
    try {
      item.state = 'reading'
      const content = await readAsBase64(item.file, (share) => (item.share = share))
      item.state = 'sending'
      item.result = await call('intake.add', {
        name: item.file.name,
        content_base64: content,
        job_id: job,
        source,
        ...(origin === '' ? {} : { origin }),
      })
      item.state = 'answered'
    } catch (thrown) {
      item.error = toApiError(thrown)
      item.state = 'failed'
    }
  }
  /** Sends what waits, one file at a time: parsing is bounded and the list shows which one is being read. */
  const start = async (job: JobId, source: IntakeSource, origin: string): Promise<void> => {
    if (running.value) return
    running.value = true
    for (let item = waiting.value[0]; item && open.value; item = waiting.value[0]) await send(item, job, source, origin)
    running.value = false
  }
  const again = (item: IntakeItem): void => {
    item.state = 'queued'
    item.share = 0
    delete item.error
  }
  const remove = (id: number): void => {
    items.value = items.value.filter((item) => item.id !== id)
  }
  const close = (): void => {
    open.value = false
    items.value = []
  }
  return { open, items, running, waiting, add, start, again, remove, close }
})
