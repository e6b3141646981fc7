import { z } from 'zod'
import { madeFile } from '../../domain/disclosure.ts'
import {
  auditExport,
  dateKind,
  deskFigures,
  impactAssessment,
  logRead,
  logsRead,
  officerDate,
} from '../../domain/officer.ts'
import { defineRoutes } from '../define-route.ts'

const keepers = ['hr', 'admin', 'officer'] as const
const id = z.string().min(1).max(64)
const time = z.int().min(0)
const words = z.string().trim().min(1).max(200)

/** The protection officer's desk: what is owed, what was kept, and what an auditor may take along. */
export const officerRoutes = defineRoutes({
  'officer.desk': { host: 'core', access: 'read', roles: keepers, input: z.object({}), output: deskFigures },
  /** Who read the log, newest first, on every device that the hub tells of; reading that is entered like any other reading. */
  'officer.log_reads': {
    host: 'core',
    access: 'disclose',
    action: 'log_read',
    roles: keepers,
    input: z.object({ limit: z.int().min(1).max(500).default(100) }),
    output: z.object({ items: z.array(logRead), devices: logsRead, now: z.int() }),
  },
  'officer.dates': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: z.object({}),
    output: z.object({ items: z.array(officerDate), now: z.int() }),
  },
  'officer.save_date': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: keepers,
    input: z.object({
      id: id.optional(),
      kind: dateKind,
      whose: words,
      done_at: time,
      until: time.optional(),
    }),
    output: officerDate,
  },
  'officer.remove_date': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: keepers,
    input: z.object({ id }),
    output: z.object({}),
  },
  'officer.assessments': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: z.object({}),
    output: z.object({ items: z.array(impactAssessment), now: z.int() }),
  },
  'officer.save_assessment': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: keepers,
    input: impactAssessment
      .omit({ by: true })
      .extend({ id: id.optional(), title: words, measures: z.string().trim().max(2000) }),
    output: impactAssessment,
  },
  'officer.remove_assessment': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: keepers,
    input: z.object({ id }),
    output: z.object({}),
  },
  'audit.list': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: z.object({}),
    output: z.object({ items: z.array(auditExport), now: z.int() }),
  },
  /** Asks for a folder and writes the evidence of a time there: rules, log, certificates, open copies; nobody's contact (ZP-99). */
  'audit.make': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: keepers,
    input: z.object({ from_at: time, to_at: time }),
    output: z.object({ files: z.array(madeFile), entries: z.int(), certificates: z.int() }),
  },
})
