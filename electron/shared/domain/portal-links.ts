import { z } from 'zod'

/** How a person wishes to get the link to their page. The program sends nothing by itself. */
export const portalChannel = z.enum(['chat', 'email', 'sms', 'wechat', 'paper', 'other'])
export type PortalChannel = z.infer<typeof portalChannel>

/** The longest life of a link, and the one that nobody chose. Days. */
export const portalLinkDays = { longest: 90, usual: 30 } as const

/** A link as it is listed: the address itself is known only to whoever got it. Times are milliseconds since 1970. */
export const portalLinkView = z.object({
  id: z.string(),
  state: z.enum(['open', 'expired', 'revoked']),
  channel: portalChannel.optional(),
  created_at: z.int().optional(),
  /** A colleague's name. */
  created_by: z.string().optional(),
  expires_at: z.int(),
  ended_at: z.int().optional(),
  /** A colleague's name, or `candidate`. */
  ended_by: z.string().optional(),
})
export type PortalLinkView = z.infer<typeof portalLinkView>

/** A link that was just made, with words to send it with. Shown once. */
export const madePortalLink = z.object({
  id: z.string(),
  link: z.string(),
  expires_at: z.int(),
  text: z.string(),
})
export type MadePortalLink = z.infer<typeof madePortalLink>
