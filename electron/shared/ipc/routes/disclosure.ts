import { z } from 'zod'
import { madeFile, paperLanguage, personRef, personState } from '../../domain/disclosure.ts'
import { defineRoutes } from '../define-route.ts'

const keepers = ['hr', 'admin', 'officer'] as const
const request = z.string().min(1).max(128)

/** What a person may have of what is held of them: who looked, and everything itself. */
export const disclosureRoutes = defineRoutes({
  /** Whether the log knows of a person, living here or destroyed. */
  'disclosure.find': {
    host: 'core',
    access: 'disclose',
    action: 'log_read',
    roles: keepers,
    input: z.object({ person: personRef }),
    output: personState,
  },
  /** Asks for a folder and writes the access statement there, with the proofs inside; also after destruction (K17). */
  'disclosure.make': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: keepers,
    input: z.object({
      person: personRef,
      language: paperLanguage.default('zh-CN'),
      /** The request that it answers. */
      request_id: request.optional(),
    }),
    output: z.object({ files: z.array(madeFile), entries: z.int() }),
  },
})
