import { z } from 'zod'
import { madeFile, packageKind, paperLanguage, personRef, personState } from '../../domain/disclosure.ts'
import { recordId } from '../../domain/ids.ts'
import { defineRoutes } from '../define-route.ts'

const keepers = ['hr', 'admin', 'officer'] as const
/** Who looked is told whatever the platform makes of the account meanwhile (ZP-37); what is held of a person is not. */
const statement = { roles: keepers, evenRestricted: true } as const
const request = z.string().min(1).max(128)

/** What a person may have of what is held of them: who looked, and everything itself. */
export const disclosureRoutes = defineRoutes({
  /** Whether the log knows of a person, living here or destroyed. */
  'disclosure.find': {
    host: 'core',
    access: 'disclose',
    action: 'log_read',
    ...statement,
    input: z.object({ person: personRef }),
    output: personState,
  },
  /** Asks for a folder and writes the access statement there, with the proofs inside; also after destruction (K17). */
  'disclosure.make': {
    host: 'core',
    access: 'write',
    action: 'export',
    ...statement,
    input: z.object({
      person: personRef,
      language: paperLanguage.default('zh-CN'),
      /** The request that it answers. */
      request_id: request.optional(),
    }),
    output: z.object({ files: z.array(madeFile), entries: z.int() }),
  },
  /** What a package would hold, by kind and never by content: figures alone, so nothing is logged. */
  'package.find': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: z.object({ record_id: recordId }),
    output: z.object({
      counts: z.record(z.string(), z.int()),
      /** Fields that this viewer's rules keep out; the protection officer's package leaves none out. */
      left_out: z.array(z.string()),
    }),
  },
  /** Asks for a folder and writes one person's package there, other people's data removed (ZP-90). */
  'package.make': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: keepers,
    input: z.object({
      record_id: recordId,
      kind: packageKind.default('copy'),
      language: paperLanguage.default('zh-CN'),
      request_id: request.optional(),
    }),
    output: z.object({ files: z.array(madeFile), left_out: z.array(z.string()) }),
  },
})
