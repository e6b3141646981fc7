import type { Operation } from './operation.ts'
import { accountOperations } from './routes/accounts.ts'
import { alarmOperations } from './routes/alarms.ts'
import { approvalOperations } from './routes/approvals.ts'
import { attachmentOperations } from './routes/attachments.ts'
import { candidateLinkOperations } from './routes/candidate-links.ts'
import { candidateLinkPageOperations } from './routes/candidate-link-page.ts'
import { candidatePageOperations } from './routes/candidate-pages.ts'
import { candidatePortalOperations } from './routes/candidate-portal.ts'
import { changeOperations } from './routes/changes.ts'
import { devicePageOperations } from './routes/device-page.ts'
import { delegationOperations } from './routes/delegations.ts'
import { closingOperations } from './routes/closing.ts'
import { crossBorderOperations } from './routes/cross-border.ts'
import { deviceOperations } from './routes/devices.ts'
import { discoveryOperations } from './routes/discovery.ts'
import { eventOperations } from './routes/events.ts'
import { factorPageOperations } from './routes/factor-page.ts'
import { gatewayOperations } from './routes/gateways.ts'
import { invitationOperations } from './routes/invitations.ts'
import { joinPageOperations } from './routes/join-page.ts'
import { lookOperations } from './routes/looks.ts'
import { ownDataOperations } from './routes/own-data.ts'
import { passwordOperations } from './routes/passwords.ts'
import { sessionOperations } from './routes/sessions.ts'
import { ledgerOperations } from './routes/ledger.ts'
import { outboxOperations } from './routes/outbox.ts'
import { sandboxOperations } from './routes/sandbox.ts'
import { secondFactorOperations } from './routes/second-factor.ts'
import { serviceOperations } from './routes/service.ts'
import { signInOperations } from './routes/sign-in.ts'
import { storageOperations } from './routes/storage.ts'
import { virtualNumberOperations } from './routes/virtual-numbers.ts'

/** Everything that a hub answers, in the order of the protocol's document. */
export const operations = (sandbox: boolean): readonly Operation[] => [
  ...discoveryOperations,
  ...ownDataOperations,
  ...signInOperations,
  ...devicePageOperations,
  ...deviceOperations,
  ...secondFactorOperations,
  ...factorPageOperations,
  ...changeOperations,
  ...attachmentOperations,
  ...outboxOperations,
  ...virtualNumberOperations,
  ...approvalOperations,
  ...delegationOperations,
  ...alarmOperations,
  ...lookOperations,
  ...eventOperations,
  ...accountOperations,
  ...invitationOperations,
  ...joinPageOperations,
  ...passwordOperations,
  ...sessionOperations,
  ...crossBorderOperations,
  ...closingOperations,
  ...storageOperations,
  ...ledgerOperations,
  ...candidateLinkOperations,
  ...candidateLinkPageOperations,
  ...candidatePageOperations,
  ...candidatePortalOperations,
  ...serviceOperations,
  ...(sandbox ? [...sandboxOperations, ...gatewayOperations] : []),
]
