import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { viewDefinition, type SavedView } from '../../shared/ipc/routes/views.ts'
import { defineHandlers } from '../handler.ts'
import type { ReadableDb } from '../store/database.ts'

/** More would be no list to choose from any more. */
const most = 100

type ViewRow = { readonly id: string; readonly name: string; readonly definition: string; readonly at: number }

/** What is no view of today's any more (a platform or a band that went) is left out and keeps nobody else away. */
const listViews = (db: ReadableDb): SavedView[] =>
  db.all<ViewRow>('SELECT id, name, definition, at FROM saved_view ORDER BY at, id').flatMap((row) => {
    const definition = viewDefinition.safeParse(JSON.parse(row.definition))
    return definition.success ? [{ id: row.id, name: row.name, definition: definition.data, at: row.at }] : []
  })

/** A view tells of nobody, so it makes no entry of the log, as the layout of the screen makes none. */
export const savedViewHandlers = defineHandlers({
  'view.list': { read: (call) => ({ items: listViews(call.store) }) },
  'view.save': {
    write: (call, { id = crypto.randomUUID(), name, definition }) => {
      const { n } = call.store.get<{ n: number }>('SELECT count(*) AS n FROM saved_view WHERE id <> ?', id) ?? { n: 0 }
      if (n >= most) throw new IpcError('E_CONFLICT', 'there are too many views', { limit: most })
      call.store.run(
        `INSERT INTO saved_view (id, name, definition, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, definition = excluded.definition`,
        id,
        name,
        JSON.stringify(definition),
        call.now,
      )
      return { output: { id }, entries: [] }
    },
  },
  'view.remove': {
    write: (call, { id }) => {
      call.store.run('DELETE FROM saved_view WHERE id = ?', id)
      return { output: {}, entries: [] }
    },
  },
})
