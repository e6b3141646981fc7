import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'

export const exportFormat = z.enum(['csv', 'xlsx', 'pdf'])
export type ExportFormat = z.infer<typeof exportFormat>

/** Lists of people that leave the vault, by an approval of their own (ZP-96). */
export const exportRoutes = defineRoutes({
  /** Asks where to by the system's own dialog, writes the file and registers it with its end (D21). */
  'export.make': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: ['hr', 'admin'],
    input: z.object({
      /** Of the approval. */
      id: z.string().min(1).max(128),
      format: exportFormat,
      language: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
    }),
    output: z.object({
      written: z.boolean(),
      people: z.int(),
      /** People of the approval whom the rules keep out by now. */
      left_out: z.int(),
      expires_at: z.int(),
    }),
  },
})
