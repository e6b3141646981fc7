const chinaOffset = 8 * 3_600_000

export type Watermark = {
  /** The name of whoever looks, saves or prints. */
  readonly viewer: string
  /** Milliseconds since 1970 UTC; written in China's time, whatever the machine's. */
  readonly at: number
  /** The record's number. */
  readonly record: string
}

/**
 * What stands across everything that leaves: who, when, which record. The same words for views, saved files, prints and exports, so
 * that whoever finds a photo or a sheet of paper can look the moment up in the log (ZP-75).
 */
export const watermarkText = ({ viewer, at, record }: Watermark): string => {
  const time = new Date(at + chinaOffset).toISOString().slice(0, 16).replace('T', ' ')
  return `${viewer.slice(0, 60)} ${time} ${record.slice(0, 8)}`.trim()
}
