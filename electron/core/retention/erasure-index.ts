import { documentTables } from '../search/document-shards.ts'
import type { Columns } from './erasure-holding.ts'

/** FTS5 and its shadow tables: own content with 'secure-delete', the only variant that leaves nothing. */
const searchHoldings = (table: string): Readonly<Record<string, Columns>> => ({
  [table]: { tokens: 'clear' },
  [`${table}_data`]: { id: 'own', block: 'clear' },
  [`${table}_idx`]: { segid: 'own', term: 'clear', pgno: 'own' },
  [`${table}_content`]: { id: 'own', c0: 'clear' },
  [`${table}_docsize`]: { id: 'own', sz: 'own' },
  [`${table}_config`]: { k: 'own', v: 'own' },
})

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
  ...(Object.assign({}, ...documentTables.map(searchHoldings)) as Readonly<Record<string, Columns>>),
} as const satisfies Readonly<Record<string, Columns>>
