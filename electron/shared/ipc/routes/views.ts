import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { screeners } from './callers.ts'
import { candidateFilter, candidateSort } from './candidate-filter.ts'

/** Filters, order and columns. Never the words of a search: they may be somebody's name. */
export const viewDefinition = z.strictObject({
  filter: z.strictObject(candidateFilter.omit({ query: true }).shape).default({}),
  sort: candidateSort.default('newest'),
  columns: z.array(z.string().max(40)).max(40).default([]),
})
export type ViewDefinition = z.infer<typeof viewDefinition>

const viewName = z.string().trim().min(1).max(60)
const viewId = z.uuid()

export const savedView = z.object({ id: viewId, name: viewName, definition: viewDefinition, at: z.int() })
export type SavedView = z.infer<typeof savedView>

/** Views lie in the account's own store, so those who keep nothing have none (ZP-22). */
const keepers = ['hr', 'admin', 'officer'] as const

/** Filters, order and columns under a name. */
export const viewsRoutes = defineRoutes({
  'view.list': {
    host: 'core',
    access: 'read',
    roles: screeners,
    input: z.object({}),
    output: z.object({ items: z.array(savedView) }),
  },
  /** A new view; with the id of one, that view anew. Saving one again under its id takes a removal back. */
  'view.save': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: keepers,
    input: z.object({ id: viewId.optional(), name: viewName, definition: viewDefinition }),
    output: z.object({ id: viewId }),
  },
  'view.remove': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: keepers,
    input: z.object({ id: viewId }),
    output: z.object({}),
  },
})
