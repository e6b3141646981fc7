import { z } from 'zod'
import { madeFile, paperLanguage } from '../../domain/disclosure.ts'
import { recordId } from '../../domain/ids.ts'
import {
  incidentChannel,
  incidentKind,
  incidentParts,
  incidentPersonView,
  incidentView,
} from '../../domain/incidents.ts'
import { defineRoutes } from '../define-route.ts'

const keepers = ['hr', 'admin', 'officer'] as const
const id = z.string().min(1).max(64)
const time = z.int().min(0)
const title = z.string().trim().min(1).max(120)
const language = paperLanguage.default('zh-CN')

/** Incidents (ZP-100): what has to be said, to whom, and that it was. */
export const incidentRoutes = defineRoutes({
  'incident.list': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: z.object({}),
    output: z.object({ items: z.array(incidentView), now: z.int() }),
  },
  /** An incident with the people that it touches, as rows of a list. */
  'incident.get': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: keepers,
    input: z.object({ id }),
    output: z.object({ incident: incidentView, persons: z.array(incidentPersonView), now: z.int() }),
  },
  /** Opens a draft and finds from the logs who is affected: at a hub from every device's, else from this one's. */
  'incident.open': {
    host: 'core',
    access: 'write',
    action: 'incident',
    roles: keepers,
    input: z.object({
      kind: incidentKind,
      title,
      discovered_at: time,
      from_at: time,
      to_at: time,
      /** Of an account alone. */
      account: z.string().min(1).max(128).optional(),
    }),
    output: z.object({
      id: z.string(),
      persons: z.int(),
      gone: z.int(),
      /** `own`: the other devices' logs could not be read at the hub. */
      logs: z.enum(['all', 'own']),
    }),
  },
  'incident.save': {
    host: 'core',
    access: 'write',
    action: 'incident',
    roles: keepers,
    input: z.object({
      id,
      title: title.optional(),
      parts: incidentParts.partial().refine((parts) => Object.values(parts).every((text) => text.length <= 4000)),
    }),
    output: incidentView,
  },
  /** The letter and the public notice as they stand, without anybody's name. */
  'incident.preview': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: z.object({ id, language }),
    output: z.object({ letter: z.string(), notice: z.string() }),
  },
  /** Asks for a folder and writes a letter for each of these people there, as registered plain files. */
  'incident.make_letters': {
    host: 'core',
    access: 'write',
    action: 'export',
    roles: keepers,
    input: z.object({ id, record_ids: z.array(recordId).min(1).max(500), language }),
    output: z.object({ files: z.array(madeFile) }),
  },
  /** Notes that these people were told, how and when; without a channel the note is taken back. */
  'incident.tell': {
    host: 'core',
    access: 'write',
    action: 'incident',
    roles: keepers,
    input: z.object({
      id,
      record_ids: z.array(recordId).min(1).max(5000),
      channel: incidentChannel.nullable(),
      at: time.optional(),
    }),
    output: incidentView,
  },
  /** Notes that the public notice is out, that the authority was told, or that the incident is over. */
  'incident.mark': {
    host: 'core',
    access: 'write',
    action: 'incident',
    roles: keepers,
    input: z.object({ id, what: z.enum(['public', 'reported', 'closed']), at: time.optional() }),
    output: incidentView,
  },
})
