import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ApplicationId, JobId } from '@shared/domain/ids.ts'
import type { JobStep } from '@shared/domain/job-steps.ts'
import type { RejectReason } from '@shared/domain/vocabulary.ts'
import type { BoardCard, BoardColumn } from '@shared/ipc/routes/board.ts'
import { errorCode } from '@shared/ipc/ipc-error.ts'
import { ApiError, call, toApiError } from '../../ipc/api.ts'
import { useDataChanged } from '../../ipc/use-event.ts'
import { SKELETON_AFTER_MS } from '../../ipc/use-query.ts'
import { useSession } from '../../stores/session.ts'

const PAGE = 20
const MOST_AT_ONCE = 100

export const cardId = (card: BoardCard): ApplicationId => (card.application?.id ?? card.id) as ApplicationId

const put = (column: BoardColumn, card: BoardCard): BoardColumn => ({
  ...column,
  total: column.total + 1,
  // The newest of what is decided stands on top, as core lists it.
  cards:
    column.step.stage === 'rejected' || column.step.stage === 'withdrawn'
      ? [card, ...column.cards]
      : [...column.cards, card],
})

const take = (column: BoardColumn, id: string): BoardColumn => {
  const cards = column.cards.filter((card) => cardId(card) !== id)
  return cards.length === column.cards.length ? column : { ...column, cards, total: column.total - 1 }
}

/** The columns of one job: read, paged, and changed at once while core is still writing. */
export const useBoard = (jobId: () => JobId | undefined) => {
  const session = useSession()
  const columns = shallowRef<readonly BoardColumn[]>([])
  const unindexed = ref(0)
  const error = shallowRef<ApiError>()
  const slow = ref(false)
  const loaded = ref(false)
  /** Cards put somewhere by this window, which stay in sight though they stand behind the page that was read. */
  const placed = new Map<string, { readonly step: string; readonly card: BoardCard }>()
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let moving = 0

  const keepPlaced = (column: BoardColumn): BoardColumn => {
    if (column.next_cursor === null) return column
    const missing = [...placed.values()].filter(
      ({ step, card }) => step === column.step.id && !column.cards.some((one) => cardId(one) === cardId(card)),
    )
    return missing.length === 0 ? column : { ...column, cards: [...column.cards, ...missing.map(({ card }) => card)] }
  }

  const load = async (): Promise<void> => {
    const mine = ++turn
    const job = jobId()
    clearTimeout(timer)
    if (job === undefined) {
      columns.value = []
      loaded.value = false
      return
    }
    timer = setTimeout(() => (slow.value = !loaded.value), SKELETON_AFTER_MS)
    const longest = Math.max(PAGE, ...columns.value.map(({ cards }) => cards.length))
    try {
      const answer = await call('board.get', { job_id: job, limit: Math.min(MOST_AT_ONCE, longest) })
      if (mine !== turn) return
      columns.value = answer.columns.map(keepPlaced)
      unindexed.value = answer.unindexed
      error.value = undefined
      loaded.value = true
    } catch (thrown) {
      if (mine !== turn) return
      error.value = toApiError(thrown)
    }
    clearTimeout(timer)
    slow.value = false
  }

  const more = async (step: string): Promise<void> => {
    const job = jobId()
    const column = columns.value.find((one) => one.step.id === step)
    if (job === undefined || column === undefined || column.next_cursor === null) return
    const mine = turn
    try {
      const page = await call('board.column', { job_id: job, step, cursor: column.next_cursor, limit: PAGE })
      if (mine !== turn) return
      columns.value = columns.value.map((one) => {
        if (one.step.id !== step) return one
        const known = new Set(one.cards.map(cardId))
        return { ...one, ...page, cards: [...one.cards, ...page.cards.filter((card) => !known.has(cardId(card)))] }
      })
    } catch (thrown) {
      error.value = toApiError(thrown)
    }
  }

  const show = (card: BoardCard, to: JobStep): void => {
    const id = cardId(card)
    const moved: BoardCard = {
      ...card,
      since: session.exactNow(),
      ...(card.application === undefined ? {} : { application: { ...card.application, stage: to.stage } }),
    }
    placed.set(id, { step: to.id, card: moved })
    columns.value = columns.value
      .map((column) => take(column, id))
      .map((column) => (column.step.id === to.id ? put(column, moved) : column))
  }

  /** Moves a card; the batch that takes it back, or undefined where core refused (then `error` says why). */
  const move = async (card: BoardCard, to: JobStep, reason?: RejectReason): Promise<string | undefined> => {
    const before = columns.value
    moving += 1
    turn += 1
    const id = cardId(card)
    const target = { stage: to.stage, step: to.id, ...(reason === undefined ? {} : { reason }) }
    try {
      if (to.stage === 'hired') {
        const { batch } = await call('application.set_stage', { id, ...target, decision: 'hired' })
        columns.value = columns.value.map((column) => take(column, id))
        return batch
      }
      show(card, to)
      const { batch, moved, skipped } = await call('application.move', { ids: [id], ...target, stage: to.stage })
      const [left] = skipped
      const known = errorCode.safeParse(left?.code)
      if (known.success)
        throw new ApiError(known.data, 'the card was not moved', {
          ...(left?.rule === undefined ? {} : { rule: left.rule }),
          ...(left?.clause === undefined ? {} : { clause: left.clause }),
          ...(left?.lift === undefined ? {} : { lift: left.lift }),
        })
      return moved > 0 ? batch : undefined
    } catch (thrown) {
      columns.value = before
      placed.delete(id)
      error.value = toApiError(thrown)
      return undefined
    } finally {
      moving -= 1
    }
  }

  watch(
    jobId,
    () => {
      placed.clear()
      columns.value = []
      loaded.value = false
      void load()
    },
    { immediate: true },
  )
  useDataChanged(['jobs', 'candidates'], () => {
    // What is still on its way would jump back and forth.
    if (moving === 0) void load()
  })
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
  })
  return { columns, unindexed, error, slow, loaded, load, more, move, forget: (id: string) => placed.delete(id) }
}
