import { z } from 'zod'
import { postKind, postPage, postScope } from '../../domain/bulletin.ts'
import { defineRoutes } from '../define-route.ts'
import { anybody, members } from './callers.ts'

const postKey = z.object({ kind: postKind, id: z.string().min(1).max(128) })

/** Announcements and positions of a platform that has no candidates. Published, so whoever is not signed in reads them too (QY-05). */
export const bulletinRoutes = defineRoutes({
  /** Filtered by what was chosen by hand, never by who asks (QY-06). */
  'post.list': {
    host: 'core',
    access: 'read',
    roles: anybody,
    input: z.object({
      scope: postScope.default('all'),
      kind: postKind.optional(),
      exam_type: z.string().max(500).optional(),
      region: z.string().max(500).optional(),
    }),
    output: postPage,
  },
  /** Follows one, or dismisses it; kept on this device and told to nobody (QY-15, QY-29). */
  'post.mark': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: members,
    input: postKey.extend({ followed: z.boolean().optional(), dismissed: z.boolean().optional() }),
    output: z.object({}),
  },
  /** Whether what one follows comes first; off until somebody switches it on (QY-29). */
  'post.recommend': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: members,
    input: z.object({ on: z.boolean() }),
    output: z.object({}),
  },
  /** The last day to apply as a calendar file (QY-30). */
  'post.calendar': {
    host: 'core',
    access: 'read',
    roles: anybody,
    input: postKey,
    output: z.object({ file_name: z.string(), ics: z.string() }),
  },
  /** Asks where to, and writes that file. */
  'post.save_calendar': {
    host: 'main',
    access: 'read',
    roles: anybody,
    input: postKey,
    output: z.object({ saved: z.boolean() }),
  },
})
