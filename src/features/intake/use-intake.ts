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
  readonly way: 'file' | 'paste'
  state: 'queued' | 'too_big' | 'reading' | 'sending' | 'answered' | 'failed'
  share: number
  /** Stands in a run's report, though it was never read. */
  counted?: boolean
  result?: Result
  error?: ApiError
}

export type IntakeTab = 'files' | 'asks' | 'aside' | 'runs' | 'folders'

/** Files on their way in, one after another; the dialog shows them. */
export const useIntake = defineStore('intake', () => {
  const open = ref(false)
  const tab = ref<IntakeTab>('files')
  /** The run that the files at hand are counted in, and the last one for its report. */
  const run = ref<string>()
  const stopping = ref(false)
  const items = ref<IntakeItem[]>([])
  const running = ref(false)
  let next = 1
  const waiting = computed(() => items.value.filter((item) => item.state === 'queued'))

  const large = (): IntakeItem[] => items.value.filter((item) => item.state === 'too_big' && item.counted !== true)
  const endWith = async (id: string, state: 'done' | 'stopped', over: readonly IntakeItem[]): Promise<void> => {
    await call('intake.end', {
      run_id: id,
      state,
      too_large: over.map(({ file: { name, size } }) => ({ name, size })),
    })
    for (const item of over) item.counted = true
  }
  /** Nothing but files over the limit was chosen: they stand in a report, too, though nothing is to be sent. */
  const countLarge = async (): Promise<void> => {
    const over = large()
    if (over.length === 0) return
    running.value = true
    try {
      run.value = (await call('intake.begin', { way: 'file', total: over.length })).run_id
      await endWith(run.value, 'done', over)
    } catch (thrown) {
      for (const item of over) item.error = toApiError(thrown)
    } finally {
      running.value = false
    }
  }
  const add = (files: readonly File[], way: IntakeItem['way'] = 'file'): void => {
    for (const file of files)
      items.value.push({ id: next++, file, way, state: file.size > MAX_FILE_BYTES ? 'too_big' : 'queued', share: 0 })
    tab.value = 'files'
    open.value = true
    if (waiting.value.length === 0 && !running.value) void countLarge()
  }
  const show = (which: IntakeTab): void => {
    tab.value = which
    open.value = true
  }
  const send = async (
    item: IntakeItem,
    job: JobId | undefined,
    source: IntakeSource,
    origin: string,
  ): Promise<void> => {
    try {
      item.state = 'reading'
      const content = await readAsBase64(item.file, (share) => (item.share = share))
      item.state = 'sending'
      item.result = await call('intake.add', {
        name: item.file.name,
        content_base64: content,
        source,
        way: item.way,
        ...(run.value === undefined ? {} : { run_id: run.value }),
        ...(job === undefined ? {} : { job_id: job }),
        ...(origin === '' ? {} : { origin }),
      })
      item.state = 'answered'
    } catch (thrown) {
      item.error = toApiError(thrown)
      item.state = 'failed'
    }
  }
  /** Sends what waits, one file at a time: parsing is bounded and the list shows which one is being read. */
  const start = async (job: JobId | undefined, source: IntakeSource, origin: string): Promise<void> => {
    if (running.value || waiting.value.length === 0) return
    running.value = true
    stopping.value = false
    try {
      const way = waiting.value.every((item) => item.way === 'paste') ? 'paste' : 'file'
      const over = large()
      run.value = (await call('intake.begin', { way, total: waiting.value.length + over.length })).run_id
      for (let item = waiting.value[0]; item && open.value && !stopping.value; item = waiting.value[0])
        await send(item, job, source, origin)
      await endWith(run.value, waiting.value.length > 0 ? 'stopped' : 'done', over)
    } catch (thrown) {
      for (const item of waiting.value) Object.assign(item, { state: 'failed', error: toApiError(thrown) })
    } finally {
      running.value = false
      stopping.value = false
    }
  }
  /** After the file at hand; inside an archive after the part at hand. */
  const stop = (): void => {
    stopping.value = true
    if (run.value !== undefined) void call('intake.end', { run_id: run.value, state: 'stopped' })
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
    run.value = undefined
    tab.value = 'files'
  }
  return { open, tab, run, items, running, stopping, waiting, add, show, start, stop, again, remove, close }
})
