import { onScopeDispose, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { call } from '../ipc/api.ts'
import { keptColumns } from '../features/candidates/list-columns.ts'
import { useScreen } from '../stores/screen.ts'
import { useSession } from '../stores/session.ts'
import { sectionsFor } from './sections.ts'

/** Clicking through the sections is one write, not many. */
const PAUSE_MS = 250

/** Opens the window as it was left (section, filter column, order) and keeps how it is left; never whom somebody looked at. */
export const useKeptLayout = (): void => {
  const session = useSession()
  const screen = useScreen()
  const route = useRoute()
  const router = useRouter()
  const kept = session.state?.screen ?? {}
  screen.sort = kept.sort ?? screen.sort
  screen.facetsOpen = kept.facets ?? screen.facetsOpen
  screen.columns = keptColumns(kept.columns)
  screen.density = kept.density ?? screen.density
  screen.reviewPlace = kept.review
  if (sectionsFor(session.role, session.dutyRole).some(({ name }) => name === kept.section))
    void router.replace({ name: kept.section })

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => ({
      section: sectionsFor(session.role, session.dutyRole).find(({ name }) => name === route.name)?.name,
      sort: screen.sort,
      facets: screen.facetsOpen,
      columns: [...screen.columns],
      density: screen.density,
      review: screen.reviewPlace,
    }),
    (layout) => {
      clearTimeout(timer)
      // A layout that was not kept costs nobody anything.
      timer = setTimeout(() => void call('screen.set', layout).catch(() => undefined), PAUSE_MS)
    },
  )
  onScopeDispose(() => clearTimeout(timer))
}
