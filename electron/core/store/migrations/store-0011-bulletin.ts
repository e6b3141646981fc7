import type { Migration } from '../migrate.ts'

/** What a platform without candidates offers: published posts, and the talks of those who ask an institution (QY-09, QY-22). */
export const storeBulletin: Migration = {
  version: 11,
  name: 'bulletin',
  up: (connection) => {
    connection.exec(`
      -- Published, so in clear; nothing of anybody.
      CREATE TABLE post (
        kind TEXT NOT NULL CHECK (kind IN ('announcement', 'position')),
        id TEXT NOT NULL,
        at INTEGER NOT NULL,
        published_at INTEGER NOT NULL,
        data TEXT NOT NULL,
        -- Set here and told to nobody (QY-15, QY-29).
        followed_at INTEGER,
        dismissed_at INTEGER,
        -- A followed one that changed, until its reader has been told.
        news INTEGER NOT NULL DEFAULT 0 CHECK (news IN (0, 1)),
        PRIMARY KEY (kind, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX post_by_day ON post (published_at);
      CREATE INDEX post_news ON post (news) WHERE news = 1;

      -- Nobody's name, contact or profile: what the platform calls somebody there, and what was said (QY-22).
      CREATE TABLE consultation (
        id TEXT PRIMARY KEY,
        thread_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        author TEXT NOT NULL CHECK (author IN ('user', 'institution')),
        state TEXT NOT NULL CHECK (state IN ('received', 'queued', 'sent', 'refused')),
        -- Kinds of sensitive words for which the text is neither shown nor kept (QY-24), as JSON.
        hidden TEXT,
        read_at INTEGER,
        -- Alias, topic and text, under the key of what belongs to no record.
        sealed BLOB NOT NULL
      ) STRICT;
      CREATE INDEX consultation_of_thread ON consultation (thread_id, at, id);
      CREATE INDEX consultation_by_time ON consultation (at);
    `)
  },
}
