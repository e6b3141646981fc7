import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSession } from '../stores/session.ts'
import { relativeTime, shortDate, type Language } from './format.ts'

/** Words and times in the window's language. `tn` picks the plural and fills `{n}`; `code` names a value of a vocabulary. */
export const useText = () => {
  const { t, te, locale } = useI18n()
  const session = useSession()
  const language = computed<Language>(() => (locale.value === 'en-US' ? 'en-US' : 'zh-CN'))
  const number = (n: number): string => n.toLocaleString(language.value)
  return {
    t,
    te,
    language,
    number,
    tn: (key: string, n: number, values: Record<string, unknown> = {}): string =>
      t(key, { n: number(n), ...values }, n),
    /** The word for a code of a closed vocabulary, for `n` of them where it is counted; the code itself when a newer core sends one that is unknown here. */
    code: (group: string, value: string, n = 1): string =>
      te(`vocab.${group}.${value}`) ? t(`vocab.${group}.${value}`, n) : value,
    when: (ms: number): string => relativeTime(ms, session.now, language.value),
    date: (ms: number): string => shortDate(ms, session.now),
  }
}
