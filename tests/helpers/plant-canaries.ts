import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { putOutput } from '../../electron/core/ai/ai-outputs.ts'
import { asModel } from '../../electron/core/ai/model-actor.ts'
import { putChoice } from '../../electron/core/intake/choices.ts'
import { insertFolder } from '../../electron/core/intake/watch/folder-rows.ts'
import { putCorrection } from '../../electron/core/intake/correction-rows.ts'
import { putConsultation } from '../../electron/core/consult/consultation-rows.ts'
import { aad } from '../../electron/core/keys/sealed-columns.ts'
import { sealIncident } from '../../electron/core/incidents/incident-rows.ts'
import { insertCopy } from '../../electron/core/mailbox/copy-rows.ts'
import { putMessage } from '../../electron/core/messages/message-rows.ts'
import { registerFile } from '../../electron/core/retention/files/register-file.ts'
import { insertPaper } from '../../electron/core/requests/request-papers.ts'
import { insertRequest } from '../../electron/core/requests/request-rows.ts'
import { putAssignment } from '../../electron/core/scorecards/assignment-rows.ts'
import { putAside } from '../../electron/core/sync/aside.ts'
import { enqueue } from '../../electron/core/sync/outbox.ts'
import type { ApplicationId, JobId, RecordId } from '../../electron/shared/domain/ids.ts'
import { message, modelText, plainCopy, queued } from '../fixtures/canary-people.ts'
import { monday, type RetentionHome } from './retention-home.ts'

/** Ids that a hub gave, long enough to be looked for as bytes. */
export const plantedIds = {
  share: 'hub-share-of-person',
  kept: 'hub-message-kept-aside',
  message: 'hub-message-in-chat',
  paper: 'paper-of-request-of-person',
  early: 'hub-word-before-person',
  consent: 'hub-consent-of-person',
  hold: 'hub-hold-of-person',
  approval: 'hub-approval-of-hold',
  consultation: 'hub-consultation-under-alias',
} as const

/** A request is known by its number for three years; the number names nobody. */
const requestId = 'hub-request-one'

export type Planted = {
  readonly record: RecordId
  /** Another of those who will be destroyed. */
  readonly other: RecordId
  readonly application: ApplicationId
  readonly job: JobId
  /** A folder beside the home, for a registered copy. */
  readonly outside: string
}

/** What only a hub or a later release brings, put there by the program's own functions. */
export const plantCanaries = (home: RetentionHome, { record, other, application, job, outside }: Planted): void => {
  const { account, vault } = home.core
  if (account === null || vault === null) throw new Error('nobody is signed in')
  const { store, keystore } = account
  const place = { store: store.db, keystore, asideKey: vault.keys.asideKey() }
  const person = `local-${record}`
  const head = { rev: 1, at: monday, why: 'stored' as const }
  putAside(place, {
    ...head,
    type: 'message',
    id: plantedIds.kept,
    applicationId: application,
    data: { text: message },
  })
  insertRequest(place, {
    id: requestId,
    rev: 1,
    via: 'mail',
    kind: 'explain',
    requester: 'self',
    kinship: null,
    platform: 'direct',
    platform_id: person,
    person_hash: 'hash-in-the-log',
    received_at: monday,
    noted_at: monday,
    hub_due_at: null,
    proofs: [],
    recordId: record,
    words: { detail: message, source: message, who: message, contact: message, reason: message },
  })
  insertPaper(
    place,
    {
      id: plantedIds.paper,
      request_id: requestId,
      kind: 'identity',
      media_type: 'image/png',
      size: 1,
      at: monday,
      by: 'hr',
      record_id: record,
    },
    message,
    Buffer.from(message),
  )
  putAside(place, { ...head, type: 'odd', id: 'o-1', why: 'unknown', candidateId: person, data: { text: message } })
  for (const about of [{ applicationId: application }, { recordId: record }]) {
    enqueue(
      place,
      { kind: 'stage', id: crypto.randomUUID(), body: { application_id: queued, stage: 'new' }, ...about },
      monday,
    )
  }
  const { db } = store
  // What came before the person did names no record.
  putAside(place, { ...head, type: 'odd', id: plantedIds.early, candidateId: person, data: { text: message } })
  db.run("UPDATE aside_change SET record_id = NULL WHERE type = 'odd' AND id = ?", plantedIds.early)
  const slot =
    db.get<{ key_slot: string }>('SELECT key_slot FROM application WHERE id = ?', application)?.key_slot ?? ''
  const said = { application_id: application, at: monday, kind: 'chat', author: 'candidate', account: null } as const
  putMessage(db, keystore, slot, { id: plantedIds.message, ...said, state: 'received', text: message })
  // Its last word is 175 days old: it goes with the days of a conversation.
  putConsultation(db, place.asideKey, {
    id: plantedIds.consultation,
    thread_id: plantedIds.consultation,
    at: monday - 175 * 86_400_000,
    author: 'user',
    state: 'received',
    hidden: [],
    alias: message,
    topic: message,
    text: message,
  })
  const box = (column: string): Uint8Array =>
    keystore.seal(slot, aad('background_check', column, 'b'), Buffer.from(JSON.stringify(message)))
  db.run(
    `INSERT INTO background_check (id, application_id, state, asked_at, provider, scope, by, sealed_reference, sealed)
     VALUES ('b', ?, 'reported', 0, '背调公司', '[]', 'hr', ?, ?)`,
    application,
    box('sealed_reference'),
    box('sealed'),
  )
  const [a = '', b = ''] = [record, other].sort()
  db.run(
    `INSERT INTO record_link (id, record_a, record_b, basis, verdict, at, by) VALUES ('l', ?, ?, '["phone"]', 'linked', 0, 'hr')`,
    a,
    b,
  )
  const recordSlot = db.get<{ key_slot: string }>(
    'SELECT key_slot FROM candidate WHERE record_id = ?',
    record,
  )?.key_slot
  db.run(
    `INSERT INTO pool_member (record_id, pool, application_id, channel, evidence_at, consented_at, until, consent_id, by, sealed)
     VALUES (?, '池', ?, 'direct', 0, 0, ?, 'k', 'hr', ?)`,
    record,
    application,
    monday + 86_400_000,
    keystore.seal(recordSlot ?? '', aad('pool_member', 'sealed', `${record}/池`), Buffer.from(message)),
  )
  db.run(
    `INSERT INTO share_act (id, record_id, at, by, recipient, reason, consent_id, types, sealed)
     VALUES (?, ?, 0, 'hr', '南山咨询', 'consent', 'k', '["name"]', ?)`,
    plantedIds.share,
    record,
    keystore.seal(
      recordSlot ?? '',
      aad('share_act', 'sealed', plantedIds.share),
      Buffer.from(JSON.stringify({ contact: '前台', purpose: message, method: '当面' })),
    ),
  )
  const colleague = { application_id: application, account: 'acc-2', account_name: '周岚', at: 0 }
  putAssignment(db, { ...colleague, by: 'hr' })
  db.run(
    `INSERT INTO mention (note_id, account, application_id, at)
     SELECT id, 'acc-2', application_id, 0 FROM note WHERE application_id = ? LIMIT 1`,
    application,
  )
  db.run(
    `INSERT INTO consent (id, platform, platform_id, rev, purpose, granted) VALUES (?, 'direct', ?, 1, 'x', 1)`,
    plantedIds.consent,
    person,
  )
  db.run(
    `INSERT INTO legal_hold (id, platform, platform_id, rev, until, by, approver) VALUES (?, 'direct', ?, 1, 0, 'a', 'b')`,
    plantedIds.hold,
    person,
  )
  db.run(
    `INSERT INTO approval (id, rev, kind, record_id, application_id, asked_by, asked_at, state, sealed)
     VALUES (?, 1, 'hold', ?, ?, 'hr', 0, 'pending', ?)`,
    plantedIds.approval,
    record,
    application,
    keystore.seal(
      recordSlot ?? '',
      aad('approval', 'sealed', plantedIds.approval),
      Buffer.from(JSON.stringify(message)),
    ),
  )
  // Affected by an incident: the row goes with the person and leaves a count.
  db.run(
    `INSERT INTO incident (id, kind, at, discovered_at, from_at, to_at, draft_due_at, by, sealed)
     VALUES ('incident-1', 'other', ?, ?, ?, ?, ?, 'hr', ?)`,
    ...Array.from({ length: 5 }, () => monday),
    sealIncident(place.asideKey, 'incident-1', {
      title: '演练',
      parts: { facts_impact: '', measures: '', advice: '', remedies: '', contact: '' },
    }),
  )
  db.run(
    `INSERT INTO incident_person (incident_id, record_id, fields, first_at, last_at, seen)
     VALUES ('incident-1', ?, '["body"]', ?, ?, 1)`,
    record,
    monday,
    monday,
  )
  // A mail that they came by: what stays of it are hashes that name nobody.
  db.run(
    `INSERT INTO mailbox (id, at, by, switched_on, settings) VALUES ('mailbox-1', 0, 'hr', 0, '{"user":"hr@company.example"}')`,
  )
  insertCopy(db, {
    id: 'mail-1',
    mailbox_id: 'mailbox-1',
    folder: 'INBOX',
    uid_validity: '1',
    uid: 1,
    mail_at: monday,
    size: 1,
    mail_key: 'a'.repeat(64),
    message_hash: 'b'.repeat(64),
    result: 'imported',
    reason: null,
    at: monday,
    record_id: record,
    application_id: application,
    quarantine_id: null,
    state: 'kept',
  })
  for (const [type, id] of [
    ['candidate', person],
    ['application', application],
    ['message', plantedIds.kept],
    ['message', plantedIds.message],
    ['odd', plantedIds.early],
    ['consent', plantedIds.consent],
    ['share', plantedIds.share],
    ['hold', plantedIds.hold],
    ['approval', plantedIds.approval],
  ] as const)
    db.run('INSERT OR IGNORE INTO seen_rev (type, id, rev, deleted) VALUES (?, ?, 1, 0)', type, id)
  for (const type of ['attachment', 'note', 'scorecard'] as const) {
    db.run(
      `INSERT INTO seen_rev (type, id, rev, deleted) SELECT '${type}', id, 1, 0 FROM ${type} WHERE application_id = ?`,
      application,
    )
  }
  asModel(() =>
    putOutput(
      {
        core: home.core,
        now: monday,
        vault,
        account,
        store: db,
        index: account.index.reader,
      },
      {
        kind: 'evaluation',
        model: 'm',
        text: modelText,
        jobId: job,
        application: { id: application, key_slot: slot },
        own: { names: [], literal: [] },
      },
    ),
  )
  const spoken = { at: monday, by: 'hr' }
  putCorrection(
    db,
    keystore,
    { record_id: record, key_slot: recordSlot ?? '' },
    { field: 'summary', value: message },
    spoken,
  )
  putChoice(db, place.asideKey, {
    ...spoken,
    mark: 'ab'.repeat(32),
    kind: 'sender',
    platform: 'direct',
    jobId: job,
    source: 'email',
    origin: undefined,
    domain: 'example.com',
  })
  insertFolder(db, place.asideKey, {
    ...spoken,
    id: 'f',
    path: join(outside, 'not-there'),
    job_id: job,
    platform: null,
    source: 'hand_in',
    afterwards: 'leave',
  })
  db.run("INSERT INTO watched_file (folder_id, mark, at) VALUES ('f', ?, 1)", 'cd'.repeat(32))
  const path = join(outside, `${plainCopy}.txt`)
  writeFileSync(path, plainCopy)
  const to = { store: db, asideKey: place.asideKey, home: home.home, now: monday, by: 'hr', maxDays: 7 }
  registerFile(to, { recordId: record, applicationId: application, path })
  // A list with somebody else in it, too.
  const list = join(outside, `${plainCopy}.csv`)
  writeFileSync(list, `${plainCopy} list`)
  const among = { recordId: record, applicationId: application }
  registerFile(to, { recordId: '', applicationId: null, path: list, people: [among] })
}
