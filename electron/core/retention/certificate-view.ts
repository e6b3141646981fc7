import type { CertificateView } from '../../shared/domain/views.ts'
import type { StoredCertificate } from '../ledger/certificates.ts'
import { signedCertificate } from './certificate.ts'

/** What a list shows of a certificate. */
export const certificateView = ({ json }: StoredCertificate): CertificateView => {
  const { body } = signedCertificate.parse(JSON.parse(json))
  const both = {
    id: body.id,
    at: body.finished_at,
    started_at: body.started_at,
    finished_at: body.finished_at,
    counts: body.counts,
    left: body.left_behind,
    ledger_index: body.ledger.index,
    operator: body.operator,
  }
  if (body.format === 'candor-certificate-batch/1') {
    return {
      ...both,
      kind: 'batch',
      reason: body.order.reason,
      rows: body.rows.length,
      not_destroyed: body.not_destroyed,
    }
  }
  return {
    ...both,
    kind: 'single',
    reason: body.reason,
    clause: body.clause,
    ground: body.ground.code,
    platform: body.subject.platform,
    scope: body.scope,
    due_at: body.due_at,
  }
}
