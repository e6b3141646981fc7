import type { Migration } from 'kysely/migration'
import type { CandidateKeys } from '../keys/candidate-keys.ts'
import { ground } from './migrations/0001-ground.ts'
import { portal } from './migrations/0002-portal.ts'
import { logNodes } from './migrations/0003-log-nodes.ts'
import { logFaults } from './migrations/0004-log-faults.ts'
import { accounts } from './migrations/0006-accounts.ts'
import { sealedWords } from './migrations/0005-sealed-words.ts'
import { secondFactors } from './migrations/0007-second-factors.ts'
import { approvals } from './migrations/0008-approvals.ts'
import { filing } from './migrations/0010-filing.ts'
import { service } from './migrations/0011-service.ts'
import { narrowFeeds } from './migrations/0012-narrow-feeds.ts'
import { storage } from './migrations/0013-storage.ts'
import { contentLooks } from './migrations/0014-content-looks.ts'
import { sharing } from './migrations/0009-sharing.ts'

/** The migration after which the table of records is written anew. */
export const sealedWordsName = '0005-sealed-words'

/**
 * In their order, never edited after release; plain SQL that both engines take. `keys` for what has to be sealed on the
 * way.
 */
export const migrations = (keys: CandidateKeys): Record<string, Migration> => ({
  '0001-ground': ground,
  '0002-portal': portal,
  '0003-log-nodes': logNodes,
  '0004-log-faults': logFaults,
  [sealedWordsName]: sealedWords(keys),
  '0006-accounts': accounts,
  '0007-second-factors': secondFactors,
  '0008-approvals': approvals,
  '0009-sharing': sharing,
  '0010-filing': filing,
  '0011-service': service,
  '0012-narrow-feeds': narrowFeeds,
  '0013-storage': storage,
  '0014-content-looks': contentLooks,
})
