import { z } from 'zod'
import { recordId } from '../../domain/ids.ts'
import {
  kinship,
  placeFound,
  proofKind,
  requestOutcome,
  requestRow,
  requestVia,
  requestView,
} from '../../domain/request-views.ts'
import { requester, requestKind } from '../../domain/sync-atoms.ts'
import { platform } from '../../domain/vocabulary.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
/** Headhunters and interviewers answer nobody in the enterprise's name. */
const keepers = ['hr', 'admin', 'officer'] as const
const id = z.string().min(1).max(128)
/** Sealed with the person, never in the log. */
const words = z.string().trim().min(1).max(2000)
const language = z.enum(['zh-CN', 'en-US'])
/** Rights do not wait for an account that its platform looks into (ZP-37). */
const duty = { roles: keepers, evenRestricted: true } as const
const written = { host: 'core', access: 'write', action: 'request', ...duty } as const

/** What people ask about their own data (ZP-91): inbox, identity, search, answer. */
export const requestRoutes = defineRoutes({
  'request.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    ...duty,
    input: z.object({ state: z.enum(['open', 'closed']).default('open') }),
    output: z.object({ items: z.array(requestRow), now: z.int() }),
  },
  /** Figures alone, for badges. */
  'request.counts': {
    host: 'core',
    access: 'read',
    ...duty,
    input: none,
    output: z.object({ open: z.int(), warn: z.int(), alarm: z.int() }),
  },
  'request.get': {
    host: 'core',
    access: 'disclose',
    action: 'request',
    ...duty,
    input: z.object({ id }),
    output: requestView.extend({ now: z.int() }),
  },
  /** One that came by mail, phone, post or in person. Of somebody who was destroyed: the id that the platform gave (K17). */
  'request.add': {
    ...written,
    input: z.object({
      kind: requestKind,
      requester: requester.default('self'),
      kinship: kinship.optional(),
      via: requestVia.exclude(['portal']),
      record_id: recordId.optional(),
      platform: platform.optional(),
      candidate: z.string().trim().min(1).max(128).optional(),
      /** Which mail, call or letter: its date and subject. */
      source: words.optional(),
      who: words.optional(),
      detail: words.optional(),
      /** How whoever asks would be reached (WZ-41). */
      contact: z.string().trim().min(1).max(300).optional(),
      /** Milliseconds since 1970 UTC; now without it, never later. */
      received_at: z.int().optional(),
    }),
    output: z.object({ id: z.string() }),
  },
  /** Shows how whoever asks would be reached; for the answer, and entered before it is shown. */
  'request.reveal_contact': {
    host: 'core',
    access: 'disclose',
    action: 'reveal',
    ...duty,
    input: z.object({ id }),
    output: z.object({ contact: z.string() }),
  },
  /** Names the record of a request whose person was not known. */
  'request.link': { ...written, input: z.object({ id, record_id: recordId }), output: none },
  /** An original that somebody looked at, of which no copy is kept. */
  'request.note_proof': { ...written, input: z.object({ id, kind: proofKind }), output: none },
  /** A picture of a paper: sealed under a key of its own, destroyed 30 days after the answer (D13). */
  'request.add_paper': {
    ...written,
    input: z.object({
      id,
      kind: proofKind,
      name: z.string().trim().min(1).max(255),
      content_base64: z.string().max(12_000_000),
    }),
    output: z.object({ id: z.string() }),
  },
  'request.open_paper': {
    host: 'core',
    access: 'disclose',
    action: 'open_file',
    ...duty,
    input: z.object({ id }),
    output: z.object({ media_type: z.enum(['image/png', 'image/jpeg']), base64: z.string() }),
  },
  'request.remove_paper': { ...written, input: z.object({ id }), output: none },
  /** Whether whoever asks is who they say and may ask. */
  'request.verify': { ...written, input: z.object({ id, verdict: z.enum(['verified', 'failed']) }), output: none },
  /** Relatives disagree: clock and record stand still (QY-44). */
  'request.dispute': { ...written, input: z.object({ id, words }), output: none },
  /** Their agreement or a judgment is here: what was left of the clock runs on. */
  'request.resolve': { ...written, input: z.object({ id, words }), output: none },
  /** Looks for every copy of the person (ZP-84). */
  'request.search': {
    host: 'core',
    access: 'write',
    action: 'search',
    ...duty,
    input: z.object({ id }),
    output: z.object({
      places: z.array(placeFound),
      /** Other records that somebody here said are the same person. */
      linked: z.array(z.object({ record_id: recordId, label: z.string() })),
    }),
  },
  /** Notes that what was asked for is under way: statement or package handed over, correction passed on, processing restricted. */
  'request.carry_out': { ...written, input: z.object({ id }), output: none },
  /** Destroys the person, with the other records that are the same one. The certificate comes when it is done. */
  'request.destroy': {
    host: 'core',
    access: 'destroy',
    action: 'destroy_begin',
    ...duty,
    input: z.object({ id, also: z.array(recordId).max(50).default([]) }),
    output: z.object({ accepted: z.int() }),
  },
  /** The person lets the record be used again. */
  'request.unrestrict': { ...written, input: z.object({ id }), output: none },
  /** Everything but `done` needs a reason, which goes into the reply (ZP-92). */
  'request.answer': {
    ...written,
    input: z.object({ id, outcome: requestOutcome, reason: words.optional() }),
    output: none,
  },
  'request.letter': {
    host: 'core',
    access: 'disclose',
    action: 'request',
    ...duty,
    input: z.object({ id, language }),
    output: z.object({ title: z.string(), text: z.string() }),
  },
  /** The letter as a PDF outside, registered for its destruction, with the certificates inside (D21). */
  'request.save_letter': {
    ...written,
    action: 'export',
    input: z.object({ id, language }),
    output: z.object({ written: z.boolean(), size: z.int() }),
  },
})
