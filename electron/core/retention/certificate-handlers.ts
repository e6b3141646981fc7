import { countCertificates, getCertificate, listCertificates } from '../ledger/certificates.ts'
import { defineHandlers } from '../handler.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { exportCertificate } from './export-certificate.ts'
import { certificateView } from './certificate-view.ts'
import { verifyCertificate } from './check-certificate.ts'

export const certificateHandlers = defineHandlers({
  'certificate.list': {
    read: ({ vault }, input) => {
      const { items, nextCursor } = listCertificates(vault.ledgerDb.reader, input)
      return {
        items: items.map(certificateView),
        next_cursor: nextCursor,
        total: countCertificates(vault.ledgerDb.reader, input),
      }
    },
  },
  'certificate.get': {
    read: ({ vault }, input) => {
      const stored = getCertificate(vault.ledgerDb.reader, input.id)
      if (stored === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such certificate')
      const problem = verifyCertificate(stored.json, vault.ledger)
      return {
        document: stored.json,
        verdict: problem === null ? 'valid' : 'invalid',
        ...(problem === null ? {} : { problem }),
      }
    },
  },
  'certificate.export': {
    read: async ({ vault }, { id, as, language }) => {
      const stored = getCertificate(vault.ledgerDb.reader, id)
      if (stored === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such certificate')
      const { fileName, bytes } = await exportCertificate(stored, as, language, vault.ledger)
      return { file_name: fileName, base64: Buffer.from(bytes).toString('base64') }
    },
  },
})
