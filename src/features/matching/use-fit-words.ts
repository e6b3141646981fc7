import type { FitPart } from '@shared/domain/match-views.ts'
import { useText } from '../../i18n/use-text.ts'

const range = (of: { readonly min?: number | undefined; readonly max?: number | undefined }): string =>
  of.min !== undefined && of.max !== undefined
    ? `${of.min}–${of.max}`
    : of.min !== undefined
      ? `≥ ${of.min}`
      : `≤ ${of.max}`

/** A criterion's reason in words, as the person's page and the comparison say it. */
export const useFitWords = () => {
  const { t, code } = useText()
  /** What was found and what was not, in the job's own words. */
  return (part: FitPart): string => {
    switch (part.criterion) {
      case 'skills_must':
      case 'skills_nice':
        return [
          part.found.length > 0 ? part.found.map((word) => `✓ ${word}`).join('  ') : '',
          part.missing.length > 0 ? part.missing.map((word) => `– ${word}`).join('  ') : '',
        ]
          .filter(Boolean)
          .join('  ')
      case 'years':
        return t('matching.asked', { asked: range(part.asked), has: part.has ?? t(`matching.reason.${part.reason}`) })
      case 'degree':
        return t('matching.asked', {
          asked: code('degree', part.asked),
          has: part.has === undefined ? t(`matching.reason.${part.reason}`) : code('degree', part.has),
        })
      case 'city':
        return t('matching.asked', {
          asked: part.asked.join(t('matching.joiner')),
          has: part.has.length > 0 ? part.has.join(t('matching.joiner')) : t(`matching.reason.${part.reason}`),
        })
      case 'salary':
        return t('matching.asked', {
          asked: range(part.asked),
          has: part.has === undefined ? t(`matching.reason.${part.reason}`) : range(part.has),
        })
    }
  }
}
