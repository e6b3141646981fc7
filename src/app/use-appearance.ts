import { computed, onScopeDispose, ref, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSession } from '../stores/session.ts'
import { applyPalette } from '../theme.ts'

/** Language and theme as core keeps them, put on the document. */
export const useAppearance = () => {
  const session = useSession()
  const { locale } = useI18n()
  const query = matchMedia('(prefers-color-scheme: dark)')
  const systemDark = ref(query.matches)
  const follow = (event: MediaQueryListEvent): void => {
    systemDark.value = event.matches
  }
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))

  const mode = computed<'light' | 'dark'>(() => {
    const wanted = session.state?.theme ?? 'system'
    if (wanted !== 'system') return wanted
    return systemDark.value ? 'dark' : 'light'
  })
  watchEffect(() => applyPalette(mode.value))
  watchEffect(() => {
    locale.value = session.state?.language ?? 'zh-CN'
    document.documentElement.lang = locale.value
  })
  return { mode }
}
