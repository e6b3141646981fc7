import type { RouteInput, RouteOutput } from '../define-route.ts'
import { adminAccountRoutes } from './admin-accounts.ts'
import { viewsRoutes } from './views.ts'
import { collaborationRoutes } from './collaboration.ts'
import { boardRoutes } from './board.ts'
import { bulletinRoutes } from './bulletin.ts'
import { consultRoutes } from './consult.ts'
import { jobRoutes } from './jobs.ts'
import { jobOutwardRoutes } from './job-outward.ts'
import { matchingRoutes } from './matching.ts'
import { incidentRoutes } from './incidents.ts'
import { interviewsRoutes } from './interviews.ts'
import { messagesRoutes } from './messages.ts'
import { poolRoutes } from './pool.ts'
import { aiRoutes } from './ai.ts'
import { backupRoutes } from './backup.ts'
import { mailboxRoutes } from './mailbox.ts'
import { reportsRoutes } from './reports.ts'
import { disclosureRoutes } from './disclosure.ts'
import { dutyRoutes } from './duty.ts'
import { fileRoutes } from './files.ts'
import { exportRoutes } from './exports.ts'
import { handoverRoutes } from './handover.ts'
import { lookRoutes } from './looks.ts'
import { alarmRoutes } from './alarms.ts'
import { approvalRoutes } from './approvals.ts'
import { holdRoutes } from './holds.ts'
import { requestRoutes } from './requests.ts'
import { closingRoutes } from './closing.ts'
import { shareRoutes } from './share.ts'
import { hubHostRoutes } from './hub-hosts.ts'
import { adminCrossBorderRoutes } from './admin-crossborder.ts'
import { portalLinkRoutes } from './portal-links.ts'
import { officerRoutes } from './officer.ts'
import { policyRoutes } from './policy.ts'
import { signInRoutes } from './sign-in.ts'
import { systemRoutes } from './system.ts'
import { viewerRoutes } from './viewer.ts'
import { workRoutes } from './work.ts'
import { intakeRoutes } from './intake.ts'

/** The whole surface between a window (or `candor rpc`) and the processes behind it. */
export const routes = {
  ...systemRoutes,
  ...signInRoutes,
  ...workRoutes,
  ...viewerRoutes,
  ...intakeRoutes,
  ...jobRoutes,
  ...jobOutwardRoutes,
  ...boardRoutes,
  ...dutyRoutes,
  ...holdRoutes,
  ...approvalRoutes,
  ...alarmRoutes,
  ...lookRoutes,
  ...requestRoutes,
  ...fileRoutes,
  ...disclosureRoutes,
  ...incidentRoutes,
  ...officerRoutes,
  ...exportRoutes,
  ...handoverRoutes,
  ...portalLinkRoutes,
  ...shareRoutes,
  ...closingRoutes,
  ...hubHostRoutes,
  ...adminCrossBorderRoutes,
  ...policyRoutes,
  ...viewsRoutes,
  ...collaborationRoutes,
  ...matchingRoutes,
  ...interviewsRoutes,
  ...messagesRoutes,
  ...poolRoutes,
  ...aiRoutes,
  ...reportsRoutes,
  ...backupRoutes,
  ...mailboxRoutes,
  ...adminAccountRoutes,
  ...bulletinRoutes,
  ...consultRoutes,
}

export type Routes = typeof routes
export type RouteName = keyof Routes
export type Input<N extends RouteName> = RouteInput<Routes[N]>
export type Output<N extends RouteName> = RouteOutput<Routes[N]>

export type RoutesOf<H extends 'main' | 'core'> = {
  [N in RouteName as Routes[N]['host'] extends H ? N : never]: Routes[N]
}
export type CoreRouteName = keyof RoutesOf<'core'>
export type MainRouteName = keyof RoutesOf<'main'>
