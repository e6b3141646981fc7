import { z } from 'zod'
import { paperLanguage, personRef } from '../../domain/disclosure.ts'
import { madePortalLink, portalChannel, portalLinkDays, portalLinkView } from '../../domain/portal-links.ts'
import { defineRoutes } from '../define-route.ts'

const keepers = ['hr', 'admin', 'officer'] as const
const written = { host: 'core', access: 'write', action: 'request', roles: keepers } as const

/** Links to a candidate's own page: one person, expiring, revocable, listed; the hub makes them. */
export const portalLinkRoutes = defineRoutes({
  'portal_link.list': {
    host: 'core',
    access: 'read',
    roles: keepers,
    input: z.object({ person: personRef }),
    /** `hub` is false in a workspace without one: there is no page then. */
    output: z.object({ hub: z.boolean(), items: z.array(portalLinkView) }),
  },
  'portal_link.make': {
    ...written,
    input: z.object({
      person: personRef,
      channel: portalChannel,
      days: z.int().min(1).max(portalLinkDays.longest).default(portalLinkDays.usual),
      language: paperLanguage.default('zh-CN'),
    }),
    output: madePortalLink,
  },
  'portal_link.revoke': {
    ...written,
    input: z.object({ person: personRef, link: z.string().min(1).max(128) }),
    output: z.object({}),
  },
})
