import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { JobId } from '@shared/domain/ids.ts'
import type { ReasonCode } from '@shared/domain/vocabulary.ts'
import type { Input, Output } from '@shared/ipc/routes/index.ts'
import { usualColumns, type ListColumn } from '../features/candidates/list-columns.ts'
import type { DetailTab } from '../features/candidates/detail-tabs.ts'

type ListInput = Input<'candidate.list'>
export type Filter = Omit<ListInput, 'sort' | 'limit' | 'cursor'>
export type Sort = NonNullable<ListInput['sort']>
export type RecentReason = { readonly code: ReasonCode; readonly words: string }

const RECENT_REASONS = 3

/** What the person has arranged on the screen: never rows, never values. Gone with the window. */
export const useScreen = defineStore('screen', () => {
  const filter = ref<Filter>({})
  const sort = ref<Sort>('newest')
  /** The job whose board is open. */
  const boardJob = ref<JobId>()
  const columns = ref<readonly ListColumn[]>(usualColumns)
  const density = ref<'normal' | 'compact'>('normal')
  /** Where a stack was left: a job and a place, nobody's id. */
  const reviewPlace = ref<Output<'system.state'>['screen']['review']>()
  const selected = ref<{ readonly id: string; readonly jobId?: string }>()
  const wide = ref(false)
  const detailTab = ref<DetailTab>('resume')
  const facetsOpen = ref<boolean>()
  const paletteOpen = ref(false)
  const sheetOpen = ref(false)
  /** The step of the tour that is shown; none while it is not. */
  const tourStep = ref<number>()
  const recentReasons = ref<RecentReason[]>([])

  const rememberReason = (reason: RecentReason): void => {
    const others = recentReasons.value.filter((item) => item.code !== reason.code || item.words !== reason.words)
    recentReasons.value = [reason, ...others].slice(0, RECENT_REASONS)
  }
  const reset = (): void => {
    filter.value = {}
    boardJob.value = undefined
    selected.value = undefined
    wide.value = false
    detailTab.value = 'resume'
    paletteOpen.value = false
    sheetOpen.value = false
    tourStep.value = undefined
    recentReasons.value = []
  }
  return {
    filter,
    sort,
    boardJob,
    columns,
    density,
    reviewPlace,
    selected,
    wide,
    detailTab,
    facetsOpen,
    paletteOpen,
    sheetOpen,
    tourStep,
    recentReasons,
    rememberReason,
    reset,
  }
})
