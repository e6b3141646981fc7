import { describe, expect, it } from 'vitest'
import { indexMigrations } from '../../../../electron/core/accounts/account-files.ts'
import {
  documentTable,
  documentTables,
  documentTablesUpTo,
  foundRows,
} from '../../../../electron/core/search/document-shards.ts'
import type { WritableDb } from '../../../../electron/core/store/database.ts'
import { openDatabase } from '../../../../electron/core/store/open-store.ts'
import { grown, looseTables, open, opened } from './migrated.ts'

const insertRow = (id: string, columns = '', values = ''): string =>
  `INSERT INTO list_row (record_id, platform, newest_at, years, due_at, projection${columns})
   VALUES ('${id}', 'lagou', 1, -1, 2, '{}'${values})`

describe('index.db 0001', () => {
  it('makes strict tables and a search table that keeps nothing of a deleted row', () => {
    const database = open('index', indexMigrations)
    expect(looseTables(database)).toEqual([])
    expect(database.reader.get("SELECT v FROM document_config WHERE k = 'secure-delete'")).toEqual({ v: 1 })
    database.db.run("INSERT INTO document (rowid, tokens) VALUES (7, '张三 三丰 丰')")
    expect(database.reader.all('SELECT rowid FROM document WHERE document MATCH ?', '"三丰"')).toEqual([{ rowid: 7 }])
    database.db.run('DELETE FROM document WHERE rowid = 7')
    const blocks = database.reader.all<{ block: Uint8Array }>('SELECT block FROM document_data')
    expect(blocks.some(({ block }) => Buffer.from(block).includes('三丰'))).toBe(false)
  })
})

describe('index.db 0002', () => {
  it('orders what an older index holds behind everybody whose activity is known', () => {
    const database = openDatabase({ path: ':memory:', profile: 'index', migrations: indexMigrations.slice(0, 1) })
    opened.push(database)
    database.db.run(insertRow('older'))
    indexMigrations[1]?.up(database.connection)
    database.db.run(insertRow('known', ', activity', ', 4'))
    expect(database.reader.all('SELECT record_id, activity FROM list_row ORDER BY activity DESC')).toEqual([
      { record_id: 'known', activity: 4 },
      { record_id: 'older', activity: -1 },
    ])
  })
})

describe('index.db 0003', () => {
  it('empties an older index, text and all, so that every row is made anew with what it can now be filtered by', () => {
    const fill = (db: WritableDb): void => {
      db.run(insertRow('older'))
      db.run(
        "INSERT INTO row_application (row_id, application_id, job_id, stage, channel, at) SELECT id, 'a', 'j', 'new', 'delivered', 1 FROM list_row",
      )
      db.run("INSERT INTO document (rowid, tokens) VALUES (1, '张三 三丰 丰')")
    }
    const database = grown('index', indexMigrations, fill, 2)
    for (const table of ['list_row', 'row_application', 'stale_row', 'document_text'])
      expect([table, database.reader.get(`SELECT count(*) AS n FROM ${table}`)]).toEqual([table, { n: 0 }])
    expect(database.reader.all('SELECT rowid FROM document WHERE document MATCH ?', '"三丰"')).toEqual([])
    const blocks = database.reader.all<{ block: Uint8Array }>('SELECT block FROM document_data')
    expect(blocks.some(({ block }) => Buffer.from(block).includes('三丰'))).toBe(false)
    database.db.run(insertRow('newer'))
    expect(database.reader.get('SELECT record_id, school, salary FROM list_row')).toEqual({
      record_id: 'newer',
      school: null,
      salary: -1,
    })
  })

  it('lets skills and hashes go with their row', () => {
    const { db, reader } = open('index', indexMigrations)
    db.run(insertRow('r'))
    db.run("INSERT INTO row_skill (row_id, skill, label) SELECT id, 'java', 'Java' FROM list_row")
    db.run("INSERT INTO person_hash (row_id, kind, hash) SELECT id, 'phone', x'01' FROM list_row")
    db.run('DELETE FROM list_row')
    expect(reader.get('SELECT (SELECT count(*) FROM row_skill) + (SELECT count(*) FROM person_hash) AS n')).toEqual({
      n: 0,
    })
  })
})

describe('index.db 0004', () => {
  it('empties an older index, and lays texts into several tables, each of which keeps nothing of a deleted row', () => {
    const fill = (db: WritableDb): void => {
      db.run(insertRow('older'))
      db.run("INSERT INTO row_skill (row_id, skill, label) SELECT id, 'java', 'Java' FROM list_row")
      db.run("INSERT INTO document (rowid, tokens) VALUES (1, '张三 三丰 丰')")
    }
    const database = grown('index', indexMigrations, fill, 3)
    for (const table of ['list_row', 'row_skill', 'document'])
      expect([table, database.reader.get(`SELECT count(*) AS n FROM ${table}`)]).toEqual([table, { n: 0 }])
    const rows = documentTables.map((_, i) => i * 2048 + 7)
    expect(rows.map((id) => documentTable(id))).toEqual(documentTables)
    // Behind the last it begins again with the first.
    expect([documentTable(2047), documentTable(2048 * documentTables.length)]).toEqual(['document', 'document'])
    for (const table of documentTables) {
      expect(database.reader.get(`SELECT v FROM ${table}_config WHERE k = 'secure-delete'`)).toEqual({ v: 1 })
      database.db.run(`INSERT INTO ${table} (rowid, tokens) VALUES (7, '张三 三丰 丰')`)
      expect(database.reader.all(foundRows([table]), '"三丰"')).toEqual([{ rowid: 7 }])
      database.db.run(`DELETE FROM ${table} WHERE rowid = 7`)
      const blocks = database.reader.all<{ block: Uint8Array }>(`SELECT block FROM ${table}_data`)
      expect(blocks.some(({ block }) => Buffer.from(block).includes('三丰'))).toBe(false)
    }
  })

  it('is asked in those tables alone that can hold anything', () => {
    expect(documentTablesUpTo(0)).toEqual(['document'])
    expect(documentTablesUpTo(2048)).toEqual(['document', 'document_1'])
    expect(documentTablesUpTo(10_000_000)).toEqual(documentTables)
  })
})
