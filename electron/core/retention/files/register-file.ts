import { createHash, type KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, openSync, realpathSync, rmSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path'
import type { LegalBasis } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { aad } from '../../keys/sealed-columns.ts'
import { sealBox } from '../../keys/sealed-box.ts'
import { syncFolder, writeAt } from '../../store/durable-file.ts'
import type { WritableDb } from '../../store/database.ts'
import { filePlace, hashFile } from './plain-file.ts'

const day = 86_400_000

export type FileToRegister = {
  readonly recordId: string
  readonly applicationId: string | null
  readonly path: string
  /** Who stands in it, where several do; `recordId` is empty then, and the file ends with the first of them. */
  readonly people?: readonly { readonly recordId: string; readonly applicationId: string }[]
  /** Milliseconds since 1970; never later than the rules let it be, whatever is asked for. */
  readonly expiresAt?: number
  /** `handover`: listed on the certificate, not hunted (K22). */
  readonly kind?: 'copy' | 'handover'
  readonly legalBasis?: LegalBasis
}

/** Where a file is registered. */
export type Register = {
  readonly store: WritableDb
  readonly asideKey: KeyObject
  /** The program's own folder: nothing in it is anybody's plain copy. */
  readonly home: string
  readonly now: number
  readonly by: string
  /** Days that a plain file may lie outside (D21). */
  readonly maxDays: number
}

/**
 * Where a path leads, links resolved, so that a link which changes later leads nowhere else.
 * @throws IpcError E_FILE for what is no place for a plain copy
 */
export const placeForFile = (path: string, home: string): string => {
  const refuse = (why: string): IpcError => new IpcError('E_FILE', why)
  if (!isAbsolute(path) || path.includes('\0')) throw refuse('the place has to be a whole path')
  const whole = resolve(path)
  let folder: string
  let own: string
  try {
    folder = realpathSync(dirname(whole))
    own = realpathSync(home)
  } catch {
    throw refuse('the folder is not there')
  }
  if (folder === own || folder.startsWith(own + sep)) throw refuse("the program's own folder is no place for it")
  if (basename(whole) === '' || dirname(whole) === whole) throw refuse('a folder is no file')
  return join(folder, basename(whole))
}

const insert = (
  to: Register,
  file: FileToRegister,
  path: string,
  known: { readonly sha256: string; readonly size: number; readonly state: 'writing' | 'present' },
): string => {
  const id = crypto.randomUUID()
  const latest = to.now + to.maxDays * day
  to.store.run(
    `INSERT INTO registered_file (id, record_id, application_id, sealed_path, sha256, size, expires_at, state, kind, at, by, legal_basis)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    file.recordId,
    file.applicationId,
    sealBox(to.asideKey, aad('registered_file', 'sealed_path', id), new TextEncoder().encode(path)),
    known.sha256,
    known.size,
    Math.min(file.expiresAt ?? latest, latest),
    known.state,
    file.kind ?? 'copy',
    to.now,
    to.by,
    file.legalBasis ?? null,
  )
  for (const person of file.people ?? []) {
    to.store.run(
      'INSERT INTO registered_file_person (file_id, record_id, application_id) VALUES (?, ?, ?)',
      id,
      person.recordId,
      person.applicationId,
    )
  }
  return id
}

/** Notes where the file lies by now; a package for the personnel file is the enterprise's from here on. */
const confirm = (store: WritableDb, id: string, path: string): void => {
  const place = filePlace(path)
  store.run(
    `UPDATE registered_file SET state = iif(kind = 'handover', 'handed_over', 'present'), volume = ?, inode = ? WHERE id = ?`,
    place?.volume ?? null,
    place?.inode ?? null,
    id,
  )
}

/**
 * Registers a plain file that lies outside already, inside the caller's transaction. An empty file would be any empty file.
 * @throws IpcError E_FILE
 */
export const registerFile = (to: Register, file: FileToRegister): string => {
  const path = placeForFile(file.path, to.home)
  try {
    const place = filePlace(path)
    if (place === undefined) throw new IpcError('E_FILE', 'only a file can be registered, no link and no folder')
    if (place.size === 0) throw new IpcError('E_FILE', 'an empty file cannot be told from another')
    const id = insert(to, file, path, { sha256: hashFile(path), size: place.size, state: 'present' })
    confirm(to.store, id, path)
    return id
  } catch (error) {
    if (error instanceof IpcError) throw error
    throw new IpcError('E_FILE', 'the file cannot be read')
  }
}

/**
 * Names a plain file in the register before its first byte exists, so that no kill leaves one that nobody knows of. Inside the
 * caller's transaction; `writeRegistered` writes it afterwards.
 * @throws IpcError E_FILE
 */
export const reserveFile = (to: Register, file: FileToRegister, bytes: Uint8Array): string =>
  insert(to, file, placeForFile(file.path, to.home), {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    state: 'writing',
  })

/** Writes what was reserved, durably; what lies there already is nobody's to replace. @throws IpcError E_FILE */
export const writeRegistered = (to: Register, id: string, path: string, bytes: Uint8Array): void => {
  const place = placeForFile(path, to.home)
  let made = false
  try {
    const fd = openSync(place, 'wx', 0o600)
    made = true
    try {
      writeAt(fd, bytes, 0)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    syncFolder(dirname(place))
  } catch (error) {
    if (made) rmSync(place, { force: true })
    to.store.run('DELETE FROM registered_file WHERE id = ?', id)
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new IpcError('E_FILE', taken ? 'a file of this name is there already' : 'the file cannot be written there')
  }
  confirm(to.store, id, place)
}
