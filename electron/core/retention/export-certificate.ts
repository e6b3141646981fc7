import type { Ledger } from '../ledger/ledger.ts'
import type { StoredCertificate } from '../ledger/certificates.ts'
import type { CertificateLanguage } from './pdf/certificate-texts.ts'
import { sealPdf } from './pdf/pdf-proof.ts'

export type ExportedCertificate = { readonly fileName: string; readonly bytes: Uint8Array }

/** A certificate as a file: exactly the signed text, or printed with that text inside and every byte signed. */
export const exportCertificate = async (
  { id, json }: StoredCertificate,
  as: 'json' | 'pdf',
  language: CertificateLanguage,
  ledger: Pick<Ledger, 'sign'>,
): Promise<ExportedCertificate> => {
  if (as === 'json') return { fileName: `${id}.json`, bytes: new TextEncoder().encode(json) }
  // The printer and its font are 10 MB that a core needs only now.
  const { drawCertificate } = await import('./pdf/draw-certificate.ts')
  return {
    fileName: `${id}.pdf`,
    bytes: sealPdf(await drawCertificate(json, language), json, (message) => ledger.sign(message)),
  }
}
