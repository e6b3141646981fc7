import type { RememberedHead, RememberedRows } from './check-growth.ts'

/** What this browser keeps between two visits: a head by log, and by link which rows were shown of each log. */
export type BrowserMemory = {
  /** False where the browser keeps nothing: then nothing can be compared. */
  readonly keeps: boolean
  head(origin: string): RememberedHead | undefined
  rows(link: string): Readonly<Record<string, RememberedRows>>
  remember(
    link: string,
    heads: Readonly<Record<string, RememberedHead>>,
    rows: Readonly<Record<string, RememberedRows>>,
  ): void
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>

const headName = (origin: string): string => `candor-head ${origin}`
const rowsName = (link: string): string => `candor-rows ${link}`

const read = (storage: Kept | undefined, name: string): unknown => {
  try {
    return JSON.parse(storage?.getItem(name) ?? 'null')
  } catch {
    return null
  }
}

const has = (value: unknown, members: Readonly<Record<string, 'number' | 'string'>>): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(members).every(([name, type]) => typeof (value as Record<string, unknown>)[name] === type)

const isHead = (value: unknown): value is RememberedHead =>
  has(value, { size: 'number', root: 'string', key: 'string', seenAt: 'number' })
const isRows = (value: unknown): value is RememberedRows =>
  has(value, { size: 'number', count: 'number', digest: 'string' })

/** @param storage `localStorage`; `undefined` where the browser refuses it */
export const browserMemory = (storage: Kept | undefined): BrowserMemory => {
  let keeps = storage !== undefined
  return {
    get keeps() {
      return keeps
    },
    head: (origin) => {
      const kept = read(storage, headName(origin))
      return isHead(kept) ? kept : undefined
    },
    rows: (link) => {
      const kept = read(storage, rowsName(link))
      return typeof kept !== 'object' || kept === null
        ? {}
        : Object.fromEntries(
            Object.entries(kept).filter((entry): entry is [string, RememberedRows] => isRows(entry[1])),
          )
    },
    remember: (link, heads, rows) => {
      try {
        for (const [origin, head] of Object.entries(heads)) storage?.setItem(headName(origin), JSON.stringify(head))
        storage?.setItem(rowsName(link), JSON.stringify(rows))
      } catch {
        // Full, or forbidden by the person.
        keeps = false
      }
    },
  }
}
