import { existsSync, realpathSync } from 'node:fs'
import { sep } from 'node:path'
import type { JobId } from '../../../shared/domain/ids.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { defineHandlers } from '../../handler.ts'
import { plainFileDays } from '../../retention/files/file-handlers.ts'
import { requireOpenJob, requireOrigin } from '../take-in.ts'
import { insertFolder, listFolders, removeFolder } from './folder-rows.ts'

/** A folder that may be watched: there, and neither the program's own nor around it. @throws IpcError E_FILE */
const requireFolder = (path: string, home: string): string => {
  if (!existsSync(path)) throw new IpcError('E_FILE', 'the folder is not there')
  const [folder, own] = [realpathSync(path), realpathSync(home)]
  if (folder === own || own.startsWith(folder + sep) || folder.startsWith(own + sep)) {
    throw new IpcError('E_FILE', "the program's own folder cannot be watched")
  }
  return folder
}

const mostFolders = 20

export const folderHandlers = defineHandlers({
  'folder.list': {
    read: (call) => ({
      items: listFolders(call.store, call.vault.keys.asideKey()).map((folder) => {
        const title = call.store.get<{ title: string }>('SELECT title FROM job WHERE id = ?', folder.job_id)?.title
        return {
          id: folder.id,
          path: folder.path,
          job_id: folder.job_id as JobId,
          ...(title === undefined ? {} : { job_title: title }),
          ...(folder.platform === null ? {} : { platform: folder.platform }),
          source: folder.source,
          afterwards: folder.afterwards,
          at: folder.at,
          by: folder.by,
          ...(folder.problem === null ? {} : { problem: folder.problem }),
        }
      }),
      max_days: plainFileDays(call),
    }),
  },
  'folder.add': {
    prepare: async (call, input) => {
      requireOrigin(input)
      requireOpenJob(call.store, input.job_id)
      const chosen = await call.core.askPlace('folder', '')
      const path = chosen === null ? null : requireFolder(chosen, call.core.home.home)
      return (writer) => {
        if (path === null) return { output: { id: null }, entries: [] }
        const asideKey = writer.vault.keys.asideKey()
        const known = listFolders(writer.store, asideKey)
        if (known.some((folder) => folder.path === path))
          throw new IpcError('E_CONFLICT', 'this folder is watched already')
        if (known.length >= mostFolders) throw new IpcError('E_CONFLICT', 'no more folders can be watched')
        const id = crypto.randomUUID()
        insertFolder(writer.store, asideKey, {
          id,
          path,
          job_id: input.job_id,
          platform: input.platform ?? null,
          source: input.source,
          origin: input.origin,
          afterwards: input.afterwards,
          at: writer.now,
          by: writer.account.view.name,
        })
        return {
          output: { id },
          entries: [
            {
              action: 'policy_change',
              outcome: 'done',
              job: input.job_id,
              detail: `folder watched ${input.afterwards}`,
            },
          ],
          after: () => {
            writer.account.folders.refresh()
            writer.core.emit('data.changed', { what: ['intake'] })
          },
        }
      }
    },
  },
  'folder.remove': {
    write: (call, { id }) => {
      if (!removeFolder(call.store, id)) throw new IpcError('E_NOT_FOUND', 'this folder is not watched (any more)')
      return {
        output: {},
        entries: [{ action: 'policy_change', outcome: 'done', detail: 'folder not watched' }],
        after: () => {
          call.account.folders.refresh()
          call.core.emit('data.changed', { what: ['intake'] })
        },
      }
    },
  },
  'folder.stop': {
    read: ({ account }) => {
      account.folders.stop()
      return {}
    },
  },
  'folder.look': {
    prepare: async (call) => {
      call.account.folders.refresh()
      const read = await call.account.folders.settle()
      return () => ({ output: { read }, entries: [] })
    },
  },
})
