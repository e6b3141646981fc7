import type { Columns } from './erasure-holding.ts'

/** What `index.db` holds of a person, and how (`erasure-registry.ts`). */
export const indexHoldings = {
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
    school: 'clear',
    salary: 'clear',
  },
  row_application: {
    row_id: 'own',
    application_id: 'pseudonym',
    job_id: 'own',
    stage: 'own',
    channel: 'own',
    at: 'own',
    score: 'clear',
  },
  row_skill: { row_id: 'own', skill: 'clear', label: 'clear' },
  row_pinyin: { row_id: 'own', word: 'clear' },
  person_hash: { row_id: 'own', kind: 'own', hash: 'hash' },
  document_text: { row_id: 'own', text: 'clear' },
  stale_row: { row_id: 'own' },
  // FTS5 and its shadow tables: own content with 'secure-delete', the only variant that leaves nothing.
  document: { tokens: 'clear' },
  document_data: { id: 'own', block: 'clear' },
  document_idx: { segid: 'own', term: 'clear', pgno: 'own' },
  document_content: { id: 'own', c0: 'clear' },
  document_docsize: { id: 'own', sz: 'own' },
  document_config: { k: 'own', v: 'own' },
} as const satisfies Readonly<Record<string, Columns>>
