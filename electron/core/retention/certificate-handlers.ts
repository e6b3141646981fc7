import { countCertificates, getCertificate, listCertificates } from '../ledger/certificates.ts'
import { defineHandlers } from '../handler.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { certificateView, verifyCertificate } from './certificate.ts'

export const certificateHandlers = defineHandlers({
  'certificate.list': {
    read: ({ vault }, input) => {
      const { items, nextCursor } = listCertificates(vault.ledgerDb.reader, {
        limit: input.limit,
        ...(input.cursor === undefined ? {} : { cursor: input.cursor }),
      })
      return {
        items: items.map((item) => certificateView(item.json)),
        next_cursor: nextCursor,
        total: countCertificates(vault.ledgerDb.reader),
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
})
