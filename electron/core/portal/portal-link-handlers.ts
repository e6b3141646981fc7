import type { PersonRef } from '../../shared/domain/disclosure.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { portalChannel, type PortalLinkView } from '../../shared/domain/portal-links.ts'
import type { CandidateLinkRow } from '../../shared/domain/sync-records.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { linkText } from '../../shared/portal/link-text.ts'
import { requireKnown } from '../disclosure/known-person.ts'
import { defineHandlers, type ReaderCall } from '../handler.ts'
import { namesOf } from '../scorecards/colleagues.ts'
import type { HubClient } from '../sync/hub-client.ts'

const day = 86_400_000

/** The pages are the hub's; a workspace without one writes statements instead. @throws IpcError E_CONFLICT */
const requireHub = (call: ReaderCall): HubClient => {
  if (call.account.hub !== null) return call.account.hub
  throw new IpcError('E_CONFLICT', 'a local workspace has no page for candidates; write a statement instead', {
    reason: 'no_hub',
  })
}

/** @throws IpcError E_NOT_FOUND */
const personOf = (call: ReaderCall, ref: PersonRef) => requireKnown(call, ref).subject

const viewOf = (row: CandidateLinkRow, now: number, nameOf: (id: string) => string): PortalLinkView => {
  const expires = Date.parse(row.expires_at)
  const channel = portalChannel.safeParse(row.channel).data
  const endedBy = row.ended_by === 'candidate' || row.ended_by === undefined ? row.ended_by : nameOf(row.ended_by)
  return {
    id: row.id,
    state: row.revoked ? 'revoked' : expires <= now ? 'expired' : 'open',
    expires_at: expires,
    ...(channel === undefined ? {} : { channel }),
    ...(row.created_at === undefined ? {} : { created_at: Date.parse(row.created_at) }),
    ...(row.created_by === undefined ? {} : { created_by: nameOf(row.created_by) }),
    ...(row.ended_at === undefined ? {} : { ended_at: Date.parse(row.ended_at) }),
    ...(endedBy === undefined ? {} : { ended_by: endedBy }),
  }
}

/** The link itself is a key to the person's page and stands in no entry, only that there was one. */
const entryOf = (subject: EntryDraft['subject'], detail: string): EntryDraft => ({
  action: 'request',
  outcome: 'done',
  ...(subject === undefined ? {} : { subject }),
  reason: 'request',
  detail: `portal_link ${detail}`,
})

export const portalLinkHandlers = defineHandlers({
  'portal_link.list': {
    read: async (call, { person }) => {
      const { hub } = call.account
      const { id } = personOf(call, person)
      if (hub === null) return { hub: false, items: [] }
      const nameOf = namesOf(call)
      const rows = await hub.listCandidateLinks(id)
      return { hub: true, items: rows.map((row) => viewOf(row, call.now, nameOf)) }
    },
  },
  'portal_link.make': {
    prepare: async (call, { person, channel, days, language }) => {
      const hub = requireHub(call)
      const subject = personOf(call, person)
      const made = await hub.createCandidateLink({
        candidate_id: subject.id,
        channel,
        // A minute less than the longest: the hub counts from its own clock.
        expires_at: new Date(call.now + (hub.clockOffset() ?? 0) + days * day - 60_000).toISOString(),
      })
      const until = Date.parse(made.expires_at)
      const employer = call.account.view.employer
      const text = linkText({ employer, link: made.link, until }, channel, language)
      return () => ({
        output: { id: made.id, link: made.link, expires_at: until, text },
        entries: [entryOf(subject, `made ${channel} days ${days}`)],
      })
    },
  },
  'portal_link.revoke': {
    prepare: async (call, { person, link }) => {
      const hub = requireHub(call)
      const subject = personOf(call, person)
      const rows = await hub.listCandidateLinks(subject.id)
      if (!rows.some((row) => row.id === link)) throw new IpcError('E_NOT_FOUND', 'this person has no such link')
      await hub.deleteCandidateLink(link)
      return () => ({ output: {}, entries: [entryOf(subject, 'revoked')] })
    },
  },
})
