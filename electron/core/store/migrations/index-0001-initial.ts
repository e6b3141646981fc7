import type { Migration } from '../migrate.ts'

/** Letters of today's Unicode that the tokenizer's older tables still take for marks (New Tai Lue, Vedic). */
const lateLetters = String.fromCodePoint(
  ...Array.from({ length: 0x11 }, (_, i) => 0x19b0 + i),
  0x19c8,
  0x19c9,
  0x1cf2,
  0x1cf3,
)

/** One table of the search. Own content: of twelve variants the only one that leaves nothing behind after deletion (docs/decisions.md). */
export const documentTableSql = (table: string): string => `
      CREATE VIRTUAL TABLE ${table} USING fts5 (
        tokens,
        tokenize = "unicode61 remove_diacritics 0 tokenchars '+#.${lateLetters}'",
        prefix = '1',
        detail = full
      );
      INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', 1);
      -- A page of a keyed file holds 80 bytes less: with the engine's 4050 each of the index's pages would lie on two of them.
      INSERT INTO ${table} (${table}, rank) VALUES ('pgsz', 3900);
      -- Fewer, wider merges: less to write while a first sync comes in, and hardly more to search.
      INSERT INTO ${table} (${table}, rank) VALUES ('automerge', 8);
      -- Once a table is full, all of them are merged (search/document-shards.ts).
      INSERT INTO ${table} (${table}, rank) VALUES ('usermerge', 2);`

/**
 * `index.db` of one account: what lists, facets and the search need, and nothing that the viewer could not be shown by some
 * cell: contacts stand here only as masks, full names only where a platform shows them (`see`). Rebuilt from `store.db` at need.
 */
export const indexInitial: Migration = {
  version: 1,
  name: 'initial',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE list_row (
        id INTEGER PRIMARY KEY,
        record_id TEXT NOT NULL UNIQUE,
        platform TEXT NOT NULL,
        newest_at INTEGER NOT NULL,
        -- Years of work and the first due time; -1 and 2^53 - 1 where there is none, so that keyset paging needs no special case.
        years INTEGER NOT NULL,
        degree TEXT,
        city TEXT,
        due_at INTEGER NOT NULL,
        -- What a row shows, as JSON (search/list-projection.ts).
        projection TEXT NOT NULL
      ) STRICT;
      CREATE INDEX list_row_newest ON list_row (newest_at DESC, id DESC);
      CREATE INDEX list_row_city ON list_row (city, newest_at DESC, id DESC);
      CREATE INDEX list_row_due ON list_row (due_at, id);
      CREATE INDEX list_row_years ON list_row (years DESC, id DESC);

      CREATE TABLE row_application (
        row_id INTEGER NOT NULL REFERENCES list_row (id) ON DELETE CASCADE,
        application_id TEXT NOT NULL,
        job_id TEXT NOT NULL,
        stage TEXT NOT NULL,
        channel TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (row_id, application_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX row_application_job ON row_application (job_id, stage, row_id);

      ${documentTableSql('document')}

      -- The masked text that snippets are cut from.
      CREATE TABLE document_text (
        row_id INTEGER PRIMARY KEY REFERENCES list_row (id) ON DELETE CASCADE,
        text TEXT NOT NULL
      ) STRICT;
    `)
  },
}
