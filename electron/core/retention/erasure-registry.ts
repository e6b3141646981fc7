/**
 * Every place in which data of a candidate may land, and how each is emptied. Whoever adds a place adds it here and to the
 * canary test in the same change; tests fail on a file, a table or a column that is in neither (`architecture.md`).
 */

/** What a column can hold, and what ends it. */
export type Holding =
  /** Ids, times, codes and counts of the program's own; nothing about a person. */
  | 'own'
  /** Names a person by an opaque id (the platform's or ours); the row goes with the person or the application. */
  | 'pseudonym'
  /** Sealed under the candidate's or the application's key; the key goes first, then the row. */
  | 'sealed'
  /** About a person in clear inside an encrypted file; the row goes, overwritten by `secure_delete`. */
  | 'clear'
  /** Keyed hashes; the key goes 12 months after destruction (D11). */
  | 'hash'

type Columns = Readonly<Record<string, Holding>>

export const erasureRegistry = {
  store: {
    // `missed_records` names records by our own ids until the next run.
    sync_state: { key: 'own', value: 'pseudonym' },
    job: {
      id: 'own',
      platform: 'own',
      origin: 'own',
      rev: 'own',
      title: 'own',
      department: 'own',
      city: 'own',
      status: 'own',
      kind: 'own',
      owner_id: 'own',
      headcount: 'own',
      salary: 'own',
      description: 'own',
      opened_at: 'own',
      status_at: 'own',
      last_activity_at: 'own',
      members: 'own',
    },
    candidate: {
      record_id: 'pseudonym',
      platform: 'own',
      platform_id: 'pseudonym',
      origin: 'own',
      rev: 'own',
      life: 'own',
      lock_reason: 'own',
      locked_at: 'own',
      visibility: 'own',
      flags: 'own',
      age_confirmed_at: 'own',
      received_at: 'own',
      checked_at: 'own',
      key_slot: 'own',
      sealed: 'sealed',
      version: 'own',
      indexed_version: 'own',
      policy_revision: 'own',
      sealed_fields: 'sealed',
    },
    application: {
      id: 'pseudonym',
      record_id: 'pseudonym',
      job_id: 'own',
      rev: 'own',
      channel: 'own',
      evidence: 'pseudonym',
      evidence_at: 'own',
      stage: 'own',
      stage_label: 'own',
      at: 'own',
      stage_at: 'own',
      decision: 'own',
      decided_at: 'own',
      attachment_state: 'own',
      key_slot: 'own',
      due_at: 'own',
      due_reason: 'own',
      due_clause: 'own',
      held_until: 'own',
    },
    attachment: {
      id: 'pseudonym',
      record_id: 'pseudonym',
      application_id: 'pseudonym',
      rev: 'own',
      media_type: 'own',
      size: 'own',
      sha256: 'hash',
      fetched: 'own',
      sealed_name: 'sealed',
    },
    attachment_chunk: { attachment_id: 'pseudonym', seq: 'own', sealed: 'sealed' },
    note: {
      id: 'pseudonym',
      record_id: 'pseudonym',
      application_id: 'pseudonym',
      at: 'own',
      author: 'own',
      sealed: 'sealed',
    },
    typed_reason: { id: 'pseudonym', record_id: 'pseudonym', at: 'own', sealed: 'sealed' },
    consent: {
      id: 'pseudonym',
      platform: 'own',
      platform_id: 'pseudonym',
      rev: 'own',
      purpose: 'own',
      granted: 'own',
      until: 'own',
      scope: 'own',
    },
    purpose: {
      record_id: 'pseudonym',
      job_id: 'own',
      legal_basis: 'own',
      at: 'own',
      by: 'own',
      sealed: 'sealed',
    },
    legal_hold: {
      id: 'pseudonym',
      platform: 'own',
      platform_id: 'pseudonym',
      rev: 'own',
      until: 'own',
      by: 'own',
      approver: 'own',
    },
    aside_change: {
      type: 'own',
      id: 'pseudonym',
      rev: 'own',
      op: 'own',
      at: 'own',
      why: 'own',
      problem: 'own',
      candidate_id: 'pseudonym',
      record_id: 'pseudonym',
      application_id: 'pseudonym',
      sealed: 'sealed',
    },
    seen_rev: { type: 'own', id: 'pseudonym', rev: 'own', deleted: 'own' },
    outbox: {
      id: 'own',
      seq: 'own',
      kind: 'own',
      at: 'own',
      record_id: 'pseudonym',
      application_id: 'pseudonym',
      sealed: 'sealed',
      state: 'own',
      attempts: 'own',
      next_at: 'own',
      problem: 'own',
    },
    quarantine: {
      id: 'own',
      at: 'own',
      reason: 'own',
      detail: 'own',
      extension: 'own',
      size: 'own',
      sha256: 'hash',
      attempts: 'own',
      key_slot: 'own',
      sealed_name: 'sealed',
      sealed: 'sealed',
    },
    pending_entry: { nonce: 'own', canonical: 'hash' },
    destruction_job: {
      id: 'own',
      platform: 'own',
      platform_id: 'pseudonym',
      record_id: 'pseudonym',
      record_slot: 'own',
      reason: 'own',
      clause: 'own',
      due_at: 'own',
      state: 'own',
      started_at: 'own',
      attempts: 'own',
      problem: 'own',
      counts: 'own',
      left_behind: 'own',
      entry_nonce: 'own',
    },
    destruction_part: { job_id: 'own', application_id: 'pseudonym', key_slot: 'own' },
    registered_file: {
      id: 'own',
      record_id: 'pseudonym',
      application_id: 'pseudonym',
      sealed_path: 'sealed',
      sha256: 'hash',
      size: 'own',
      expires_at: 'own',
      state: 'own',
    },
  },
  index: {
    list_row: {
      id: 'own',
      record_id: 'pseudonym',
      platform: 'own',
      newest_at: 'own',
      years: 'clear',
      degree: 'clear',
      city: 'clear',
      due_at: 'own',
      activity: 'clear',
      projection: 'clear',
    },
    row_application: {
      row_id: 'own',
      application_id: 'pseudonym',
      job_id: 'own',
      stage: 'own',
      channel: 'own',
      at: 'own',
    },
    document_text: { row_id: 'own', text: 'clear' },
    stale_row: { row_id: 'own' },
    // FTS5 and its shadow tables: own content with 'secure-delete', the only variant that leaves nothing.
    document: { tokens: 'clear' },
    document_data: { id: 'own', block: 'clear' },
    document_idx: { segid: 'own', term: 'clear', pgno: 'own' },
    document_content: { id: 'own', c0: 'clear' },
    document_docsize: { id: 'own', sz: 'own' },
    document_config: { k: 'own', v: 'own' },
  },
  ledger: {
    device: { id: 'own', device_id: 'own', verifier_key: 'own', sealed_seed: 'own', created_at: 'own' },
    entry_month: { month: 'own', first: 'own', dropped_at: 'own' },
    node: { position: 'own', level: 'own', idx: 'own', hash: 'own' },
    old_leaf: { i: 'own', leaf: 'own' },
    moved_nonce: { nonce: 'own', i: 'own' },
    destroying_slot: { slot: 'own' },
    checkpoint: { size: 'own', at: 'own', note: 'own' },
    cosignature: { size: 'own', witness: 'own', at: 'own', line: 'own' },
    witness_key: { verifier_key: 'own', first_at: 'own' },
    witness_head: { id: 'own', pushed: 'own' },
    clock_mark: { id: 'own', high_water: 'own', held_from: 'own' },
    policies: { id: 'own', json: 'own' },
    subject: {
      id: 'own',
      hash: 'hash',
      platform: 'own',
      candidate: 'pseudonym',
      slot: 'own',
      first_at: 'own',
      destroyed_at: 'own',
      until: 'own',
    },
    subject_entry: { subject: 'own', i: 'own' },
    subject_index: { id: 'own', indexed_size: 'own' },
    search_hit_day: { account: 'own', subject: 'own', day: 'own' },
    tombstone: {
      platform: 'own',
      candidate_hash: 'hash',
      destroyed_at: 'own',
      reason: 'own',
      clause: 'own',
      evidence_before: 'own',
      until: 'own',
    },
    certificate: { id: 'own', at: 'own', subject_hash: 'hash', json: 'hash' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Columns>>>>

export type RegisteredFile = keyof typeof erasureRegistry

/** Tables that SQLite or the log makes by themselves, by pattern: `entry_202611` is one a month. */
const generated: Readonly<Record<RegisteredFile, RegExp>> = {
  store: /^sqlite_/,
  index: /^sqlite_/,
  ledger: /^(sqlite_|entry_\d{6}$)/,
}

export const isRegistered = (file: RegisteredFile, table: string): boolean =>
  Object.hasOwn(erasureRegistry[file], table) || generated[file].test(table)

/** Columns of a registered table; undefined for a generated one. */
export const registeredColumns = (file: RegisteredFile, table: string): Columns | undefined => {
  const tables: Readonly<Record<string, Columns>> = erasureRegistry[file]
  return Object.hasOwn(tables, table) ? tables[table] : undefined
}

/** Files that may lie in a home, relative to it; `*` stands for an account's folder. */
export const registeredFiles: readonly RegExp[] = [
  /^kek\.json(\.new)?$/,
  /^keys\.[ab](\.new)?$/,
  /^ledger\.db(\.new)?(-wal|-shm|-journal)?$/,
  /^home\.lock(-journal)?$/,
  /^settings\.json(\.new)?$/,
  /^accounts\.bin(\.new)?$/,
  /^public-jobs\.json(\.new)?$/,
  /^accounts\/[0-9a-f]{32}\/(store|index)\.db(\.new)?(-wal|-shm|-journal)?$/,
  /^log\/(core|main)\.log(\.1)?$/,
]
