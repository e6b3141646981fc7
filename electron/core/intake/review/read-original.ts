import type { ParsedFile } from '../../../shared/domain/intake.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { ReaderCall } from '../../handler.ts'
import { aad, fromSealable } from '../../keys/sealed-columns.ts'

type Attachment = {
  readonly id: string
  readonly size: number
  readonly fetched: number
  readonly sealed_name: Uint8Array
}

/** The file that a record was made of, out of its sealed pieces. @throws IpcError E_NOT_FOUND */
const openOriginal = (call: ReaderCall, application: { readonly id: string; readonly key_slot: string }) => {
  const { keystore } = call.account
  const row = call.store.get<Attachment>(
    'SELECT id, size, fetched, sealed_name FROM attachment WHERE application_id = ? AND fetched = size LIMIT 1',
    application.id,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'the original of this record is not here')
  const chunks = call.store
    .all<{ seq: number; sealed: Uint8Array }>(
      'SELECT seq, sealed FROM attachment_chunk WHERE attachment_id = ? ORDER BY seq',
      row.id,
    )
    .map(({ seq, sealed }) =>
      keystore.open(application.key_slot, aad('attachment_chunk', 'sealed', `${row.id}/${seq}`), sealed),
    )
  const name = fromSealable(
    keystore.open(application.key_slot, aad('attachment', 'sealed_name', row.id), row.sealed_name),
  )
  return { name: String(name), bytes: Buffer.concat(chunks) }
}

/** Reads the original of an application again, with the parser of now. @throws IpcError E_NOT_FOUND, E_FILE, E_SESSION */
export const readOriginal = async (
  call: ReaderCall,
  application: { readonly id: string; readonly key_slot: string },
): Promise<ParsedFile> => {
  const { name, bytes } = openOriginal(call, application)
  const outcome = await call.core.parser.parse(name, bytes)
  if (call.core.account !== call.account) throw new IpcError('E_SESSION', 'the session ended before the file was read')
  if ('quarantined' in outcome) {
    throw new IpcError('E_FILE', 'the original cannot be read', { reason: outcome.quarantined })
  }
  if ('parts' in outcome) throw new IpcError('E_FILE', 'the original is an archive', { reason: 'unknown_format' })
  return outcome
}
