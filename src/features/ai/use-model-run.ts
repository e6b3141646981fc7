import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { AiOutput } from '@shared/domain/ai.ts'
import type { Input } from '@shared/ipc/routes/index.ts'
import { call, toApiError, type ApiError } from '../../ipc/api.ts'

type Asked = Input<'ai.run'> extends infer I ? (I extends unknown ? Omit<I, 'run'> : never) : never

export type ModelRun = {
  /** What is being written now. */
  readonly asked: ShallowRef<Asked | undefined>
  readonly seconds: Ref<number>
  readonly error: ShallowRef<ApiError | undefined>
  /** Until when the endpoint asked for a pause, in seconds from now. */
  readonly wait: ComputedRef<number>
  readonly run: (asked: Asked) => Promise<AiOutput | undefined>
  readonly retry: () => Promise<AiOutput | undefined>
  readonly stop: () => Promise<void>
}

let count = 0

/** One call at a time, with its seconds, its stop, and a second try of the very same. It ends with its place on the page. */
export const useModelRun = (): ModelRun => {
  const asked = shallowRef<Asked>()
  const last = shallowRef<Asked>()
  const error = shallowRef<ApiError>()
  const seconds = ref(0)
  const waitUntil = ref(0)
  const now = ref(Date.now())
  const wait = computed(() => Math.max(0, Math.ceil((waitUntil.value - now.value) / 1000)))
  let name = ''
  let started = 0
  const timer = setInterval(() => {
    now.value = Date.now()
    if (asked.value !== undefined) seconds.value = Math.floor((now.value - started) / 1000)
  }, 500)

  const run = async (what: Asked): Promise<AiOutput | undefined> => {
    if (asked.value !== undefined) return undefined
    name = `${Date.now()}-${(count += 1)}`
    started = Date.now()
    seconds.value = 0
    error.value = undefined
    asked.value = what
    last.value = what
    try {
      const { output } = await call('ai.run', { ...what, run: name })
      return output
    } catch (thrown) {
      const failed = toApiError(thrown)
      const pause = failed.data['retry_after_s']
      if (typeof pause === 'number') waitUntil.value = Date.now() + pause * 1000
      now.value = Date.now()
      error.value = failed.code === 'E_CANCELLED' ? undefined : failed
      return undefined
    } finally {
      asked.value = undefined
    }
  }
  const stop = async (): Promise<void> => {
    if (asked.value !== undefined) await call('ai.cancel', { run: name })
  }
  onScopeDispose(() => {
    clearInterval(timer)
    // Nobody would see what it writes.
    void stop().catch(() => undefined)
  })
  return {
    asked,
    seconds,
    error,
    wait,
    run,
    retry: async () => (last.value === undefined ? undefined : run(last.value)),
    stop,
  }
}
