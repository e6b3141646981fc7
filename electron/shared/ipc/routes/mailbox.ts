import { z } from 'zod'
import { recordId } from '../../domain/ids.ts'
import {
  mailAside,
  mailboxSecretInput,
  mailboxSettings,
  mailboxView,
  mailCopy,
  mailSignInProvider,
} from '../../domain/mailbox.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
const id = z.string().min(1).max(64)

/** Mailboxes that resumes arrive in: off until somebody adds one; headhunters and interviewers have none (ZP-22, MM-08). */
export const mailboxRoutes = defineRoutes({
  'mailbox.list': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: none,
    output: z.object({ items: z.array(mailboxView) }),
  },
  'mailbox.add': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr'],
    input: z.object({ settings: mailboxSettings, secret: mailboxSecretInput, on: z.boolean().default(true) }),
    output: z.object({ id }),
  },
  /** What is left out stays; another server or another name does not get the secret of the one before. */
  'mailbox.update': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr'],
    input: z.object({
      id,
      settings: mailboxSettings.optional(),
      secret: mailboxSecretInput.optional(),
      on: z.boolean().optional(),
    }),
    output: none,
  },
  /** The password is wiped; mails that are known to lie there stay known, so that a request finds them. */
  'mailbox.remove': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['hr'],
    input: z.object({ id }),
    output: none,
  },
  /** Signs in and lists folders; opens no mail. Unsaved settings may be tried with the secret that is kept. */
  'mailbox.test': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: z.object({ id: id.optional(), settings: mailboxSettings.optional(), secret: mailboxSecretInput.optional() }),
    output: z.object({ folders: z.array(z.string()), missing: z.array(z.string()), ms: z.int() }),
  },
  /** Providers whose addresses are known. */
  'mailbox.providers': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: none,
    output: z.object({ items: z.array(mailSignInProvider) }),
  },
  /** Opens the system's browser and waits until somebody has signed in there; the token stays in core under the id that comes back. */
  'mailbox.sign_in': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: z.object({ settings: mailboxSettings, client_secret: z.string().max(1000).optional() }),
    output: z.object({ sign_in: id }),
  },
  'mailbox.cancel_sign_in': { host: 'core', access: 'read', roles: ['hr'], input: none, output: none },
  /** Reads now, all mailboxes that are on or the one that is named. */
  'mailbox.sync': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: z.object({ id: id.optional() }),
    output: z.object({ started: z.boolean() }),
  },
  'mailbox.cancel': { host: 'core', access: 'read', roles: ['hr'], input: none, output: none },
  /** Mails that could not be taken in and stay where they are. */
  'mailbox.aside': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: none,
    output: z.object({ items: z.array(mailAside) }),
  },
  'mailbox.retry': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id }),
    output: none,
  },
  'mailbox.dismiss': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id }),
    output: none,
  },
  /** Where mails of somebody lie, or (without one) those of people who were destroyed. */
  'mailbox.copies': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: z.object({ record_id: recordId.optional() }),
    output: z.object({ items: z.array(mailCopy) }),
  },
  /** Deletes it with the next run, or notes that somebody did so by hand. */
  'mailbox.settle_copy': {
    host: 'core',
    access: 'write',
    action: 'destroyed',
    roles: ['hr'],
    input: z.object({ id, how: z.enum(['delete', 'done']) }),
    output: none,
  },
})
