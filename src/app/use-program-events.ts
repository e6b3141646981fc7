import { onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Notice } from '@shared/domain/desktop.ts'
import { shortcutOf, shortcuts, type ShortcutId } from '@shared/desktop/shortcuts.ts'
import type { Output } from '@shared/ipc/routes/index.ts'
import { useIntake } from '../features/intake/use-intake.ts'
import { clockTime } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { call } from '../ipc/api.ts'
import { useEvent } from '../ipc/use-event.ts'
import { useScreen } from '../stores/screen.ts'
import { useSession } from '../stores/session.ts'
import { useToasts } from '../stores/toasts.ts'
import { useUndo } from '../stores/undo.ts'
import { sectionsFor } from './sections.ts'

type Link = NonNullable<Output<'link.take'>['link']>

/** Presses a key of the table for somebody who chose it from the menu, so that each action has one way in. */
export const pressKey = (id: ShortcutId): void => {
  const [first = ''] = shortcutOf(id)
  const mod = first.startsWith('mod+')
  // Keys of a page act outside of fields; the menu has taken the focus from none.
  if (
    !mod &&
    document.activeElement instanceof HTMLElement &&
    document.activeElement.matches('input, textarea, select')
  )
    document.activeElement.blur()
  window.dispatchEvent(new KeyboardEvent('keydown', { key: first.replace('mod+', ''), ctrlKey: mod, cancelable: true }))
}

const isField = (element: Element | null): boolean =>
  element !== null && element.closest('input, textarea, [contenteditable]') !== null

/** What the program outside of the page tells it: the menu, notices, links; and what the menu needs to know of the page. */
export const useProgramEvents = () => {
  const session = useSession()
  const screen = useScreen()
  const route = useRoute()
  const router = useRouter()
  const intake = useIntake()
  const toasts = useToasts()
  const undo = useUndo()
  const { t, tn } = useText()
  const link = shallowRef<Link>()

  const go = (name: string): void => {
    if (sectionsFor(session.role, session.dutyRole).some((section) => section.name === name)) void router.push({ name })
  }
  const run = (command: string): void => {
    const [kind, name = ''] = command.split(':')
    if (kind === 'go') go(name)
    else if (kind === 'key') {
      const found = shortcuts.find(({ id }) => id === name)
      if (found) pressKey(found.id)
    } else if (kind === 'import' && session.can('hr')) intake.open = true
    else if (kind === 'sync') void call('sync.start', {}).catch(() => go('sync'))
    else if (kind === 'tour') screen.tourStep = 0
    else if (kind === 'undo') {
      // A field's own undo is the browser's; anywhere else it is the page's.
      if (isField(document.activeElement)) document.execCommand('undo')
      else void undo.undoLast()
    }
  }
  useEvent('menu.command', ({ command }) => run(command))

  const words = (said: Notice): string => {
    switch (said.kind) {
      case 'new_applications':
        return tn('desktop.notice.new_applications', said.count)
      case 'interview_soon':
        return t('desktop.notice.interview_soon', { time: clockTime(said.starts_at), job: said.job_title })
      case 'destruction_soon':
        return tn('desktop.notice.destruction_soon', said.count)
      case 'request_due':
        return tn('desktop.notice.request_due', said.count)
      case 'incident_due':
        return said.late > 0
          ? tn('desktop.notice.incident_late', said.late)
          : t('desktop.notice.incident_due', { time: clockTime(said.ends_at) })
      case 'post_changed':
        return tn('desktop.notice.post_changed', said.count)
      case 'access_stopped':
        return t('desktop.notice.access_stopped', { time: clockTime(said.ends_at) })
      case 'approvals':
        return said.waiting > 0
          ? tn('desktop.notice.approvals_waiting', said.waiting)
          : tn('desktop.notice.approvals_decided', said.decided)
      case 'mention':
        return tn('desktop.notice.mention', said.count)
    }
  }
  useEvent('notice.due', (said) => void toasts.show(words(said)))

  const takeLink = async (): Promise<void> => {
    const taken = await call('link.take', {}).catch(() => undefined)
    if (!taken?.link) return
    if (taken.link.to === 'section') go(taken.link.name)
    else link.value = taken.link
  }
  const follow = (): void => {
    const wanted = link.value
    link.value = undefined
    if (!wanted || wanted.to === 'section') return
    if (wanted.to === 'job') screen.filter = { job_id: wanted.id }
    else screen.selected = { id: wanted.id }
    void router.push({ name: 'candidates' })
  }
  useEvent('link.arrived', () => void takeLink())
  void takeLink()

  const stop = watch(
    () => ({
      sections: sectionsFor(session.role, session.dutyRole).map(({ name }) => name),
      commands: screen.selected && route.name === 'candidates' ? ['person'] : [],
    }),
    (shown) => void call('menu.show', shown).catch(() => undefined),
    { immediate: true },
  )
  onScopeDispose(stop)
  return { link, follow, ignore: () => (link.value = undefined), go, run }
}
