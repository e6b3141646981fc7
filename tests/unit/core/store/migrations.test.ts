import { describe, expect, it } from 'vitest'
import { getEndedFile, noteEndedFile } from '../../../../electron/core/ledger/ended-files.ts'
import { ledgerMigrations } from '../../../../electron/core/ledger/migrations.ts'
import { keepPolicies, noPolicies } from '../../../../electron/core/policy/versions/policies-record.ts'
import { storeMigrations } from '../../../../electron/core/accounts/account-files.ts'
import type { WritableDb } from '../../../../electron/core/store/database.ts'
import type { OpenDatabase } from '../../../../electron/core/store/open-store.ts'
import { grown, looseTables, open } from './migrated.ts'

const insertCandidate = (platform: string): string =>
  `INSERT INTO candidate (record_id, platform, platform_id, origin, received_at, checked_at, key_slot, sealed)
   VALUES ('r', '${platform}', 'p', 'hub', 1, 1, 's', x'00')`

const insertJob = (platform: string): string =>
  `INSERT INTO job (id, platform, origin, title, status, opened_at, status_at, last_activity_at)
   VALUES ('j', '${platform}', 'hub', '会计', 'open', 1, 1, 1)`

describe('store.db 0001', () => {
  it('makes strict tables with foreign keys in force', () => {
    const database = open('store', storeMigrations)
    expect(looseTables(database)).toEqual([])
    expect(() =>
      database.db.run(
        `INSERT INTO application (id, record_id, job_id, channel, evidence_at, stage, at, stage_at, key_slot)
         VALUES ('a', 'nobody', 'j', 'direct', 1, 'new', 1, 1, 's')`,
      ),
    ).toThrow(/FOREIGN KEY/)
    expect(() => database.db.run(insertCandidate('zhaopin').replace('1, 1,', "'today', 1,"))).toThrow(/INTEGER/)
  })

  it('[QY-09] takes no candidate of a platform whose resumes are private', () => {
    const { db } = open('store', storeMigrations)
    expect(() => db.run(insertCandidate('qingyun'))).toThrow(/CHECK/)
    db.run(insertCandidate('zhaopin'))
    expect(db.get('SELECT platform FROM candidate')).toEqual({ platform: 'zhaopin' })
  })

  it('takes no legal hold whose requester approved it', () => {
    const { db } = open('store', storeMigrations)
    const hold = (approver: string): void => {
      db.run(
        "INSERT INTO legal_hold (id, platform, platform_id, rev, until, by, approver) VALUES (?, 'zhaopin', 'p', 1, 2, 'ann', ?)",
        approver,
        approver,
      )
    }
    expect(() => hold('ann')).toThrow(/CHECK/)
    hold('ben')
    expect(db.all('SELECT approver FROM legal_hold')).toEqual([{ approver: 'ben' }])
  })
})

describe('store.db 0002', () => {
  it('keeps what an older store holds, and lets its records come without version and second layer', () => {
    const fill = (db: WritableDb): void => {
      db.run(insertCandidate('lagou'))
      db.run(insertJob('lagou'))
      db.run(
        "INSERT INTO consent (id, platform, platform_id, rev, purpose, granted) VALUES ('c', 'lagou', 'p', 1, 'purpose', 1)",
      )
    }
    const database = grown('store', storeMigrations, fill, 1)
    expect(looseTables(database)).toEqual([])
    expect(database.reader.get('SELECT platform, policy_revision, sealed_fields FROM candidate')).toEqual({
      platform: 'lagou',
      policy_revision: null,
      sealed_fields: null,
    })
    expect(database.reader.get('SELECT members FROM job')).toEqual({ members: null })
    expect(database.reader.get('SELECT purpose, scope FROM consent')).toEqual({ purpose: 'purpose', scope: null })
  })

  it('binds a record to a job once, and to nobody who is not here', () => {
    const { db } = open('store', storeMigrations)
    db.run(insertCandidate('lagou'))
    const bind = (record: string): void => {
      db.run(
        "INSERT INTO purpose (record_id, job_id, legal_basis, at, by, sealed) VALUES (?, 'j', 'consent', 1, 'ann', x'00')",
        record,
      )
    }
    bind('r')
    expect(() => bind('r')).toThrow(/UNIQUE/)
    expect(() => bind('nobody')).toThrow(/FOREIGN KEY/)
  })
})

const insertApplication = (stage: string, at: number, id = 'a'): string =>
  `INSERT INTO application (id, record_id, job_id, channel, evidence_at, stage, at, stage_at, key_slot)
   VALUES ('${id}', 'r', 'j', 'delivered', 1, '${stage}', ${at}, ${at}, 's-${id}')`

describe('store.db 0003', () => {
  const inFebruary = Date.UTC(2026, 0, 31, 16)
  const tally = ({ reader }: OpenDatabase) =>
    reader.all(
      'SELECT month, platform, channel, stage, entered, left, stayed_ms FROM stage_tally ORDER BY month, stage',
    )

  it('keeps what an older store holds, without a step and without counts that nobody took', () => {
    const database = grown(
      'store',
      storeMigrations,
      (db) => {
        db.run(insertCandidate('lagou'))
        db.run(insertJob('lagou'))
        db.run(insertApplication('reviewed', inFebruary))
      },
      2,
    )
    expect(looseTables(database)).toEqual([])
    expect(database.reader.get('SELECT stage, step, stage_at FROM application')).toEqual({
      stage: 'reviewed',
      step: null,
      stage_at: inFebruary,
    })
    expect(database.reader.get('SELECT title, steps, requirements FROM job')).toEqual({
      title: '会计',
      steps: null,
      requirements: null,
    })
    expect(tally(database)).toEqual([])
    // Who moves on is counted from then on, with the time since the stage began.
    database.db.run("UPDATE application SET stage = 'interview', stage_at = ?", inFebruary + 5000)
    expect(tally(database)).toEqual([
      {
        month: '2026-02',
        platform: 'lagou',
        channel: 'delivered',
        stage: 'interview',
        entered: 1,
        left: 0,
        stayed_ms: 0,
      },
      {
        month: '2026-02',
        platform: 'lagou',
        channel: 'delivered',
        stage: 'reviewed',
        entered: 0,
        left: 1,
        stayed_ms: 5000,
      },
    ])
  })

  it('counts by triggers, in months of Asia/Shanghai, and names nobody', () => {
    const database = open('store', storeMigrations)
    const { db } = database
    db.run(insertCandidate('zhaopin'))
    db.run(insertJob('zhaopin'))
    db.run(insertApplication('new', inFebruary - 1))
    db.run(insertApplication('new', inFebruary, 'b'))
    // Not a move: neither the same stage again nor anything else of the row.
    db.run("UPDATE application SET stage = 'new', due_at = 9")
    expect(tally(database)).toMatchObject([
      { month: '2026-01', stage: 'new', entered: 1, left: 0 },
      { month: '2026-02', stage: 'new', entered: 1, left: 0 },
    ])
    // A clock that was put back costs no time below nought.
    db.run("UPDATE application SET stage = 'rejected', stage_at = ? WHERE id = 'b'", inFebruary - 60_000)
    expect(tally(database)).toMatchObject([
      { month: '2026-01', stage: 'new', entered: 1, left: 1, stayed_ms: 0 },
      { month: '2026-01', stage: 'rejected', entered: 1, left: 0 },
      { month: '2026-02', stage: 'new', entered: 1, left: 0 },
    ])
    // Counts outlive those whom they counted.
    db.run('DELETE FROM application')
    db.run('DELETE FROM candidate')
    expect(tally(database)).toHaveLength(3)
    const columns = database.reader.all<{ name: string }>("SELECT name FROM pragma_table_info('stage_tally')")
    expect(columns.map(({ name }) => name)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/record|application/)]),
    )
  })

  it('keeps a move only while its application is here', () => {
    const { db } = open('store', storeMigrations)
    const move = `INSERT INTO stage_move (id, application_id, batch, at, by, from_stage, from_stage_at, to_stage)
                  VALUES ('m', 'a', 'b', 1, 'ann', 'new', 1, 'interview')`
    expect(() => db.run(move)).toThrow(/FOREIGN KEY/)
    db.run(insertCandidate('zhaopin'))
    db.run(insertJob('zhaopin'))
    db.run(insertApplication('new', 1))
    db.run(move)
    expect(() => db.run('DELETE FROM application')).toThrow(/FOREIGN KEY/)
  })
})

describe('store.db 0004', () => {
  it('keeps the holds and files of the release before, and takes no request that its asker decided', () => {
    const database = grown('store', storeMigrations, (db) => {
      db.run(insertCandidate('zhaopin'))
      db.run(
        "INSERT INTO legal_hold (id, platform, platform_id, rev, until, by, approver) VALUES ('h', 'zhaopin', 'p', 1, 2, 'a', 'b')",
      )
      db.run(
        `INSERT INTO registered_file (id, record_id, sealed_path, sha256, size, expires_at, state)
         VALUES ('f', 'r', x'00', 'aa', 1, 2, 'present')`,
      )
    })
    expect(looseTables(database)).toEqual([])
    expect(database.reader.get('SELECT until, released_at FROM legal_hold')).toEqual({ until: 2, released_at: null })
    expect(database.reader.get('SELECT kind, attempts FROM registered_file')).toEqual({ kind: 'copy', attempts: 0 })
    const decided = (by: string): void => {
      database.db.run(
        `INSERT INTO approval (id, rev, kind, record_id, asked_by, asked_at, state, decided_by, sealed)
         VALUES ('q', 1, 'hold', 'r', 'ann', 1, 'granted', ?, x'00')`,
        by,
      )
    }
    expect(() => decided('ann')).toThrow(/CHECK/)
    decided('bob')
  })
})

describe('store.db 0008', () => {
  it('keeps what an older store holds', () => {
    const database = grown(
      'store',
      storeMigrations,
      (db) => {
        db.run(
          "INSERT INTO consent (id, platform, platform_id, rev, purpose, granted) VALUES ('c', 'lagou', 'p', 1, 'purpose', 1)",
        )
      },
      7,
    )
    expect(database.reader.get('SELECT id FROM consent WHERE platform_id = ?', 'p')).toEqual({ id: 'c' })
  })
})

describe('store.db 0009', () => {
  it('holds mailboxes with what is known of their mails, and no state that nobody knows', () => {
    const database = open('store', storeMigrations)
    expect(looseTables(database)).toEqual([])
    database.db.run("INSERT INTO mailbox (id, at, by, switched_on, settings) VALUES ('m', 1, 'hr', 1, '{}')")
    const copy = (state: string): void => {
      database.db.run(
        `INSERT INTO mail_copy (id, mailbox_id, folder, uid_validity, uid, size, result, at, state)
         VALUES (?, 'm', 'INBOX', '1', 1, 1, 'imported', 1, ?)`,
        state,
        state,
      )
    }
    copy('kept')
    expect(() => copy('elsewhere')).toThrow(/CHECK/)
    expect(() => database.db.run("DELETE FROM mailbox WHERE id = 'm'")).toThrow(/FOREIGN KEY/)
  })
})

describe('ledger.db 0005', () => {
  it('remembers a plain file that is over once, whatever is said of it later', () => {
    const database = grown('ledger', ledgerMigrations, () => undefined, 4)
    expect(looseTables(database)).toEqual([])
    noteEndedFile(database.db, 'f', 1)
    noteEndedFile(database.db, 'f', 2, { answer: 'other_file', by: 'ann' })
    expect(getEndedFile(database.reader, 'f')).toEqual({ at: 1, answer: null, by: null })
    expect(getEndedFile(database.reader, 'g')).toBeUndefined()
  })
})

describe('ledger.db 0001', () => {
  it('makes strict tables, and what proves something cannot be changed or removed', () => {
    const database = open('ledger', ledgerMigrations)
    expect(looseTables(database)).toEqual([])
    database.db.run("INSERT INTO checkpoint (size, at, note) VALUES (1, 1, 'note')")
    expect(() => database.db.run("UPDATE checkpoint SET note = 'other'")).toThrow()
    expect(() => database.db.run('DELETE FROM checkpoint')).toThrow()
    expect(database.reader.get('SELECT note FROM checkpoint')).toEqual({ note: 'note' })
  })
})

describe('ledger.db 0002', () => {
  it('adds a place for the rules in force to a log as the release before left it, for one record only', () => {
    const database = grown('ledger', ledgerMigrations, (db) =>
      db.run("INSERT INTO checkpoint (size, at, note) VALUES (1, 1, 'note')"),
    )
    expect(looseTables(database)).toEqual([])
    expect(database.reader.get('SELECT note FROM checkpoint')).toEqual({ note: 'note' })
    const { read, write } = keepPolicies(database)
    expect(read()).toEqual(noPolicies)
    const enterprise = (text: string) => [{ platform: 'zhaopin' as const, text, document: {}, at: 1 }]
    for (const text of ['a', 'b']) write({ ...noPolicies, enterprise: enterprise(text) })
    expect(read().enterprise).toEqual(enterprise('b'))
    expect(database.reader.all('SELECT id FROM policies')).toHaveLength(1)
    for (const rubbish of ['{"in_force":1}', '{"in_force":', '']) {
      database.db.run('UPDATE policies SET json = ?', rubbish)
      expect(read).toThrow('the record of the rules is damaged')
    }
  })
})
