import { z } from 'zod'
import { fileAnswer, registeredFileView } from '../../domain/file-views.ts'
import { legalBasis } from '../../domain/vocabulary.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
const keepers = ['hr', 'admin', 'officer'] as const
const id = z.string().min(1).max(64)

/** Plain files outside that are registered for their destruction (D21), and what people say of those that were not found. */
export const fileRoutes = defineRoutes({
  /** Paths and names are shown to whoever has to look for the file, and entered like rows of a list. */
  'file.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: keepers,
    input: none,
    output: z.object({ items: z.array(registeredFileView), max_days: z.int(), now: z.int() }),
  },
  /** Figures alone, for badges: files outside, and those that wait for an answer. */
  'file.counts': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: none,
    output: z.object({ outside: z.int(), tasks: z.int() }),
  },
  /** Looks for a file now instead of at its next turn, and destroys it if it is as it was registered. */
  'file.look_again': {
    host: 'core',
    access: 'write',
    action: 'destroyed',
    roles: keepers,
    input: z.object({ id }),
    output: z.object({ found: z.boolean() }),
  },
  /**
   * Asks by the system's own dialog where it lies now, and destroys what lies there if it has the registered bytes, else leaves it
   * alone. The place is used once and kept nowhere.
   */
  'file.point_to': {
    host: 'core',
    access: 'write',
    action: 'destroyed',
    roles: keepers,
    input: z.object({ id }),
    output: none,
  },
  /** What became of a file that cannot be found or was changed. The certificate says that a person said so. */
  'file.answer': {
    host: 'core',
    access: 'write',
    action: 'destroyed',
    roles: keepers,
    input: z.object({ id, answer: fileAnswer, legal_basis: legalBasis.optional() }),
    output: none,
  },
})
