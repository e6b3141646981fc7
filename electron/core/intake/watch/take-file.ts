import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { Core } from '../../context.ts'
import type { WriterCall } from '../../handler.ts'
import { sealBox } from '../../keys/sealed-box.ts'
import type { KeyHierarchy } from '../../keys/key-hierarchy.ts'
import { aad } from '../../keys/sealed-columns.ts'
import { registerFile } from '../../retention/files/register-file.ts'
import { registerOf } from '../../retention/files/register-of.ts'
import { runWrite } from '../../run-write.ts'
import type { Taken } from '../arrival.ts'
import { placeMark } from '../marks.ts'
import { noteItem } from '../runs.ts'
import { maxArrivalBytes, takeIn } from '../take-in.ts'
import { noteSeen, wasSeen, type WatchedFolder } from './folder-rows.ts'

/** Where a file goes that shall be moved once it was taken in; never watched itself. */
export const movedFolder = 'Candor'

/** Files that a program still writes, and the litter of others. */
const passing = /^(?:\.|~\$)|\.(?:part|partial|crdownload|download|tmp|temp|swp)$/i

/** Whether a path in a watched folder may be a resume at all. */
export const isCandidateFile = (path: string): boolean => !passing.test(basename(path))

const lookAt = (path: string, keys: KeyHierarchy): { readonly size: number; readonly mark: string } | undefined => {
  try {
    const found = lstatSync(path)
    if (!found.isFile()) return undefined
    return { size: found.size, mark: placeMark(keys.searchKey(), path, found.size, found.mtimeMs) }
  } catch {
    return undefined
  }
}

/** An archive is registered with the first who came out of it: it ends with them, or after the days of D21. */
const registered = (call: WriterCall, taken: Taken, path: string): string | undefined => {
  const whose = (taken.result === 'unpacked' ? taken.parts : [taken]).find((part) => 'recordId' in part)
  if (whose === undefined || !('recordId' in whose)) return undefined
  const applicationId = 'applicationId' in whose ? whose.applicationId : null
  return registerFile(registerOf(call), { recordId: whose.recordId, applicationId, path })
}

const freePlace = (folder: string, name: string): string => {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let n = 1; ; n += 1) {
    const place = join(folder, n === 1 ? name : `${stem} (${n})${ending}`)
    if (!existsSync(place)) return place
  }
}

/**
 * Takes one file of a watched folder in, and does with it what was chosen. What is left there is a plain copy of a person's
 * data: it is registered in the same transaction, so that it ends with the person, and after the days of D21 at the latest.
 * @returns what became of it; undefined for a file that was looked at before, or is not there any more
 * @throws IpcError E_CONFLICT, E_NOT_FOUND when the folder's job takes nothing more
 */
export const takeFile = async (
  core: Core,
  folder: WatchedFolder,
  path: string,
  runId: () => string,
): Promise<Taken | undefined> => {
  const { account, vault } = core
  if (account === null || vault === null) throw new IpcError('E_SESSION', 'nobody is signed in')
  const looked = lookAt(path, vault.keys)
  // Gone again, or not for us to read: whoever put it there looks after it.
  if (looked === undefined || wasSeen(account.store.reader, folder.id, looked.mark)) return undefined
  const { mark, size } = looked
  if (size > maxArrivalBytes) {
    const taken = { result: 'refused', code: 'E_FILE', rule: 'too_large', clause: '' } as const
    const counted = { runId: runId(), way: 'folder', name: basename(path), size, mark: null } as const
    return runWrite<Taken>(core, core.clock.now(), (call) => {
      noteSeen(call.store, folder.id, mark, call.now)
      noteItem(call.store, counted, taken, call.now)
      return { output: taken, entries: [] }
    })
  }
  const bytes = readFileSync(path)
  let file: string | undefined
  const taken = await takeIn(core, {
    name: basename(path),
    bytes,
    way: 'folder',
    runId: runId(),
    jobId: folder.job_id,
    platform: folder.platform ?? undefined,
    source: folder.source,
    origin: folder.origin,
    alongside: (call, became) => {
      noteSeen(call.store, folder.id, mark, call.now)
      if (folder.afterwards !== 'remove') file = registered(call, became, path)
    },
  })
  if (folder.afterwards === 'remove') rmSync(path, { force: true })
  if (folder.afterwards === 'move' && taken.result !== 'refused') {
    const target = join(folder.path, movedFolder)
    mkdirSync(target, { recursive: true })
    const place = freePlace(target, basename(path))
    renameSync(path, place)
    const moved = file
    if (moved !== undefined) {
      runWrite(core, core.clock.now(), (call) => {
        call.store.run(
          'UPDATE registered_file SET sealed_path = ? WHERE id = ?',
          sealBox(call.vault.keys.asideKey(), aad('registered_file', 'sealed_path', moved), Buffer.from(place, 'utf8')),
          moved,
        )
        return { output: undefined, entries: [] }
      })
    }
  }
  return taken
}
