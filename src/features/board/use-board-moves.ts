import { computed, nextTick, ref, shallowRef, watch, type Ref } from 'vue'
import type { JobStep } from '@shared/domain/job-steps.ts'
import type { RejectReason } from '@shared/domain/vocabulary.ts'
import type { BoardCard } from '@shared/ipc/routes/board.ts'
import { useText } from '../../i18n/use-text.ts'
import { call } from '../../ipc/api.ts'
import { useToasts } from '../../stores/toasts.ts'
import { useUndo } from '../../stores/undo.ts'
import { neighbour, placeOf, successor, type Way } from './neighbour.ts'
import { isDecided, stepName } from './step-words.ts'
import { cardId, type useBoard } from './use-board.ts'

type Asking = { readonly card: BoardCard; readonly to: JobStep }

/** Which card the keyboard is on, where it may go, and what is asked before it does. */
export const useBoardMoves = (
  board: ReturnType<typeof useBoard>,
  root: Ref<HTMLElement | null>,
  folded: Ref<ReadonlySet<string>>,
) => {
  const { t, code } = useText()
  const undo = useUndo()
  const toasts = useToasts()
  const active = ref<string>()
  const asking = shallowRef<Asking>()
  const busy = ref(false)

  const shown = computed(() =>
    board.columns.value.map(({ step, cards }) => (folded.value.has(step.id) ? [] : cards.map(cardId))),
  )
  const found = (id: string | undefined): { readonly card: BoardCard; readonly at: number } | undefined => {
    for (const [at, { cards }] of board.columns.value.entries()) {
      const card = cards.find((one) => cardId(one) === id)
      if (card !== undefined) return { card, at }
    }
    return undefined
  }
  const focus = async (id: string | undefined): Promise<void> => {
    active.value = id
    await nextTick()
    if (id !== undefined) root.value?.querySelector<HTMLElement>(`[data-application="${CSS.escape(id)}"]`)?.focus()
  }
  const go = (way: Way): void => void focus(neighbour(shown.value, active.value, way))

  /** Who takes over when the card under the keyboard has gone, by another window's move, a sync or a fold. */
  let last: readonly [number, number] = [0, 0]
  watch(shown, (grid) => {
    const place = placeOf(grid, active.value)
    if (place !== null) last = place
    else {
      const had =
        document.activeElement === document.body ||
        document.activeElement?.closest('[data-testid="board-card"]') !== null
      const next = successor(grid, ...last)
      if (had && active.value !== undefined) void focus(next)
      else active.value = next
    }
  })
  watch(active, (id) => (last = placeOf(shown.value, id) ?? last))

  const perform = async ({ card, to }: Asking, reason?: RejectReason): Promise<void> => {
    const id = cardId(card)
    const holdsFocus = active.value === id
    busy.value = true
    const moving = board.move(card, to, reason)
    if (holdsFocus && !folded.value.has(to.id)) void focus(id)
    const batch = await moving
    busy.value = false
    asking.value = undefined
    if (batch === undefined) return
    const name = card.name ?? t('candidates.record', { id: card.id.slice(0, 6) })
    const label = t('board.moved', { name, step: stepName(to, code) })
    if (to.stage === 'hired') {
      toasts.show(label)
      return
    }
    undo.push({
      label,
      undo: async () => {
        board.forget(id)
        const { restored } = await call('application.undo_move', { batch })
        await board.load()
        const column = board.columns.value[found(id)?.at ?? -1]
        if (column !== undefined && !folded.value.has(column.step.id)) void focus(id)
        return restored > 0 ? undefined : t('board.movedOn')
      },
    })
  }
  /** Asks what has to be asked, and moves. */
  const moveTo = (card: BoardCard, to: JobStep): void => {
    if (busy.value) return
    if (to.stage === 'hired' || (to.stage === 'rejected' && card.application?.stage !== 'rejected'))
      asking.value = { card, to }
    else void perform({ card, to })
  }
  /** To the step beside it. From the last open one the way leads to the hire; from what is decided, back to that last one. */
  const shift = (by: -1 | 1): void => {
    const one = found(active.value)
    if (one === undefined) return
    const steps = board.columns.value.map(({ step }) => step)
    const own = steps[one.at]
    const open = steps.filter(({ stage }) => !isDecided(stage))
    const to =
      own !== undefined && isDecided(own.stage)
        ? by < 0
          ? open.at(-1)
          : undefined
        : by > 0
          ? steps[one.at + 1]
          : steps[one.at - 1]
    if (to !== undefined) moveTo(one.card, to)
  }
  const reject = (): void => {
    const one = found(active.value)
    const to = board.columns.value.find(({ step }) => step.stage === 'rejected')?.step
    if (one !== undefined && to !== undefined && !isDecided(board.columns.value[one.at]?.step.stage ?? to.stage))
      asking.value = { card: one.card, to }
  }
  return { active, asking, busy, found, focus, go, perform, moveTo, shift, reject }
}
