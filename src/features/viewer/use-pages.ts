import { computed, onBeforeUnmount, ref, shallowReactive, shallowRef } from 'vue'
import type { ShownPage } from '@shared/domain/page-model.ts'
import type { RouteOutput } from '@shared/ipc/define-route.ts'
import type { Routes } from '@shared/ipc/routes/index.ts'
import { call } from '../../ipc/api.ts'
import { useAction } from '../../ipc/use-action.ts'

export type OpenedAttachment = RouteOutput<Routes['attachment.open']>
export type RevealedPage = RouteOutput<Routes['attachment.reveal']>

/** The pages of an opened attachment: the first is there, the others come one at a time. Nothing of it is kept after closing. */
export const usePages = (opened: OpenedAttachment) => {
  const pages = shallowReactive(new Map<number, ShownPage>([[1, opened.page]]))
  const number = ref(1)
  const revealed = shallowRef<RevealedPage & { readonly number: number }>()
  const left = ref(0)
  let over = false
  let timer: number | undefined

  const load = async (wanted: number): Promise<void> => {
    if (pages.has(wanted) || over) return
    const { page } = await call('attachment.page', { view: opened.view, number: wanted })
    if (!over) pages.set(wanted, page)
  }
  const cover = (): void => {
    window.clearInterval(timer)
    revealed.value = undefined
  }
  const turn = useAction(async (wanted: number) => {
    const to = Math.min(opened.total, Math.max(1, wanted))
    cover()
    await load(to)
    number.value = to
  })
  /** For the thumbnails and for searching; whoever turns to a page meanwhile does not wait for the rest. */
  const rest = useAction(async () => {
    for (let next = 2; next <= opened.total && !over; next += 1) await load(next)
  })
  const reveal = async (given: Omit<Parameters<typeof call<'attachment.reveal'>>[1], 'view' | 'number'>) => {
    const at = number.value
    const answer = await call('attachment.reveal', { view: opened.view, number: at, ...given })
    if (over || number.value !== at) return
    cover()
    revealed.value = { ...answer, number: at }
    left.value = answer.seconds
    timer = window.setInterval(() => {
      left.value -= 1
      if (left.value <= 0) cover()
    }, 1_000)
  }
  onBeforeUnmount(() => {
    over = true
    cover()
    pages.clear()
    // Signed out or locked meanwhile: then it is forgotten already.
    call('attachment.close', { view: opened.view }).catch(() => undefined)
  })
  const shown = computed(() => revealed.value?.page ?? pages.get(number.value))
  return { pages, number, shown, revealed, left, turn, rest, reveal, cover }
}
