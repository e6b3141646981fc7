import type { Post, PostKind, PostPage, PostScope } from '../../shared/domain/bulletin.ts'
import { postScope } from '../../shared/domain/bulletin.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { calendarFile } from '../interviews/calendar-file.ts'
import { defineHandlers, type Call } from '../handler.ts'
import type { ReadableDb } from '../store/database.ts'
import { listPosts, markPost } from './post-rows.ts'
import { readPublicPosts } from './public-posts.ts'

const chinaOffset = 8 * 3_600_000
const day = 86_400_000

type Elsewhere = PostPage['elsewhere'][number]

const postsOf = ({ core }: Call): Post[] =>
  core.account === null ? readPublicPosts(core.home.home) : listPosts(core.account.store.reader)

/** What the employer advertises on platforms that have candidates (`profiles.md`, "own published posts"). */
const listElsewhere = (db: ReadableDb): Elsewhere[] =>
  db
    .all<Omit<Elsewhere, 'headcount'> & { readonly headcount: number | null }>(
      `SELECT id, title, platform, status, headcount, opened_at FROM job WHERE status IN ('open', 'paused')
       ORDER BY opened_at DESC, id LIMIT 200`,
    )
    .map(({ headcount, ...job }) => ({ ...job, ...(headcount === null ? {} : { headcount }) }))

const inScope: Readonly<Record<PostScope, (one: Post) => boolean>> = {
  all: ({ dismissed }) => !dismissed,
  followed: ({ followed, dismissed }) => followed && !dismissed,
  own: ({ own }) => own,
  dismissed: ({ dismissed }) => dismissed,
}

const valuesOf = (posts: readonly Post[], key: 'exam_type' | 'region'): string[] =>
  [...new Set(posts.flatMap((one) => one[key] ?? []))].sort((a, b) => a.localeCompare(b, 'zh-CN'))

/** Those of the exams and regions that one follows come first, each part by its day; computed here, from marks alone. */
const recommended = (posts: readonly Post[], all: readonly Post[]): Post[] => {
  const keyOf = (one: Post): string | undefined =>
    one.exam_type === undefined && one.region === undefined ? undefined : `${one.exam_type}\0${one.region}`
  const followed = new Set(all.flatMap((one) => (one.followed ? (keyOf(one) ?? []) : [])))
  const near = (one: Post): boolean => followed.has(keyOf(one) ?? '')
  return [...posts.filter(near), ...posts.filter((one) => !near(one))]
}

const requirePost = (call: Call, kind: PostKind, id: string): Post => {
  const found = postsOf(call).find((one) => one.kind === kind && one.id === id)
  if (found === undefined) throw new IpcError('E_NOT_FOUND', 'this was taken back, or never published')
  return found
}

export const bulletinHandlers = defineHandlers({
  'post.list': {
    bare: (call, { scope, kind, exam_type: exam, region }) => {
      const { core, now } = call
      const all = postsOf(call)
      const recommend = core.settings.get().recommend_posts
      const items = all.filter(
        (one) =>
          inScope[scope](one) &&
          (kind === undefined || one.kind === kind) &&
          (exam === undefined || one.exam_type === exam) &&
          (region === undefined || one.region === region),
      )
      const elsewhere = scope === 'own' && core.account?.role === 'hr' ? listElsewhere(core.account.store.reader) : []
      return {
        items: recommend && scope === 'all' ? recommended(items, all) : items,
        elsewhere,
        exam_types: valuesOf(all, 'exam_type'),
        regions: valuesOf(all, 'region'),
        counts: Object.fromEntries(
          postScope.options.map((each) => [each, all.filter(inScope[each]).length]),
        ) as PostPage['counts'],
        recommend,
        now,
      }
    },
  },
  'post.mark': {
    write: (call, { kind, id, ...mark }) => {
      if (!markPost(call.store, kind, id, mark, call.now)) {
        throw new IpcError('E_NOT_FOUND', 'this was taken back, or never published')
      }
      // Tells of nobody, so it makes no entry, as a saved view makes none.
      return { output: {}, entries: [], after: () => call.core.emit('data.changed', { what: ['posts'] }) }
    },
  },
  'post.recommend': {
    write: (call, { on }) => ({
      output: {},
      entries: [],
      after: () => {
        call.core.settings.set({ recommend_posts: on })
        call.core.emit('data.changed', { what: ['posts'] })
      },
    }),
  },
  'post.calendar': {
    bare: (call, { kind, id }) => {
      const one = requirePost(call, kind, id)
      if (one.apply_until === undefined) throw new IpcError('E_NOT_FOUND', 'nothing says until when to apply')
      const chinese = call.core.settings.get().language === 'zh-CN'
      // An hour of the last day's morning in China.
      const morning = Math.floor((one.apply_until + chinaOffset) / day) * day - chinaOffset + 9 * 3_600_000
      const startsAt = Math.min(morning, one.apply_until)
      const date = new Date(startsAt + chinaOffset).toISOString().slice(0, 10)
      return {
        file_name: `deadline-${date}.ics`,
        ics: calendarFile({
          uid: `${kind}-${id.replaceAll(/[^\w-]/g, '_')}@candor.invalid`,
          sequence: Math.floor(one.published_at / 1000),
          cancelled: false,
          stampedAt: call.now,
          startsAt,
          minutes: 60,
          summary: `${chinese ? '报名截止' : 'Last day to apply'} · ${one.title}`,
          description: [one.unit, one.announcement].filter(Boolean).join('\n'),
          ...(one.region === undefined ? {} : { location: one.region }),
          alarmMinutes: 1440,
        }),
      }
    },
  },
})
