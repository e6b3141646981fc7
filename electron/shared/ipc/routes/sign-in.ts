import { z } from 'zod'
import { factorLabel, factorPage, factorsAnswer, recoveryCodes, stepUpState } from '../../domain/sync-factors.ts'
import { accountView } from '../../domain/views.ts'
import { defineRoutes } from '../define-route.ts'
import { members, unlocked } from './callers.ts'

const none = z.object({})
const code = z.string().trim().min(6).max(40)
/** What an authenticator app takes; told to the page once, to be drawn and typed in. */
const secret = z.object({ secret: z.string(), uri: z.string() })
const password = z.string().min(1).max(1000).optional()

/** The second step of a sign-in, the sign-in by phone, and one's own second factors at the hub. */
export const signInRoutes = defineRoutes({
  /** After `account.sign_in` answered E_SECOND_FACTOR. Recovery codes come with a first enrolment: then `account.finish_sign_in`. */
  'account.sign_in_code': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: unlocked,
    input: z.object({ code }),
    output: z.object({ account: accountView.optional(), recovery_codes: z.array(z.string()).optional() }),
  },
  /** After E_SECOND_FACTOR with `reason` `enrol`: the hub wants this account to have a factor first. */
  'account.sign_in_enrol': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: unlocked,
    input: none,
    output: secret,
  },
  /** The passkey's page at the hub; core then asks the hub until it was used there. */
  'account.sign_in_passkey': {
    host: 'core',
    access: 'read',
    roles: unlocked,
    input: none,
    output: z.object({ uri: z.string(), expires_at: z.int() }),
  },
  /** A code for the phone (QY-08). Core asks the hub until the phone has answered or the code has ended. */
  'account.sign_in_qr': {
    host: 'core',
    access: 'read',
    roles: unlocked,
    input: z.object({ hub: z.url().max(500) }),
    output: z.object({ user_code: z.string(), uri: z.string(), expires_at: z.int(), now: z.int() }),
  },
  /** How far the phone or the passkey's page is. */
  'account.arrival': {
    host: 'core',
    access: 'read',
    roles: unlocked,
    input: none,
    output: z.object({ state: z.enum(['none', 'waiting', 'confirmed', 'refused', 'expired', 'failed']) }),
  },
  'account.finish_sign_in': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: unlocked,
    input: none,
    output: accountView,
  },
  'account.cancel_sign_in': { host: 'core', access: 'read', roles: unlocked, input: none, output: none },
  'factor.list': { host: 'core', access: 'read', roles: members, input: none, output: factorsAnswer },
  'factor.begin': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: members,
    input: z.object({ label: factorLabel.optional(), password }),
    output: secret.extend({ id: z.string() }),
  },
  'factor.confirm': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: members,
    input: z.object({ id: z.string().min(1).max(128), code }),
    output: recoveryCodes,
  },
  'factor.add_passkey': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: members,
    input: z.object({ label: factorLabel.optional(), password }),
    output: factorPage,
  },
  'factor.remove': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: members,
    input: z.object({ id: z.string().min(1).max(128) }),
    output: none,
  },
  'factor.renew_codes': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: members,
    input: none,
    output: recoveryCodes,
  },
  /** Whether the session has a proof that still counts. */
  'factor.proof': { host: 'core', access: 'read', roles: members, input: none, output: stepUpState },
  'factor.prove': {
    host: 'core',
    access: 'write',
    action: 'sign_in',
    roles: members,
    input: z.object({ code }),
    output: none,
  },
  'factor.prove_passkey': { host: 'core', access: 'read', roles: members, input: none, output: factorPage },
  /** For a colleague who has lost theirs; ends their sessions. */
  'admin.reset_factors': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['admin'],
    input: z.object({ id: z.string().min(1).max(128) }),
    output: none,
  },
})
