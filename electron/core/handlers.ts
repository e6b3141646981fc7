import { accountHandlers } from './accounts/account-handlers.ts'
import { accessHandlers } from './admin/access-handlers.ts'
import { ownDataHandlers } from './admin/own-data-handlers.ts'
import { adminAccountHandlers } from './admin/accounts-handlers.ts'
import { factorHandlers } from './sign-in/factor-handlers.ts'
import { signInHandlers } from './sign-in/sign-in-handlers.ts'
import { systemHandlers } from './accounts/system-handlers.ts'
import { leakHandlers } from './candidates/leak-handlers.ts'
import { listHandlers } from './candidates/list-handlers.ts'
import { recordHandlers } from './candidates/record-handlers.ts'
import { savedViewHandlers } from './candidates/saved-view-handlers.ts'
import { collaborationHandlers } from './scorecards/collaboration-handlers.ts'
import { backgroundHandlers } from './background/background-handlers.ts'
import { duplicateHandlers } from './duplicates/duplicate-handlers.ts'
import { matchingHandlers } from './matching/matching-handlers.ts'
import { interviewHandlers } from './interviews/interview-handlers.ts'
import { messageHandlers } from './messages/message-handlers.ts'
import { poolHandlers } from './pool/pool-handlers.ts'
import { aiHandlers } from './ai/ai-handlers.ts'
import { disclosureHandlers } from './disclosure/disclosure-handlers.ts'
import { packageHandlers } from './disclosure/package/package-handlers.ts'
import { incidentHandlers } from './incidents/incident-handlers.ts'
import { auditHandlers } from './officer/audit-handlers.ts'
import { officerHandlers } from './officer/officer-handlers.ts'
import { fileHandlers } from './retention/files/file-handlers.ts'
import { exportHandlers } from './exports/export-handlers.ts'
import { handoverHandlers } from './retention/handover/handover-handlers.ts'
import { alarmHandlers } from './access/alarm-handlers.ts'
import { approvalHandlers } from './approvals/approval-handlers.ts'
import { deputyHandlers } from './approvals/deputy-handlers.ts'
import { holdHandlers } from './holds/hold-handlers.ts'
import { requestHandlers } from './requests/request-handlers.ts'
import { identityHandlers } from './requests/identity-handlers.ts'
import { answerHandlers } from './requests/answer-handlers.ts'
import { backupHandlers } from './backup/backup-handlers.ts'
import { portalLinkHandlers } from './portal/portal-link-handlers.ts'
import { mailboxHandlers } from './mailbox/mailbox-handlers.ts'
import { hubHostHandlers } from './accounts/hub-host-handlers.ts'
import { adminCrossBorderHandlers } from './admin/crossborder-handlers.ts'
import { closingHandlers } from './closing/closing-handlers.ts'
import { shareHandlers } from './sharing/share-handlers.ts'
import { reportHandlers } from './reports/report-handlers.ts'
import { viewerHandlers } from './viewer/viewer-handlers.ts'
import type { Handlers } from './handler.ts'
import { askHandlers } from './intake/ask-handlers.ts'
import { intakeHandlers } from './intake/intake-handlers.ts'
import { quarantineHandlers } from './intake/quarantine-handlers.ts'
import { folderHandlers } from './intake/watch/folder-handlers.ts'
import { reviewHandlers } from './intake/review/review-handlers.ts'
import { importHandlers } from './jobs/import-handlers.ts'
import { jobHandlers } from './jobs/job-handlers.ts'
import { jobOutwardHandlers } from './jobs/outward-handlers.ts'
import { ledgerHandlers } from './ledger/ledger-handlers.ts'
import { lookHandlers } from './looks/look-handlers.ts'
import { purposeHandlers } from './candidates/purpose-handlers.ts'
import { bulletinHandlers } from './bulletin/bulletin-handlers.ts'
import { consultHandlers } from './consult/consult-handlers.ts'
import { filingHandlers } from './consult/filing-handlers.ts'
import { boardHandlers } from './pipeline/board-handlers.ts'
import { pipelineHandlers } from './pipeline/pipeline-handlers.ts'
import { stepHandlers } from './pipeline/step-handlers.ts'
import { policyHandlers } from './policy/policy-handlers.ts'
import { certificateHandlers } from './retention/certificate-handlers.ts'
import { retentionHandlers } from './retention/retention-handlers.ts'
import { syncHandlers } from './sync/sync-handlers.ts'

/** Every core route and nothing else: both a missing and an undeclared handler fail to compile. */
export const handlers: Handlers = {
  ...systemHandlers,
  ...accountHandlers,
  ...signInHandlers,
  ...factorHandlers,
  ...ownDataHandlers,
  ...jobHandlers,
  ...jobOutwardHandlers,
  ...importHandlers,
  ...listHandlers,
  ...recordHandlers,
  ...lookHandlers,
  ...viewerHandlers,
  ...pipelineHandlers,
  ...boardHandlers,
  ...stepHandlers,
  ...intakeHandlers,
  ...askHandlers,
  ...quarantineHandlers,
  ...reviewHandlers,
  ...folderHandlers,
  ...syncHandlers,
  ...retentionHandlers,
  ...holdHandlers,
  ...approvalHandlers,
  ...alarmHandlers,
  ...deputyHandlers,
  ...requestHandlers,
  ...identityHandlers,
  ...answerHandlers,
  ...certificateHandlers,
  ...fileHandlers,
  ...disclosureHandlers,
  ...packageHandlers,
  ...incidentHandlers,
  ...officerHandlers,
  ...auditHandlers,
  ...exportHandlers,
  ...handoverHandlers,
  ...portalLinkHandlers,
  ...ledgerHandlers,
  ...policyHandlers,
  ...purposeHandlers,
  ...leakHandlers,
  ...savedViewHandlers,
  ...bulletinHandlers,
  ...consultHandlers,
  ...filingHandlers,
  ...collaborationHandlers,
  ...matchingHandlers,
  ...duplicateHandlers,
  ...backgroundHandlers,
  ...interviewHandlers,
  ...messageHandlers,
  ...poolHandlers,
  ...aiHandlers,
  ...reportHandlers,
  ...backupHandlers,
  ...mailboxHandlers,
  ...adminAccountHandlers,
  ...accessHandlers,
  ...shareHandlers,
  ...closingHandlers,
  ...hubHostHandlers,
  ...adminCrossBorderHandlers,
}
