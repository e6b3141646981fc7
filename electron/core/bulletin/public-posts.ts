import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { post, type Post } from '../../shared/domain/bulletin.ts'
import type { ReadableDb } from '../store/database.ts'
import { writeDurably } from '../store/durable-file.ts'
import { listPosts } from './post-rows.ts'

const file = z.array(post)

/** Announcements and positions, in clear: whoever is not signed in reads them as they were at the last sync (QY-05). */
export const publicPostsPath = (home: string): string => join(home, 'public-posts.json')

/** Without what somebody marked: what an account follows is its own affair. */
export const writePublicPosts = (home: string, db: ReadableDb): void => {
  const posts = listPosts(db).map((one): Post => ({ ...one, own: false, followed: false, dismissed: false }))
  const text = JSON.stringify(posts)
  const path = publicPostsPath(home)
  if (existsSync(path) ? readFileSync(path, 'utf8') === text : posts.length === 0) return
  writeDurably(path, new TextEncoder().encode(text))
}

/** Nothing where there was no sync, or where the file is no list of ours. */
export const readPublicPosts = (home: string): Post[] => {
  const path = publicPostsPath(home)
  if (!existsSync(path)) return []
  try {
    return file.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return []
  }
}
