import { z } from 'zod'
import { applicationId, jobId, recordId } from './ids.ts'
import { platform } from './vocabulary.ts'

/** Why a mailbox could not be read (`E_MAILBOX`, `data.reason`); each has words and a next step in both languages. */
export const mailboxFailure = z.enum([
  /** No server answers at this address. */
  'down',
  'timeout',
  /** The certificate is not valid for this server. */
  'tls',
  /** The server offers no STARTTLS, or somebody took it away on the line. */
  'no_tls',
  /** Name or password is wrong, or the server wants a code made for programs. */
  'auth',
  /** The renewal of the OAuth 2 session was refused: sign in there anew. */
  'oauth',
  /** The place that renews tokens does not answer as it should. */
  'oauth_answer',
  /** At the sign-in in the browser somebody, or the place itself, said no. */
  'denied',
  'folder',
  /** The server ended the session, or asks for a pause. */
  'busy',
  /** What came is no IMAP, or more than any answer may be. */
  'answer',
  /** The job that mails go to is closed or missing. */
  'job',
])
export type MailboxFailure = z.infer<typeof mailboxFailure>

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^(\[[0-9a-f:.]+\]|[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?)$/iu)
const folder = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}+$/u)

/**
 * Who is registered to send resumes: one address, or everybody of a domain (`@example.com`). `platform` and `job_id` are what a
 * mail of theirs belongs to.
 */
export const mailSender = z.object({
  match: z
    .string()
    .trim()
    .toLowerCase()
    .max(254)
    .regex(/^[^\s@,;<>"]*@[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u),
  /** Left out: recognised from the mail, remembered, or asked. */
  platform: platform.optional(),
  job_id: jobId.optional(),
})
export type MailSender = z.infer<typeof mailSender>

/** Where somebody signs in to a mailbox, and who this program is there; the enterprise registers it itself. */
export const mailSignInPlace = z.object({
  token_address: z.url().max(500),
  /** Where the browser goes (RFC 8252); without it a refresh token is typed in. */
  authorization_address: z.url().max(500).optional(),
  client_id: z.string().trim().min(1).max(300),
  scope: z.string().trim().max(500).optional(),
  /** How this machine is called in the address that the browser comes back to. */
  redirect_host: z.enum(['127.0.0.1', 'localhost']).optional(),
})

/** A provider whose addresses are known (`resources/intake/sign-in`); anybody else's are typed in. */
export const mailSignInProvider = z.strictObject({
  name: z.string(),
  host,
  port: z.int().min(1).max(65_535),
  ...mailSignInPlace.omit({ client_id: true }).shape,
})
export type MailSignInProvider = z.infer<typeof mailSignInProvider>

export const mailboxSettings = z
  .object({
    host,
    port: z.int().min(1).max(65_535),
    security: z.enum(['tls', 'starttls', 'plain']),
    /** Somebody said that the password may cross the network in clear; not asked for a server on this machine. */
    plain_ok: z.boolean().default(false),
    /** A certificate authority of the enterprise's own, as PEM; trusted for this mailbox besides the system's. */
    ca: z
      .string()
      .max(100_000)
      .regex(/-----BEGIN CERTIFICATE-----/)
      .optional(),
    user: z.string().trim().min(1).max(320),
    auth: z.enum(['password', 'oauth']).default('password'),
    oauth: mailSignInPlace.optional(),
    folders: z.array(folder).min(1).max(20).default(['INBOX']),
    senders: z.array(mailSender).max(200).default([]),
    /** The senders that the platforms' rules name are registered too. */
    platform_senders: z.boolean().default(true),
    /** The name by which this server signs what it found out of a sender (RFC 8601); without it no sender is proved. */
    authority: z
      .string()
      .trim()
      .max(253)
      .regex(/^[A-Za-z0-9.-]+$/)
      .optional(),
    /** Mails whose subject asks something about one's own data are read whoever sent them, and lie on the desk as requests. */
    take_requests: z.boolean().default(false),
    /** Where mails go whose sender names no job. */
    job_id: jobId.optional(),
    after: z.enum(['keep', 'move', 'delete']).default('keep'),
    move_to: folder.optional(),
    /** What becomes of the mails of somebody who was destroyed: a task, or deleted with the next run. */
    on_destruction: z.enum(['task', 'delete']).default('task'),
  })
  .refine((value) => value.after !== 'move' || value.move_to !== undefined, { path: ['move_to'] })
  .refine((value) => value.move_to === undefined || !value.folders.includes(value.move_to), { path: ['move_to'] })
  .refine((value) => value.auth !== 'oauth' || value.oauth !== undefined, { path: ['oauth'] })
export type MailboxSettings = z.infer<typeof mailboxSettings>

/** Goes to the server and nowhere else. */
export const mailboxSecret = z.object({
  password: z.string().min(1).max(1000).optional(),
  client_secret: z.string().max(1000).optional(),
  refresh_token: z.string().min(1).max(8000).optional(),
})
export type MailboxSecret = z.infer<typeof mailboxSecret>

/** As the page gives it: `sign_in` names a sign-in of this session whose token no page has seen. */
export const mailboxSecretInput = mailboxSecret.extend({ sign_in: z.string().max(64).optional() })
export type MailboxSecretInput = z.infer<typeof mailboxSecretInput>

export const mailboxCounts = z.object({
  /** Mails of registered senders that were fetched. */
  read: z.int(),
  imported: z.int(),
  /** Here already, by the mail itself or by the file. */
  merged: z.int(),
  quarantined: z.int(),
  /** Kept until somebody says whose they are, or for which job. */
  asked: z.int(),
  refused: z.int(),
  /** Too large or unreadable; they stay in the mailbox, and `mailbox.aside` names them. */
  aside: z.int(),
  /** Laid on the desk as requests about one's own data. */
  requests: z.int().default(0),
  /** Mails of senders that are not registered: counted by their envelope, never opened. */
  others: z.int(),
})
export type MailboxCounts = z.infer<typeof mailboxCounts>

export const mailboxRun = z.object({
  started_at: z.int(),
  ended_at: z.int().optional(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  counts: mailboxCounts,
  reason: mailboxFailure.or(z.literal('other')).optional(),
})
export type MailboxRun = z.infer<typeof mailboxRun>

export const mailboxView = z.object({
  id: z.string(),
  on: z.boolean(),
  settings: mailboxSettings,
  has_secret: z.boolean(),
  state: z.enum(['off', 'waiting', 'running', 'watching', 'failed']),
  /** When the next try is, after a failure. */
  next_at: z.int().optional(),
  last_run: mailboxRun.optional(),
  copies: z.int(),
})
export type MailboxView = z.infer<typeof mailboxView>

const place = {
  id: z.string(),
  mailbox_id: z.string(),
  /** `user` of the mailbox: whose it is. */
  mailbox: z.string(),
  folder: z.string(),
  uid: z.int().optional(),
  mail_at: z.int().optional(),
  size: z.int(),
}

/** A mail that stays in the mailbox and could not be taken in. */
export const mailAside = z.object({
  ...place,
  reason: z.enum(['too_large', 'unreadable']),
  at: z.int(),
})
export type MailAside = z.infer<typeof mailAside>

/** A copy of somebody's mail that is known to lie in a mailbox. */
export const mailCopy = z.object({
  ...place,
  state: z.enum(['kept', 'to_move', 'moved', 'to_delete']),
  record_id: recordId.optional(),
  application_id: applicationId.optional(),
  /** The person was destroyed; the copy is a task. */
  person_gone_at: z.int().optional(),
  problem: z.enum(['unsupported', 'refused']).optional(),
})
export type MailCopy = z.infer<typeof mailCopy>
