import { computed, type ComputedRef } from 'vue'
import { clockTime, shortDate } from '../i18n/format.ts'
import { useSession } from '../stores/session.ts'

/** What a watermark says, whose screen it is, when, and of which records, and whether it lies on a dark ground. */
export const useWatermark = (
  records: () => readonly string[],
): { readonly mark: ComputedRef<string>; readonly dark: ComputedRef<boolean> } => {
  const session = useSession()
  const mark = computed(() =>
    [
      session.state?.account?.name ?? '',
      shortDate(session.now, session.now),
      clockTime(session.now),
      ...records().map((id) => id.slice(0, 6)),
    ].join(' '),
  )
  const dark = computed(() => document.documentElement.dataset['theme'] === 'dark' && session.state !== undefined)
  return { mark, dark }
}
