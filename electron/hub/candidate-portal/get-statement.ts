import type { Hub } from '../hub.ts'
import { listArrivals } from './list-arrivals.ts'
import { listPortalCertificates } from './list-certificates.ts'
import { listPortalConsents } from './list-consents.ts'
import { getPortalContext } from './list-context.ts'
import { listPortalRequests } from './list-requests.ts'
import { listPortalShares } from './list-shares.ts'
import { getDisclosure, viewRows } from './list-views.ts'
import type { CandidateSession } from './require-candidate.ts'
import type { Statement } from './statement-page.ts'

/** Everything that the page of one person says. */
export const getStatement = async (hub: Hub, candidate: CandidateSession): Promise<Statement> => {
  const disclosure = await getDisclosure(hub, candidate)
  return {
    context: await getPortalContext(hub, candidate),
    rules: hub.portalRules,
    rows: viewRows(disclosure),
    devices: disclosure.logs.length,
    arrivals: await listArrivals(hub, candidate),
    certificates: await listPortalCertificates(hub, candidate),
    requests: await listPortalRequests(hub, candidate),
    shares: await listPortalShares(hub, candidate),
    consents: await listPortalConsents(hub, candidate),
    linkUntil: candidate.until,
    script: hub.portalScript,
  }
}
