import type { Migration } from 'kysely/migration'
import { sql, type Kysely } from 'kysely'
import { buildStoredNodes } from '../log-tree/build-stored-nodes.ts'
import type { CandidateKeys } from '../keys/candidate-keys.ts'
import { sealStoredWords } from '../records/seal-stored-words.ts'
import type { HubSchema } from './schema.ts'

/** Never edited after release. Plain SQL that both engines take. */
const statements0001 = [
  `create table employer (employer_id text primary key, name text not null, rev integer not null, epoch text not null,
     officer_named boolean not null)`,
  `create table account (employer_id text not null references employer, id text not null, login text not null unique,
     name text not null, email text, role text not null, status text not null, quotas jsonb not null,
     verification jsonb not null, agency jsonb, licence_until text, password_hash text not null, feed integer not null,
     primary key (employer_id, id))`,
  `create table session (employer_id text not null, id text not null, account_id text not null, device_id text,
     access_hash text not null unique, access_until double precision not null, refresh_hash text not null unique,
     previous_refresh_hash text, refresh_until double precision not null, revoked boolean not null,
     primary key (employer_id, id))`,
  `create index session_previous on session (previous_refresh_hash)`,
  `create table device_grant (employer_id text not null, id text not null, device_hash text not null unique,
     user_code text not null unique, account_id text, status text not null, until double precision not null,
     polled_at double precision not null, primary key (employer_id, id))`,
  `create table device (employer_id text not null, id text not null, account_id text not null, name text not null,
     os text not null, app_version text not null, log_key text not null, revoked boolean not null,
     seen_at double precision not null, primary key (employer_id, id))`,
  `create table record (employer_id text not null, type text not null, id text not null, rev integer not null,
     at double precision not null, deleted boolean not null, candidate_id text, application_id text, data jsonb,
     sealed bytea, internal jsonb, primary key (employer_id, type, id))`,
  `create unique index record_feed on record (employer_id, rev)`,
  `create index record_candidate on record (employer_id, candidate_id, type)`,
  `create table record_key (employer_id text not null, candidate_id text not null, wrapped bytea,
     destroyed_at double precision, primary key (employer_id, candidate_id))`,
  `create table attachment_bytes (employer_id text not null, id text not null, candidate_id text not null,
     sealed bytea not null, primary key (employer_id, id))`,
  `create index attachment_candidate on attachment_bytes (employer_id, candidate_id)`,
  `create table holding (employer_id text not null, candidate_id text not null, account_id text not null,
     device_id text not null, primary key (employer_id, candidate_id, account_id, device_id))`,
  `create table outbox_item (employer_id text not null, id text not null, account_id text not null,
     at double precision not null, result jsonb not null, primary key (employer_id, account_id, id))`,
  `create table certificate (employer_id text not null, id text not null, candidate_id text not null,
     device_id text not null, at double precision not null, body jsonb not null, primary key (employer_id, id))`,
  `create table subject (employer_id text not null, candidate_id text not null, platform text not null, evidence text,
     account_id text not null, primary key (employer_id, candidate_id))`,
  `create table log_head (employer_id text not null, device_id text not null, size integer not null, peaks jsonb not null,
     root text not null, checkpoint text not null, cosignature text not null, primary key (employer_id, device_id))`,
  `create table log_leaf (employer_id text not null, device_id text not null, i integer not null,
     at double precision not null, action text not null, outcome text not null, account_id text not null, subject text,
     entry text not null, primary key (employer_id, device_id, i))`,
  `create index log_leaf_subject on log_leaf (employer_id, subject)`,
  `create table log_subject (employer_id text not null, device_id text not null, subject text not null,
     candidate_id text not null, drop_at double precision, primary key (employer_id, device_id, subject))`,
  `create index log_subject_candidate on log_subject (employer_id, candidate_id)`,
  `create table candidate_link (employer_id text not null, id text not null, candidate_id text not null,
     token_hash text not null unique, until double precision not null, revoked boolean not null,
     primary key (employer_id, id))`,
  `create table invitation_token (employer_id text not null, id text not null, token_hash text not null unique,
     until double precision not null, used boolean not null, primary key (employer_id, id))`,
]

/** What the candidate's pages and the list of links need. Links made before have no maker and no channel. */
const statements0002 = [
  `alter table log_leaf add column received_at double precision`,
  `alter table candidate_link add column created_at double precision`,
  `alter table candidate_link add column created_by text`,
  `alter table candidate_link add column channel text`,
  `alter table candidate_link add column ended_at double precision`,
  `alter table candidate_link add column ended_by text`,
  `create index candidate_link_person on candidate_link (employer_id, candidate_id)`,
  `create index certificate_person on certificate (employer_id, candidate_id)`,
]

/** The tree's nodes of each device's log. */
const statements0003 = [
  `create table log_node (employer_id text not null, device_id text not null, level integer not null,
     idx integer not null, hash bytea not null, primary key (employer_id, device_id, level, idx))`,
]

/** What was found wrong with a device's log, and when its head was taken in. */
const statements0004 = [
  `create table log_fault (employer_id text not null, device_id text not null, kind text not null, held integer not null,
     claimed integer not null, account_id text not null, first_at double precision not null,
     last_at double precision not null, primary key (employer_id, device_id, kind, held))`,
  `alter table log_head add column taken_at double precision`,
]

/** From here on words of requests, consents, holds and approvals lie sealed. */
export const sealedWords = '0005-sealed-words'

/** In their order; `keys` for what has to be sealed on the way. */
export const migrations = (keys: CandidateKeys): Record<string, Migration> => ({
  '0001-ground': {
    async up(db) {
      for (const statement of statements0001) await sql.raw(statement).execute(db)
    },
  },
  '0002-portal': {
    async up(db) {
      for (const statement of statements0002) await sql.raw(statement).execute(db)
    },
  },
  '0003-log-nodes': {
    async up(db: Kysely<HubSchema>) {
      for (const statement of statements0003) await sql.raw(statement).execute(db)
      await buildStoredNodes(db)
    },
  },
  '0004-log-faults': {
    async up(db) {
      for (const statement of statements0004) await sql.raw(statement).execute(db)
    },
  },
  [sealedWords]: {
    async up(db: Kysely<HubSchema>) {
      await sealStoredWords(db, keys)
    },
  },
})
