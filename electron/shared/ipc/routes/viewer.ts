import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { attachmentId, jobId } from '../../domain/ids.ts'
import { fileFormat } from '../../domain/file-format.ts'
import { shownPage } from '../../domain/page-model.ts'
import { reasonCode } from '../../domain/vocabulary.ts'
import { lookers, screeners } from './callers.ts'

/** One opening of an attachment; it ends with the session. */
const view = z.string().max(64)
const number = z.int().min(1).max(1_000)

/** What every view, saved file, print and export carries, and the same text once more in its text layer. */
const mark = z.string().max(200)

/** A picture without anything beside its pixels. */
const picture = z.object({ media_type: z.enum(['image/png', 'image/jpeg']), content_base64: z.string() })

export const viewerRoutes = defineRoutes({
  /** Opens an attachment in the built-in viewer: its first page, made anew and masked. The bytes of the file never leave (ZP-29). */
  'attachment.open': {
    host: 'core',
    access: 'disclose',
    action: 'open_file',
    roles: lookers,
    input: z.object({ id: attachmentId, job_id: jobId.optional() }),
    output: z.object({
      view,
      format: fileFormat,
      /** Pages that can be shown; `truncated` where the file has more. */
      total: number,
      truncated: z.boolean(),
      /** Whether a page may be revealed, and by which rule it is as it is. */
      reveals: z.boolean(),
      rule: z.string(),
      clause: z.string(),
      mark,
      page: shownPage,
    }),
  },
  /** Another page of what was opened; the rules are asked anew for each. */
  'attachment.page': {
    host: 'core',
    access: 'read',
    roles: lookers,
    input: z.object({ view, number }),
    output: z.object({ page: shownPage }),
  },
  /** One page with its contacts, for a purpose and for as long as a revealed value stays. */
  'attachment.reveal': {
    host: 'core',
    access: 'disclose',
    action: 'reveal',
    roles: screeners,
    input: z.object({
      view,
      number,
      reason: reasonCode,
      /** The person's own words: sealed in the store, never in the ledger. */
      words: z.string().trim().max(500).optional(),
    }),
    output: z.object({ page: shownPage, picture: picture.optional(), seconds: z.int(), ledger_index: z.int() }),
  },
  /** Forgets an opening and all that was read for it. */
  'attachment.close': {
    host: 'core',
    access: 'read',
    roles: lookers,
    input: z.object({ view }),
    output: z.object({}),
  },
})
