import { z } from 'zod'
import { HubProblem } from '../hub-problem.ts'

/** What any list that grows takes. Without a limit it answers as it always did. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  cursor: z.string().max(1024).optional(),
}

type Wanted = { readonly limit?: number | undefined; readonly cursor?: string | undefined }
export type Page<T> = { readonly items: readonly T[]; readonly next: { readonly next_cursor?: string } }

export const writeCursor = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** @throws HubProblem 400 `cursor` */
export const readCursor = <Z extends z.ZodType>(cursor: string, place: Z): z.output<Z> => {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new HubProblem(400, 'cursor', 'start again without a cursor')
  }
}

/**
 * A page of a list that is small enough to be read whole. What went meanwhile leaves the place of its neighbours: whoever stood
 * behind it is found by the number of rows that were there.
 */
export const pageOf = <T>(items: readonly T[], idOf: (item: T) => string, wanted: Wanted): Page<T> => {
  const [id, position] =
    wanted.cursor === undefined ? [] : readCursor(wanted.cursor, z.tuple([z.string(), z.int().min(0)]))
  const found = id === undefined ? -1 : items.findIndex((item) => idOf(item) === id)
  const start = id === undefined ? 0 : found >= 0 ? found + 1 : (position ?? 0)
  const end = wanted.limit === undefined ? items.length : start + wanted.limit
  const page = items.slice(start, end)
  const last = page.at(-1)
  return {
    items: page,
    next: last === undefined || end >= items.length ? {} : { next_cursor: writeCursor([idOf(last), end]) },
  }
}
