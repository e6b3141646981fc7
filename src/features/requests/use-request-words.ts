import type { RequestClock, RequestRow } from '@shared/domain/request-views.ts'
import { useText } from '../../i18n/use-text.ts'
import type { ApiError } from '../../ipc/api.ts'

/** Sentences that list and panel share. */
export const useRequestWords = () => {
  const { t, te, date } = useText()
  return {
    /** Whom a request is about, as far as may be said. */
    personOf: (row: RequestRow): string =>
      row.label ?? t(row.platform === undefined ? 'requests.unknown' : 'requests.gone'),
    whoAsks: (row: RequestRow): string =>
      row.kinship === undefined
        ? t(`requests.requester.${row.requester}`)
        : `${t(`requests.requester.${row.requester}`)} · ${t(`requests.kinship.${row.kinship}`)}`,
    levelOf: ({ level, due_at: due }: RequestClock): string =>
      t(`requests.level.${level}`, { date: due === undefined ? '' : date(due) }),
    toneOf: ({ level }: RequestClock): 'plain' | 'warn' | 'bad' | 'seal' =>
      level === 'alarm' ? 'bad' : level === 'warn' ? 'warn' : level === 'stopped' ? 'seal' : 'plain',
    /** What comes first, where core names it; empty else. */
    conflictOf: (error: ApiError): string => {
      const key = `requests.conflict.${String(error.data['reason'] ?? '')}`
      return (error.code === 'E_CONFLICT' || error.code === 'E_FILE') && te(key) ? t(key) : ''
    },
  }
}
