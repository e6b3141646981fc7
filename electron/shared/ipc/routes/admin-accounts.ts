import { z } from 'zod'
import { adminReach, deviceView, invitationView, person, sessionView, sharedSignIn } from '../../domain/admin-people.ts'
import { ownDataView, ownTitleBody } from '../../domain/own-data.ts'
import { accountStatus, syncRole } from '../../domain/sync-atoms.ts'
import { employmentMethods, realNameMethods } from '../../domain/sync-changes.ts'
import { paperLanguage } from '../../domain/disclosure.ts'
import { secondFactorSetting } from '../../domain/sync-admin.ts'
import { defineRoutes } from '../define-route.ts'

const administrators = ['admin'] as const
/** One's own account is one's own before it was checked, too. */
const members = ['hr', 'headhunter', 'interviewer', 'admin', 'officer', 'unverified'] as const
const id = z.string().min(1).max(128)
const link = z.object({ link: z.string(), expires_at: z.int() })
const jobs = z.array(z.object({ job_id: id, until: z.int().optional() })).max(500)
const done = z.object({})
const saved = z.object({ written: z.boolean(), size: z.int() })

/** The enterprise's accounts, as its hub keeps them; every change goes to the hub first and into this device's log then. */
export const adminAccountRoutes = defineRoutes({
  'admin.people': {
    host: 'core',
    access: 'read',
    roles: administrators,
    input: z.object({}),
    output: z.object({
      reach: adminReach,
      items: z.array(person),
      /** Of the enterprise, for rights to some of them only. */
      jobs: z.array(z.object({ id: z.string(), title: z.string() })),
      /** Whether a second factor is asked for; left out where the hub does not say. */
      second_factor: secondFactorSetting.optional(),
      now: z.int(),
    }),
  },
  'admin.change_person': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: administrators,
    input: z.object({
      id,
      role: syncRole.optional(),
      status: accountStatus.exclude(['restricted']).optional(),
      quotas: z
        .object({ reveal_per_day: z.int().min(0).optional(), download_per_day: z.int().min(0).optional() })
        .optional(),
      licence_until: z.iso.date().nullable().optional(),
      jobs: jobs.nullable().optional(),
      /** Null withdraws the check. */
      real_name: z
        .object({ method: z.enum(realNameMethods), written_consent: z.boolean() })
        .nullable()
        .optional(),
      employment: z
        .object({ method: z.enum(employmentMethods), next_check: z.int().optional() })
        .nullable()
        .optional(),
    }),
    output: done,
  },
  'admin.hand_over': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: administrators,
    input: z.object({ from: id, to: id, job_ids: z.array(id).min(1).max(500).optional() }),
    output: z.object({ jobs: z.int() }),
  },
  'admin.name_officer': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: administrators,
    input: z.object({ id }),
    output: done,
  },
  /** Takes a proof, and of whoever requires it of others a factor of their own (ZP-94). */
  'admin.set_second_factor': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: administrators,
    input: z.object({ setting: secondFactorSetting }),
    output: done,
  },
  /** A link by which this person chooses a new password; shown once. */
  'admin.password_link': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: administrators,
    input: z.object({ id }),
    output: link,
  },
  'admin.invitations': {
    host: 'core',
    access: 'read',
    roles: administrators,
    input: z.object({}),
    output: z.object({ reach: adminReach, items: z.array(invitationView), now: z.int() }),
  },
  'admin.invite': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: administrators,
    input: z.object({
      role: syncRole,
      email: z.email().max(200).optional(),
      /** That the person agreed to their address being passed on (ZP-41). */
      consent: z.boolean(),
      jobs: jobs.min(1).optional(),
      agency: z.string().trim().min(1).max(200).optional(),
    }),
    output: link,
  },
  /** The letter of the invitation made last, as a file where the person wants it; core writes the words, never the page. */
  'admin.save_invitation': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: administrators,
    input: z.object({ as: z.enum(['txt', 'html']), language: paperLanguage }),
    output: saved,
  },
  'admin.revoke_invitation': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: administrators,
    input: z.object({ id }),
    output: done,
  },
  'admin.devices': {
    host: 'core',
    access: 'read',
    roles: ['admin', 'officer'],
    input: z.object({}),
    output: z.object({
      reach: adminReach,
      items: z.array(deviceView),
      shared: z.array(sharedSignIn),
      now: z.int(),
    }),
  },
  /** Revokes any device, a lost one for instance, and says of whom it held a copy: by number alone (ZP-101). */
  'admin.revoke_device': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: administrators,
    input: z.object({ id }),
    output: z.object({ held: z.array(z.string()) }),
  },
  /** Of whom a device holds a copy, as a file: numbers alone, safe to open as a table (ZP-101). */
  'admin.save_holdings': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: ['admin', 'officer'],
    input: z.object({ id }),
    output: saved,
  },
  /** One's own sessions and devices, and whether the account was in use in two places. */
  'account.access': {
    host: 'core',
    access: 'read',
    roles: members,
    input: z.object({}),
    output: z.object({
      reach: adminReach,
      sessions: z.array(sessionView),
      devices: z.array(deviceView),
      shared: z.array(sharedSignIn),
      now: z.int(),
    }),
  },
  'account.end_session': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: members,
    input: z.object({ id }),
    output: done,
  },
  /** Every one of one's own but the session that asks. */
  'account.end_other_sessions': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: members,
    input: z.object({}),
    output: z.object({ ended: z.int() }),
  },
  /** Everything that is held about one's own person, here and at the hub, and by what it was verified (QY-28, QY-39). */
  'account.own_data': {
    host: 'core',
    access: 'read',
    roles: members,
    input: z.object({}),
    output: ownDataView,
  },
  /** The same with every line of one's own log, as a file where the person wants it. */
  'account.save_own_data': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: members,
    input: z.object({}),
    output: saved,
  },
  /** Null keeps it to oneself (ZP-40). */
  'account.set_title': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: members,
    input: ownTitleBody,
    output: done,
  },
  'account.change_password': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: members,
    input: z.object({ current: z.string().min(1).max(1024), next: z.string().min(1).max(1024) }),
    output: done,
  },
})
