import { concatBytes, fromBase64, toBase64, utf8 } from '../../../shared/ledger/bytes.ts'
import { LedgerFormatError } from '../../../shared/ledger/ledger-format-error.ts'
import { parseVerifierKey } from '../../../shared/ledger/verifier-key.ts'
import { nodeLedgerCrypto, sha256 } from '../../ledger/node-ledger-crypto.ts'
import { checkCertificate, type CertificateCheck, type KnownKey } from '../check-certificate.ts'

/**
 * A printed certificate carries the signed document, and behind its end one line of comment: where the document lies, and the
 * device's signature over every byte before the line. So neither the document nor what a reader sees can be changed unseen.
 */
const tail = /^%candor-proof\/1 (?<offset>[1-9]\d{0,9}) (?<length>[1-9]\d{0,9}) (?<signature>[A-Za-z0-9+/=]{88})\n$/
const mark = '\n%candor-proof/1 '

/** What is signed: a text that begins no certificate and no checkpoint, the place, and the hash of the bytes. */
const messageOf = (bytes: Uint8Array, offset: number, length: number): Uint8Array =>
  concatBytes(utf8(`candor-pdf/1\n${offset} ${length}\n`), sha256(bytes))

/** @throws TypeError when the document does not stand in the file in clear */
export const sealPdf = (pdf: Uint8Array, document: string, sign: (message: Uint8Array) => Uint8Array): Buffer => {
  const bytes = Buffer.concat([pdf, Buffer.from('\n')])
  const text = Buffer.from(document)
  const offset = bytes.indexOf(text)
  if (offset < 0) throw new TypeError('the document must lie in the file in clear')
  const signature = toBase64(sign(messageOf(bytes, offset, text.length)))
  return Buffer.concat([bytes, Buffer.from(`${mark.slice(1)}${offset} ${text.length} ${signature}\n`)])
}

export const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, 5).toString('latin1') === '%PDF-'

const signatureFits = (key: string, message: Uint8Array, signature: string): boolean => {
  try {
    return nodeLedgerCrypto.verify(
      parseVerifierKey(nodeLedgerCrypto.sha256, key).publicKey,
      message,
      fromBase64(signature),
    )
  } catch (error) {
    if (error instanceof LedgerFormatError) return false
    throw error
  }
}

const utf8Text = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** What a sealed paper carries, and whether a key signed every byte of it; undefined for a file without a seal. */
export const readSealed = (
  file: Buffer,
): { readonly document: string; readonly fits: (publicKey: string) => boolean } | undefined => {
  const end = file.lastIndexOf(mark) + 1
  const { offset, length, signature } = tail.exec(file.subarray(end).toString('latin1'))?.groups ?? {}
  if (end === 0 || offset === undefined || length === undefined || signature === undefined) return undefined
  const [from, size] = [Number(offset), Number(length)]
  const bytes = file.subarray(0, end)
  const document = utf8Text(bytes.subarray(from, from + size))
  if (document === null) return undefined
  return { document, fits: (key) => signatureFits(key, messageOf(bytes, from, size), signature) }
}

/** Checks a printed certificate by itself: the document that it carries, then every byte of the file. */
export const checkPdf = (file: Buffer, known: KnownKey = {}): CertificateCheck => {
  const sealed = readSealed(file)
  if (sealed === undefined) return { problem: 'malformed' }
  const check = checkCertificate(sealed.document, known)
  if (check.problem !== null) return check
  return sealed.fits(check.publicKey) ? check : { problem: 'changed_pdf', body: check.body }
}

/** Checks an exported file of either kind. */
export const checkExported = (file: Buffer, known: KnownKey = {}): CertificateCheck => {
  if (isPdf(file)) return checkPdf(file, known)
  const document = utf8Text(file)
  return document === null ? { problem: 'malformed' } : checkCertificate(document, known)
}
