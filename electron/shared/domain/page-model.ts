import { z } from 'zod'
import { fileFormat } from './file-format.ts'

const point = z.number().min(-20_000).max(60_000)

/** A stretch of text; `x` is its left edge, `y` its baseline, in points from the top left of the page. */
export const pageRun = z.object({
  x: point,
  y: point,
  /** How long it is, along its own direction. */
  w: z.number().min(0).max(60_000),
  size: z.number().min(0.1).max(5_000),
  text: z.string().max(20_000),
  /** Degrees clockwise, where it does not run from left to right. */
  turn: z.number().min(-180).max(180).optional(),
})
export type PageRun = z.infer<typeof pageRun>

/** What stands for a picture, a photo, a code or a drawing: a place and a size, never what is in it. */
export const pageBox = z.object({
  x: point,
  y: point,
  w: z.number().min(0).max(60_000),
  h: z.number().min(0).max(60_000),
  kind: z.enum(['picture', 'line']),
})
export type PageBox = z.infer<typeof pageBox>

/**
 * One page of any document, made anew out of what can be read on it. Nothing else of the file is in here: no metadata, no note, no
 * form field, no hidden layer, no embedded file, no words behind a picture.
 */
export const page = z.object({
  width: z.number().min(1).max(20_000),
  height: z.number().min(1).max(20_000),
  runs: z.array(pageRun).max(20_000),
  boxes: z.array(pageBox).max(1_000),
})
export type Page = z.infer<typeof page>

/** Pages `from` … of a document; `total` is how many can be shown, which bounds may keep below what the file has. */
export const parsedPages = z.object({
  kind: z.literal('pages'),
  format: fileFormat,
  from: z.int().min(1),
  total: z.int().min(1).max(1_000),
  truncated: z.boolean(),
  pages: z.array(page).max(200),
})
export type ParsedPages = z.infer<typeof parsedPages>

/** A run as a viewer may see it; `marks` are the stretches of its text that stand for something hidden. */
export const shownRun = pageRun.extend({ marks: z.array(z.tuple([z.int(), z.int()])).optional() })
export type ShownRun = z.infer<typeof shownRun>

/** A page as it goes to the window: nothing in it has to be hidden any more. */
export const shownPage = page.extend({ runs: z.array(shownRun).max(20_000) })
export type ShownPage = z.infer<typeof shownPage>
