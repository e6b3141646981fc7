import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Role } from '@shared/domain/vocabulary.ts'
import type { Output } from '@shared/ipc/routes/index.ts'
import { call, toApiError, type ApiError } from '../ipc/api.ts'

export type SystemState = Output<'system.state'>

const TICK_MS = 15_000
/** Core is started anew by a lock; the window asks again until it answers. */
const RETRIES = 8
const RETRY_MS = 250

/** Who is here, in which phase, and what time core counts. */
export const useSession = defineStore('session', () => {
  const state = shallowRef<SystemState>()
  const failure = shallowRef<ApiError>()
  const offset = ref(0)
  const tick = ref(Date.now())
  /** Core's time in milliseconds; counts on by itself (coarsely, for words like "in 3 days"). */
  const now = computed(() => tick.value + offset.value)
  const exactNow = (): number => Date.now() + offset.value
  const role = computed<Role | undefined>(() => state.value?.account?.role as Role | undefined)
  /** Jobs of a hub are opened at the hub; only a local workspace makes its own. */
  const makesJobs = computed(() => role.value === 'hr' && state.value?.account?.local === true)
  const can = (...roles: readonly Role[]): boolean => role.value !== undefined && roles.includes(role.value)
  /** An account that its platform restricts keeps the duties of its role (ZP-37). */
  const dutyRole = computed<Role | undefined>(() => state.value?.account?.duties_of as Role | undefined)
  const owes = (...roles: readonly Role[]): boolean =>
    can(...roles) || (dutyRole.value !== undefined && roles.includes(dutyRole.value))
  /** Whether people are met in some way: all that the account may look at, or those who were assigned to it. */
  const screens = computed(() => can('hr', 'headhunter', 'admin', 'officer'))
  const looks = computed(() => screens.value || can('interviewer'))

  const refresh = async (): Promise<void> => {
    for (let left = RETRIES; ; left--) {
      try {
        const answer = await call('system.state', {})
        offset.value = answer.now - Date.now()
        tick.value = Date.now()
        state.value = answer
        failure.value = undefined
        return
      } catch (thrown) {
        if (left === 0) {
          failure.value = toApiError(thrown)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
  }
  const startTicking = (): (() => void) => {
    const timer = setInterval(() => (tick.value = Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }
  return { state, failure, now, exactNow, role, can, dutyRole, owes, screens, looks, makesJobs, refresh, startTicking }
})
