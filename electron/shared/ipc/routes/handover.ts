import { z } from 'zod'
import { secondPerson } from '../../domain/hold-views.ts'
import { applicationId, recordId } from '../../domain/ids.ts'
import { legalBasis } from '../../domain/vocabulary.ts'
import { defineRoutes } from '../define-route.ts'

const id = z.string().min(1).max(128)

/** One package of a hired person for the personnel file, by approval and on a new legal basis (K22). */
export const handoverRoutes = defineRoutes({
  'handover.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: ['hr', 'admin', 'officer'],
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          application_id: applicationId,
          record_id: recordId,
          label: z.string(),
          job_title: z.string(),
          /** When the record is destroyed at the latest. */
          due_at: z.int(),
          state: z.enum(['none', 'pending', 'granted', 'refused', 'used']),
          /** Of the request, where there is one. */
          id: z.string().optional(),
          legal_basis: legalBasis.optional(),
          by: z.string().optional(),
          reason: z.string().optional(),
          may_decide: z.boolean(),
        }),
      ),
      second: secondPerson,
    }),
  },
  'handover.request': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: ['hr'],
    input: z.object({
      application_id: applicationId,
      legal_basis: legalBasis,
      reason: z.string().trim().min(1).max(500),
    }),
    output: z.object({ id: z.string() }),
  },
  /** `officer`: in a workspace without a hub, the name of the officer who confirms at this workstation. */
  'handover.decide': {
    host: 'core',
    access: 'write',
    action: 'approve',
    roles: ['hr', 'admin', 'officer'],
    input: z.object({
      id,
      status: z.enum(['granted', 'refused']),
      officer: z.string().trim().min(1).max(80).optional(),
    }),
    output: z.object({ state: z.enum(['granted', 'refused']) }),
  },
  /** Asks where to by the system's own dialog and writes the package there, once. */
  'handover.make': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: ['hr'],
    input: z.object({ id }),
    output: z.object({ written: z.boolean(), size: z.int() }),
  },
})
