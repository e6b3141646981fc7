import { z } from 'zod'
import { choiceKind, intakeSource, intakeWay, type IntakeQuestion } from '../../shared/domain/intake-runs.ts'
import { platform } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { cleanFileName } from '../../shared/text/clean-file-name.ts'
import type { WriterCall } from '../handler.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import { programVersion } from '../program-version.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import { extensionOf, sha256, type Arrival } from './arrival.ts'
import type { Marks } from './marks.ts'

/** What is known of a file that was set aside, under its own key. */
const aboutFile = z.object({
  name: z.string(),
  way: intakeWay.default('file'),
  platform: platform.optional(),
  source: intakeSource.default('hand_in'),
  origin: z.string().optional(),
  job: z.string().optional(),
  mailbox: z.string().optional(),
  message: z.string().optional(),
  domain: z.string().optional(),
  guess: z
    .object({
      platform: platform.optional(),
      confidence: z.enum(['proved', 'claimed']).optional(),
      job: z.string().optional(),
    })
    .default({}),
})
export type AboutFile = z.infer<typeof aboutFile>

export type QuarantineRow = {
  readonly id: string
  readonly at: number
  readonly reason: string
  readonly asks: IntakeQuestion | null
  readonly key_slot: string
  readonly sealed_name: Uint8Array
}

/** What a file that only waits for a word is set aside for; no reason of the parser's. */
export const waiting = 'waiting'

/** Bytes under a key of their own, with what is known of them. The caller has made the key, and frees it when this fails. */
export const insertAside = (
  call: WriterCall,
  arrival: Arrival,
  slot: string,
  why: {
    readonly reason: string
    readonly detail: string
    readonly asks?: IntakeQuestion
    readonly about: Partial<AboutFile>
    readonly marks: Marks
  },
): string => {
  const id = crypto.randomUUID()
  const { keystore } = call.account
  const { name } = cleanFileName(arrival.name)
  const about: AboutFile = {
    name,
    way: arrival.way,
    platform: arrival.platform,
    source: arrival.source,
    origin: arrival.origin,
    job: arrival.jobId,
    mailbox: arrival.mail?.mailbox,
    message: arrival.mail?.identity,
    guess: {},
    ...why.about,
  }
  call.store.run(
    `INSERT INTO quarantine (id, at, reason, detail, extension, size, sha256, key_slot, sealed_name, sealed, program, asks,
       sender_mark, template_mark, mailbox_mark)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    call.now,
    why.reason,
    why.detail,
    extensionOf(name),
    arrival.bytes.length,
    sha256(arrival.bytes),
    slot,
    keystore.seal(slot, aad('quarantine', 'sealed_name', id), toSealable(about)),
    keystore.seal(slot, aad('quarantine', 'sealed', id), arrival.bytes),
    programVersion,
    why.asks ?? null,
    why.marks.sender ?? null,
    why.marks.template ?? null,
    why.marks.mailbox ?? null,
  )
  return id
}

/** @throws IpcError E_NOT_FOUND */
export const requireAside = (db: ReadableDb, id: string): QuarantineRow => {
  const row = db.get<QuarantineRow>(
    'SELECT id, at, reason, asks, key_slot, sealed_name FROM quarantine WHERE id = ?',
    id,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'this file is not in quarantine (any more)')
  return row
}

export const openAbout = (keystore: Keystore, row: Pick<QuarantineRow, 'id' | 'key_slot' | 'sealed_name'>): AboutFile =>
  aboutFile.parse(fromSealable(keystore.open(row.key_slot, aad('quarantine', 'sealed_name', row.id), row.sealed_name)))

/** The file itself. @throws IpcError E_NOT_FOUND, E_DAMAGED */
export const openAsideBytes = (db: ReadableDb, keystore: Keystore, row: QuarantineRow): Uint8Array => {
  const box = db.get<{ sealed: Uint8Array }>('SELECT sealed FROM quarantine WHERE id = ?', row.id)
  if (box === undefined) throw new IpcError('E_NOT_FOUND', 'this file is not in quarantine (any more)')
  return keystore.open(row.key_slot, aad('quarantine', 'sealed', row.id), box.sealed)
}

/** The row goes inside the caller's transaction, and the runs forget it; its key after the commit. */
export const removeAside = (db: WritableDb, id: string): void => {
  db.run('DELETE FROM quarantine WHERE id = ?', id)
}

export const markColumns = { sender: 'sender_mark', template: 'template_mark', mailbox: 'mailbox_mark' } as const
export const markKinds = choiceKind.options
