import { z } from 'zod'
import { heldLog, logState } from '../../domain/log-health.ts'
import { defineRoutes } from '../define-route.ts'
import { applicationId, recordId } from '../../domain/ids.ts'
import { certificateView, jobProgress, ledgerRow, planView, retentionRow } from '../../domain/views.ts'
import { certificateProblem, orderedReason } from '../../domain/vocabulary.ts'
import { members, screeners } from './callers.ts'

const none = z.object({})
/** Whoever answers for the log: the officer, administrators, and hr where there is no hub. */
const logKeepers = ['hr', 'admin', 'officer'] as const

const anchorFile = z.object({
  size: z.int().min(0),
  as: z.enum(['txt', 'pdf']),
  language: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
})

/** Applications, and people whom a talent-pool consent alone keeps. */
const destructionOrder = {
  application_ids: z.array(applicationId).max(1000).default([]),
  record_ids: z.array(recordId).max(1000).default([]),
}

const certificateExport = z.object({
  id: z.string().max(64),
  as: z.enum(['json', 'pdf']),
  language: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
})

const planFigures = {
  counts: z.object({
    within_7_days: z.int(),
    overdue: z.int(),
    locked: z.int(),
    held: z.int(),
    registered_files: z.int(),
    destroyed: z.int(),
  }),
  /** Ends a day in Asia/Shanghai, today first. */
  week: z.array(z.object({ day: z.string(), count: z.int() })),
  now: z.int(),
}

export const dutyRoutes = defineRoutes({
  'sync.start': {
    host: 'core',
    access: 'read',
    roles: members,
    input: z.object({ resume: z.boolean().default(false) }),
    output: z.object({ started: z.boolean() }),
  },
  'sync.cancel': { host: 'core', access: 'read', roles: members, input: none, output: none },
  'sync.status': {
    host: 'core',
    access: 'read',
    roles: members,
    input: none,
    output: z.object({
      progress: jobProgress,
      last_success_at: z.int().optional(),
      /** Until when records may be read without the hub (D3). */
      lease_until: z.int().optional(),
      outbox: z.object({ waiting: z.int(), rejected: z.int(), unplaced: z.int() }),
      aside: z.int(),
      unindexed: z.int(),
      counts: z.object({ jobs: z.int(), candidates: z.int(), applications: z.int(), attachments: z.int() }),
      dropped_keys: z.record(z.string(), z.int()),
      local: z.boolean(),
      /** The platform banned the account for automation: nothing is asked of it by itself; where to appeal, by its own rules (QY-46). */
      banned: z
        .object({ at: z.int(), platform: z.string(), appeal: z.object({ zh: z.string(), en: z.string() }) })
        .optional(),
    }),
  },
  'retention.plan': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: screeners,
    input: z.object({
      view: planView.default('all'),
      /** Only what ends on this day in Asia/Shanghai; today's includes what is overdue. */
      day: z.iso.date().optional(),
      cursor: z.string().optional(),
      limit: z.int().min(1).max(500).default(200),
    }),
    output: z.object({
      items: z.array(retentionRow),
      next_cursor: z.string().nullable(),
      ...planFigures,
    }),
  },
  /** The figures of the plan without its rows: nobody is disclosed and nothing is logged. */
  'retention.summary': { host: 'core', access: 'read', roles: screeners, input: none, output: z.object(planFigures) },
  /** How much ends soon, for a badge: figures alone, so nobody is disclosed and nothing is logged. */
  'retention.counts': {
    host: 'core',
    access: 'read',
    roles: screeners,
    input: none,
    output: z.object({ within_7_days: z.int(), locked: z.int(), overdue: z.int() }),
  },
  /** What a destruction of these would take, by kind and never by content: figures alone, so nothing is logged. */
  'retention.preview': {
    host: 'core',
    access: 'read',
    roles: ['hr', 'officer'],
    input: z.object(destructionOrder),
    output: z.object({
      persons: z.int(),
      /** People who stay by another application or a talent-pool consent. */
      staying: z.int(),
      counts: z.record(z.string(), z.int()),
      /** Chosen, and kept all the same: by a legal hold, or because it is on its way already. */
      left: z.int(),
    }),
  },
  'retention.destroy_now': {
    host: 'core',
    access: 'destroy',
    action: 'destroy_begin',
    roles: ['hr', 'officer'],
    input: z.object({ ...destructionOrder, reason: orderedReason.optional() }),
    output: z.object({ accepted: z.int() }),
  },
  'retention.run': {
    host: 'core',
    access: 'destroy',
    action: 'destroy_begin',
    // A restricted account keeps this duty (ZP-37).
    roles: members,
    input: none,
    output: z.object({ accepted: z.int() }),
  },
  'retention.status': { host: 'core', access: 'read', roles: members, input: none, output: jobProgress },
  'retention.cancel': { host: 'core', access: 'read', roles: members, input: none, output: none },
  'certificate.list': {
    host: 'core',
    access: 'read',
    roles: members,
    input: z.object({
      kind: z.enum(['single', 'batch']).optional(),
      reason: z.string().max(40).optional(),
      /** Milliseconds; `to` is left out. */
      from: z.int().optional(),
      to: z.int().optional(),
      limit: z.int().min(1).max(500).default(100),
      cursor: z.string().optional(),
    }),
    output: z.object({ items: z.array(certificateView), next_cursor: z.string().nullable(), total: z.int() }),
  },
  'certificate.get': {
    host: 'core',
    access: 'read',
    roles: members,
    input: z.object({ id: z.string() }),
    output: z.object({
      /** The signed document, as canonical JSON. */
      document: z.string(),
      verdict: z.enum(['valid', 'invalid']),
      problem: certificateProblem.optional(),
    }),
  },
  /** The signed text, or a printed certificate that carries it; neither tells who it was. */
  'certificate.export': {
    host: 'core',
    access: 'read',
    roles: members,
    input: certificateExport,
    output: z.object({ file_name: z.string(), base64: z.string() }),
  },
  /** Asks where to, and writes that file. */
  'certificate.save': {
    host: 'main',
    access: 'read',
    roles: members,
    input: certificateExport,
    output: z.object({ saved: z.boolean() }),
  },
  'ledger.list': {
    host: 'core',
    access: 'disclose',
    action: 'log_read',
    roles: members,
    input: z.object({
      record_id: recordId.optional(),
      limit: z.int().min(1).max(500).default(100),
      cursor: z.string().optional(),
    }),
    output: z.object({ items: z.array(ledgerRow), total: z.int(), next_cursor: z.string().nullable() }),
  },
  'ledger.verify': {
    host: 'core',
    access: 'read',
    roles: members,
    input: none,
    output: z.object({
      verdict: z.string(),
      where: z.string().optional(),
      size: z.int(),
      root: z.string(),
      completeness: z.enum(['proven', 'not_provable']),
      /** Entries below this index are confirmed by a head kept outside of this device. */
      proven_to: z.int(),
      witnessed_at: z.int().optional(),
    }),
  },
  /** Every device of the enterprise with how its log stands, as the hub holds it: gone back, rewritten, or merely offline. */
  'ledger.devices': {
    host: 'core',
    access: 'read',
    roles: ['admin', 'officer'],
    input: none,
    output: z.object({
      hub: z.boolean(),
      /** `here`: of this very device, how much is in it; `size` is what the hub holds. */
      items: z.array(heldLog.extend({ state: logState, account_name: z.string(), here: z.int().optional() })),
      now: z.int(),
    }),
  },
  /** The head of this device's log, signed, as one line to keep outside; about nobody. */
  'ledger.anchor': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: logKeepers,
    input: none,
    output: z.object({ line: z.string(), origin: z.string(), size: z.int(), root: z.string() }),
  },
  /** A head that `ledger.anchor` gave, as the signed note or as a page to print. */
  'ledger.anchor_file': {
    host: 'core',
    access: 'read',
    roles: logKeepers,
    input: anchorFile,
    output: z.object({ file_name: z.string(), base64: z.string() }),
  },
  /** Asks where to, and writes that file. */
  'ledger.save_anchor': {
    host: 'main',
    access: 'read',
    roles: logKeepers,
    input: anchorFile,
    output: z.object({ saved: z.boolean() }),
  },
  'ledger.export': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: members,
    input: none,
    output: z.object({ bundle: z.string(), size: z.int() }),
  },
})
