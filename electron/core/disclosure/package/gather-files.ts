import { cleanFileName } from '../../../shared/text/clean-file-name.ts'
import type { ReaderCall } from '../../handler.ts'
import { aad, fromSealable } from '../../keys/sealed-columns.ts'
import type { ZipEntry } from '../../retention/handover/write-zip.ts'
import { readAttachment } from '../../sync/fetch-attachments.ts'
import type { CopyPackage } from './package-format.ts'
import type { CopyRecord } from './open-for-copy.ts'

type PackedFile = CopyPackage['applications'][number]['attachments'][number]

export type GatheredFiles = {
  readonly entries: readonly ZipEntry[]
  /** By application. */
  readonly listed: ReadonlyMap<string, readonly PackedFile[]>
}

type Row = {
  readonly id: string
  readonly media_type: string
  readonly size: number
  readonly fetched: number
  readonly sha256: string
  readonly sealed_name: Uint8Array
}

/** The files of a record as they are stored; what was announced and never fetched is named without its bytes. */
export const gatherFiles = (call: ReaderCall, { applications, leftOut }: CopyRecord): GatheredFiles => {
  const { keystore } = call.account
  const entries: ZipEntry[] = []
  const listed = new Map<string, readonly PackedFile[]>()
  if (leftOut.has('attachment')) return { entries, listed }
  for (const { id: applicationId, key_slot: slot } of applications) {
    const rows = call.store.all<Row>(
      'SELECT id, media_type, size, fetched, sha256, sealed_name FROM attachment WHERE application_id = ? ORDER BY id',
      applicationId,
    )
    listed.set(
      applicationId,
      rows.map(({ id, media_type, size, fetched, sha256, sealed_name: sealed }) => {
        const name = String(fromSealable(keystore.open(slot, aad('attachment', 'sealed_name', id), sealed)))
        const head = { name, media_type, size, sha256 }
        if (fetched < size) return head
        const number = String(entries.length + 1).padStart(2, '0')
        const file = `attachments/${number}-${cleanFileName(name).name}`
        entries.push({ name: file, bytes: readAttachment(call.store, keystore, id) })
        return { file, ...head }
      }),
    )
  }
  return { entries, listed }
}
