import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/**
 * Reads SQLCipher 4 files without SQLite (https://www.zetetic.net/sqlcipher/design/), because only decrypted pages, free ones
 * and stale journal frames included, can show whether something is still there.
 */
export const pageLength = 4096
const saltLength = 16
const ivLength = 16
const macLength = 64
const contentEnd = pageLength - ivLength - macLength
const plainHead = Buffer.from('SQLite format 3\0', 'latin1')
const journalHeader = 32
const frameHeader = 24

export type DecryptedPage = {
  /** From 1. */
  readonly page: number
  /** 4,096 bytes, the reserved 80 at the end zero. */
  readonly bytes: Buffer
}

type PageReader = (page: number, sealed: Buffer) => Buffer

const damaged = (page: number): IpcError => new IpcError('E_DAMAGED', 'a page of the store is damaged', { page })

const pageReader = (key: Uint8Array, salt: Buffer): PageReader => {
  const macKey = pbkdf2Sync(
    key,
    salt.map((byte) => byte ^ 0x3a),
    2,
    32,
    'sha512',
  )
  return (page, sealed) => {
    const start = page === 1 ? saltLength : 0
    const number = Buffer.alloc(4)
    number.writeUInt32LE(page)
    const mac = createHmac('sha512', macKey)
      .update(sealed.subarray(start, contentEnd + ivLength))
      .update(number)
      .digest()
    if (!timingSafeEqual(mac, sealed.subarray(contentEnd + ivLength))) throw damaged(page)
    const cipher = createDecipheriv('aes-256-cbc', key, sealed.subarray(contentEnd, contentEnd + ivLength))
    cipher.setAutoPadding(false)
    const content = Buffer.concat([cipher.update(sealed.subarray(start, contentEnd)), cipher.final()])
    return Buffer.concat([page === 1 ? plainHead : Buffer.alloc(0), content], pageLength)
  }
}

const saltOf = (file: Buffer): Buffer => Buffer.from(file.subarray(0, saltLength))

/**
 * Every page of a database file.
 *
 * @param file the bytes of the file, not of its journal
 * @throws IpcError E_DAMAGED naming the first page whose check fails under this key
 */
export function* decryptPages(file: Buffer, key: Uint8Array): Generator<DecryptedPage> {
  if (file.length < pageLength || file.length % pageLength !== 0) throw damaged(Math.ceil(file.length / pageLength))
  const read = pageReader(key, saltOf(file))
  for (let page = 1; page * pageLength <= file.length; page += 1) {
    yield { page, bytes: read(page, file.subarray((page - 1) * pageLength, page * pageLength)) }
  }
}

/**
 * Every frame of a journal (`-wal`), also those that no transaction counts any more. A frame that a kill cut short is left out.
 *
 * @param file the database that the journal belongs to: its first bytes are the salt of both
 */
export function* decryptJournal(journal: Buffer, file: Buffer, key: Uint8Array): Generator<DecryptedPage> {
  const read = pageReader(key, saltOf(file))
  for (let at = journalHeader; at + frameHeader + pageLength <= journal.length; at += frameHeader + pageLength) {
    const page = journal.readUInt32BE(at)
    yield { page, bytes: read(page, journal.subarray(at + frameHeader, at + frameHeader + pageLength)) }
  }
}
