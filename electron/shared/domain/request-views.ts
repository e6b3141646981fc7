import { z } from 'zod'
import { recordId } from './ids.ts'
import { requester, requestKind } from './sync-atoms.ts'
import { platform } from './vocabulary.ts'

const time = z.int()

/** How a request reached the enterprise, and how the answer goes back. */
export const requestVia = z.enum(['portal', 'mail', 'phone', 'post', 'in_person'])
export type RequestVia = z.infer<typeof requestVia>

/** Close relatives (Civil Code of the PRC, article 1045); nobody else asks for a deceased person (QY-44). */
export const kinship = z.enum(['spouse', 'parent', 'child', 'sibling', 'grandparent', 'grandchild'])
export type Kinship = z.infer<typeof kinship>

/** What shows who asks, and that they may. `resolution` lifts a dispute: an agreement or a judgment. */
export const proofKind = z.enum(['identity', 'kinship', 'death', 'guardianship', 'authority', 'resolution'])
export type ProofKind = z.infer<typeof proofKind>

/** A copy that is kept for a while, an original that somebody looked at, the person's own link. */
export const proofHow = z.enum(['paper', 'seen', 'portal'])

export const proof = z.object({ kind: proofKind, how: proofHow, at: time })
export type Proof = z.infer<typeof proof>

export const freeze = z.object({ from: time, to: time.optional() })
export type Freeze = z.infer<typeof freeze>

export const requestOutcome = z.enum(['done', 'alternative', 'fee_quoted', 'refused'])
export type RequestOutcome = z.infer<typeof requestOutcome>

/** `stopped`: a dispute keeps the clock still. */
export const requestLevel = z.enum(['calm', 'warn', 'alarm', 'stopped', 'closed'])
export type RequestLevel = z.infer<typeof requestLevel>

/** What has to be done now, one thing at a time. */
export const requestStep = z.enum([
  'resolve_dispute',
  'check_identity',
  'refuse_identity',
  'search',
  'statement',
  'package',
  'transfer',
  'pass_on',
  'restrict',
  'destroy',
  'wait_destruction',
  'answer',
  'none',
])
export type RequestStep = z.infer<typeof requestStep>

export const requestClock = z.object({
  /** When the answer is due; left out while a dispute stops the clock. */
  due_at: time.optional(),
  /** When the tenth working day is over. */
  warn_at: time.optional(),
  used: z.int(),
  of: z.int(),
  level: requestLevel,
  /** False where a day of a year was counted whose arrangement is not known. */
  known: z.boolean(),
})
export type RequestClock = z.infer<typeof requestClock>

export const requestRow = z.object({
  id: z.string(),
  /** The first characters of the id, as a letter names it. */
  number: z.string(),
  kind: requestKind,
  requester,
  via: requestVia,
  kinship: kinship.optional(),
  /** The name as far as it may be shown, else the record's number; left out where nobody of that id is here. */
  label: z.string().optional(),
  record_id: recordId.optional(),
  platform: platform.optional(),
  received_at: time,
  clock: requestClock,
  step: requestStep,
  outcome: requestOutcome.optional(),
  closed_at: time.optional(),
})
export type RequestRow = z.infer<typeof requestRow>

export const requestPaper = z.object({
  id: z.string(),
  kind: proofKind,
  media_type: z.string(),
  size: z.int(),
  at: time,
  by: z.string(),
  /** When it is destroyed; left out while the request is open. */
  destroyed_at: time.optional(),
})
export type RequestPaper = z.infer<typeof requestPaper>

export const requestView = requestRow.extend({
  /** As the platform names somebody of whom nothing is here, for the statement (K17). */
  candidate: z.string().optional(),
  identity: z.enum(['open', 'verified', 'failed']),
  identity_at: time.optional(),
  identity_by: z.string().optional(),
  /** What has to be shown for this requester, and what was. */
  needed: z.array(proofKind),
  proofs: z.array(proof),
  papers: z.array(requestPaper),
  freezes: z.array(freeze),
  /** What people typed, without contacts and without the person's own words. */
  detail: z.string().optional(),
  source: z.string().optional(),
  who: z.string().optional(),
  reason: z.string().optional(),
  /** How whoever asks would be reached, masked; `request.reveal_contact` shows it (WZ-41). */
  contact: z.string().optional(),
  /** Bytes of the mail that it came by, kept sealed until 30 days after the answer. */
  mail_size: z.int().optional(),
  searched_at: time.optional(),
  carried_out_at: time.optional(),
  closed_by: z.string().optional(),
  /** Certificates of what was destroyed for it. */
  certificates: z.array(z.string()),
  restricted: z.boolean(),
  /** A legal hold keeps the record, so it cannot be destroyed (QY-36). */
  held_until: time.optional(),
})
export type RequestView = z.infer<typeof requestView>

/** Where copies of a person can lie. */
export const searchPlace = z.enum([
  'store',
  'vault',
  'linked',
  'accounts',
  'backups',
  'files',
  'unread',
  'outbox',
  'hub',
  'mailbox',
  'log',
])
export type SearchPlace = z.infer<typeof searchPlace>

/** `none`: looked, nothing. `found`: `count` of them. `told`: cannot be looked at from here, and is told. `absent`: there is no such place. */
export const placeFound = z.object({
  place: searchPlace,
  state: z.enum(['found', 'none', 'told', 'absent', 'unreachable']),
  count: z.int(),
  /** Counts by kind, as a certificate names them. */
  kinds: z.record(z.string(), z.int()).optional(),
})
export type PlaceFound = z.infer<typeof placeFound>
