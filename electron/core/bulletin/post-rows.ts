import type { Post, PostKind } from '../../shared/domain/bulletin.ts'
import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

type PostRow = {
  readonly kind: PostKind
  readonly id: string
  readonly at: number
  readonly published_at: number
  readonly data: string
  readonly followed_at: number | null
  readonly dismissed_at: number | null
}
type PostData = ChangeDataOf<'announcement'> & ChangeDataOf<'position'>

/** More would be no list to read through any more. */
const most = 1000
const mostFigures = 12

const timeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text))

/** Puts in what was published. One that somebody follows and that says something else now is news. */
export const upsertPost = (
  db: WritableDb,
  kind: PostKind,
  head: { readonly id: string; readonly at: number },
  data: ChangeDataOf<'announcement'> | ChangeDataOf<'position'>,
): void => {
  db.run(
    `INSERT INTO post (kind, id, at, published_at, data) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, data = excluded.data, published_at = excluded.published_at,
       news = iif(followed_at IS NOT NULL AND data <> excluded.data, 1, news)`,
    kind,
    head.id,
    head.at,
    // One that names no day has that of its last change, in whichever order changes come.
    timeOf(data.published_at) ?? head.at,
    JSON.stringify(data),
  )
}

export const removePost = (db: WritableDb, kind: PostKind, id: string): void => {
  db.run('DELETE FROM post WHERE kind = ? AND id = ?', kind, id)
}

const figuresOf = ({ figures, figures_at: at, figures_source: source }: PostData): Pick<Post, 'figures'> => {
  if (figures === undefined) return {}
  const items = Object.entries(figures)
    .slice(0, mostFigures)
    .map(([name, value]) => ({ name, value }))
  const told = timeOf(at)
  return {
    figures: {
      items,
      ...(told === undefined ? {} : { at: told }),
      ...(source === undefined ? {} : { source }),
    },
  }
}

const asPost = (row: PostRow, titleOf: (id: string) => string | undefined): Post => {
  const data = JSON.parse(row.data) as PostData
  const { title, unit, body, requirements, exam_type, region, headcount, announcement_id: id } = data
  const until = timeOf(data.apply_until)
  const announcement = id === undefined ? undefined : titleOf(id)
  const given = { unit, body, requirements, exam_type, region, headcount, apply_until: until, announcement }
  return {
    kind: row.kind,
    id: row.id,
    title,
    published_at: row.published_at,
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Post>),
    ...figuresOf(data),
    own: data.own === true,
    followed: row.followed_at !== null,
    dismissed: row.dismissed_at !== null,
  }
}

/** All of them, the newest first. */
export const listPosts = (db: ReadableDb): Post[] => {
  const rows = db.all<PostRow>('SELECT * FROM post ORDER BY published_at DESC LIMIT ?', most)
  const titles = new Map(
    rows.flatMap(({ kind, id, data }) =>
      kind === 'announcement' ? [[id, (JSON.parse(data) as PostData).title] as const] : [],
    ),
  )
  return rows.map((row) => asPost(row, (id) => titles.get(id)))
}

export const markPost = (
  db: WritableDb,
  kind: PostKind,
  id: string,
  mark: { readonly followed?: boolean | undefined; readonly dismissed?: boolean | undefined },
  now: number,
): boolean => {
  const { followed, dismissed } = mark
  return (
    db.run(
      `UPDATE post SET followed_at = iif(?, iif(?, coalesce(followed_at, ?), NULL), followed_at),
         dismissed_at = iif(?, iif(?, coalesce(dismissed_at, ?), NULL), dismissed_at),
         news = iif(?, 0, news)
       WHERE kind = ? AND id = ?`,
      followed === undefined ? 0 : 1,
      followed === true ? 1 : 0,
      now,
      dismissed === undefined ? 0 : 1,
      dismissed === true ? 1 : 0,
      now,
      followed === false ? 1 : 0,
      kind,
      id,
    ).changes > 0
  )
}

/** How many followed ones changed since this was asked last; asking takes them as told. */
export const takeNews = (db: WritableDb): number => db.run('UPDATE post SET news = 0 WHERE news = 1').changes
