const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A span as a key and a figure: `hours` under a day, `days` with one digit under ten, whole ones above. */
export const durationOf = (ms: number): { readonly key: 'hours' | 'days'; readonly n: number } =>
  ms < DAY_MS
    ? { key: 'hours', n: Math.max(1, Math.round(ms / HOUR_MS)) }
    : { key: 'days', n: ms < 10 * DAY_MS ? Math.round(ms / (DAY_MS / 10)) / 10 : Math.round(ms / DAY_MS) }
