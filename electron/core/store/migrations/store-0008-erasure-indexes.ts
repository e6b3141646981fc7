import type { Migration } from '../migrate.ts'

/** A destruction looks for what belongs to one person; without these it read what belongs to everybody. */
export const storeErasureIndexes: Migration = {
  version: 8,
  name: 'erasure indexes',
  up: (connection) => {
    connection.exec(`
      CREATE INDEX aside_change_record ON aside_change (record_id) WHERE record_id IS NOT NULL;
      CREATE INDEX consent_platform_id ON consent (platform_id);
      CREATE INDEX legal_hold_platform_id ON legal_hold (platform_id);
    `)
  },
}
