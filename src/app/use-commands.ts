import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { keysLabel, shortcutOf, type ShortcutId } from '@shared/desktop/shortcuts.ts'
import { useIntake } from '../features/intake/use-intake.ts'
import { useText } from '../i18n/use-text.ts'
import { call } from '../ipc/api.ts'
import { useQuery } from '../ipc/use-query.ts'
import { showView } from '../features/candidates/show-view.ts'
import { useScreen } from '../stores/screen.ts'
import { useSession } from '../stores/session.ts'
import { sectionsFor } from './sections.ts'
import { pressKey } from './use-program-events.ts'

export type Command = {
  readonly id: string
  readonly text: string
  readonly group: 'go' | 'do' | 'view' | 'job' | 'find'
  /** Its shortcut as people read it. */
  readonly keys?: string
  readonly run: () => void
}

/** Actions for the person at hand; each is its key, so there is one way to do it. */
const personKeys = ['advance', 'reject', 'note', 'schedule', 'reveal'] as const satisfies readonly ShortcutId[]

/** Everything that can be reached by its name: sections, actions and jobs. People are found by searching, never listed here. */
export const useCommands = (lock: () => void) => {
  const screen = useScreen()
  const session = useSession()
  const intake = useIntake()
  const router = useRouter()
  const { t, language } = useText()
  const mac = navigator.platform.startsWith('Mac')
  const jobs = useQuery('job.list', () => ({}))
  const views = useQuery('view.list', () => (session.screens ? {} : null), ['views'])

  const set = async (settings: { theme?: 'light' | 'dark'; language?: 'zh-CN' | 'en-US' }): Promise<void> => {
    await call('settings.set', settings)
    await session.refresh()
  }
  const keys = (id: ShortcutId): { readonly keys: string } => ({ keys: keysLabel(shortcutOf(id).slice(0, 1), mac) })
  const going = computed<readonly Command[]>(() =>
    sectionsFor(session.role, session.dutyRole).map((section, index) => ({
      id: section.name,
      group: 'go',
      text: t('app.palette.go', { name: t(`app.nav.${section.name}`) }),
      ...(index < 9 ? { keys: `${mac ? '⌘' : 'Ctrl'} ${index + 1}` } : {}),
      run: () => void router.push({ name: section.name }),
    })),
  )
  const when = (possible: boolean, command: Omit<Command, 'group'>): readonly Command[] =>
    possible ? [{ ...command, group: 'do' }] : []
  const doing = computed<readonly Command[]>(() => [
    ...(screen.selected && session.can('hr') && router.currentRoute.value.name === 'candidates'
      ? personKeys.map((id): Command => ({
          id: `person-${id}`,
          group: 'do',
          text: t(`desktop.key.${id}`),
          ...keys(id),
          // After the palette has closed: keys do nothing behind a dialog.
          run: () => void setTimeout(() => pressKey(id), 60),
        }))
      : []),
    ...when(session.can('hr'), { id: 'import', text: t('app.palette.import'), run: () => (intake.open = true) }),
    ...when(session.makesJobs, {
      id: 'new-job',
      text: t('app.palette.newJob'),
      run: () => void router.push({ name: 'jobs', query: { create: '1' } }),
    }),
    ...when(session.state?.account?.local !== true, {
      id: 'sync-now',
      text: t('app.palette.syncNow'),
      run: () => void call('sync.start', {}).catch(() => router.push({ name: 'sync' })),
    }),
    ...when(true, {
      id: 'permissions',
      text: t('app.palette.permissions'),
      run: () => void router.push({ name: 'settings', query: { part: 'permissions' } }),
    }),
    ...when(true, {
      id: 'account',
      text: t('account.title'),
      run: () => void router.push({ name: 'account' }),
    }),
    ...when(true, { id: 'lock', text: t('app.palette.lock'), ...keys('lock'), run: lock }),
    ...when(true, {
      id: 'theme',
      text: t('app.palette.theme'),
      run: () => void set({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' }),
    }),
    ...when(true, {
      id: 'language',
      text: t('app.palette.language'),
      run: () => void set({ language: language.value === 'zh-CN' ? 'en-US' : 'zh-CN' }),
    }),
    ...when(session.state?.sandbox === true, {
      id: 'tour',
      text: t('desktop.tour.command'),
      run: () => (screen.tourStep = session.state?.screen.tour?.step ?? 0),
    }),
    ...when(true, { id: 'keys', text: t('app.palette.keys'), ...keys('sheet'), run: () => (screen.sheetOpen = true) }),
  ])
  const ofJobs = computed<readonly Command[]>(() =>
    session.screens
      ? (jobs.data.value?.items ?? []).map((job) => ({
          id: `job-${job.id}`,
          group: 'job',
          text: t('desktop.palette.job', { title: job.title, n: job.total }),
          run: () => {
            screen.filter = { job_id: job.id }
            void router.push({ name: 'candidates' })
          },
        }))
      : [],
  )
  const ofViews = computed<readonly Command[]>(() =>
    (views.data.value?.items ?? []).map(({ id, name, definition }) => ({
      id: `view-${id}`,
      group: 'view',
      text: name,
      run: () => {
        showView(screen, definition)
        void router.push({ name: 'candidates' })
      },
    })),
  )
  const find = (query: string): readonly Command[] =>
    query === '' || !session.screens
      ? []
      : [
          {
            id: 'find',
            group: 'find',
            text: t('app.palette.find', { query }),
            run: () => {
              screen.filter = { ...screen.filter, query }
              void router.push({ name: 'candidates' })
            },
          },
        ]
  return { all: computed(() => [...going.value, ...doing.value, ...ofViews.value, ...ofJobs.value]), find }
}
