import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { AfterIntake, FolderProblem, IntakeSource } from '../../../shared/domain/intake-runs.ts'
import type { Platform } from '../../../shared/domain/vocabulary.ts'
import { openBox, sealBox } from '../../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../../store/database.ts'

type Row = {
  readonly id: string
  readonly sealed: Uint8Array
  readonly job_id: string
  readonly platform: Platform | null
  readonly source: IntakeSource
  readonly afterwards: AfterIntake
  readonly at: number
  readonly by: string
  readonly problem: FolderProblem | null
}

const words = z.object({ path: z.string(), origin: z.string().optional() })

/** A folder that is watched. */
export type WatchedFolder = Omit<Row, 'sealed'> & z.infer<typeof words>

export const listFolders = (db: ReadableDb, asideKey: KeyObject): WatchedFolder[] =>
  db.all<Row>('SELECT * FROM watched_folder ORDER BY at').map(({ sealed, ...row }) => ({
    ...row,
    ...words.parse(fromSealable(openBox(asideKey, aad('watched_folder', 'sealed', row.id), sealed))),
  }))

export const insertFolder = (db: WritableDb, asideKey: KeyObject, folder: Omit<WatchedFolder, 'problem'>): void => {
  db.run(
    'INSERT INTO watched_folder (id, sealed, job_id, platform, source, afterwards, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    folder.id,
    sealBox(
      asideKey,
      aad('watched_folder', 'sealed', folder.id),
      toSealable({ path: folder.path, origin: folder.origin }),
    ),
    folder.job_id,
    folder.platform,
    folder.source,
    folder.afterwards,
    folder.at,
    folder.by,
  )
}

export const removeFolder = (db: WritableDb, id: string): boolean => {
  db.run('DELETE FROM watched_file WHERE folder_id = ?', id)
  return db.run('DELETE FROM watched_folder WHERE id = ?', id).changes > 0
}

export const setFolderProblem = (db: WritableDb, id: string, problem: FolderProblem | null): boolean =>
  db.run('UPDATE watched_folder SET problem = ? WHERE id = ? AND problem IS NOT ?', problem, id, problem).changes > 0

export const wasSeen = (db: ReadableDb, folderId: string, mark: string): boolean =>
  db.get('SELECT 1 FROM watched_file WHERE folder_id = ? AND mark = ?', folderId, mark) !== undefined

export const noteSeen = (db: WritableDb, folderId: string, mark: string, now: number): void => {
  db.run('INSERT OR IGNORE INTO watched_file (folder_id, mark, at) VALUES (?, ?, ?)', folderId, mark, now)
}
