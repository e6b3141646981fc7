import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { CandidateKeys } from '../../keys/candidate-keys.ts'
import { sealStoredWords } from '../../records/seal-stored-words.ts'
import type { HubSchema } from '../schema.ts'

/** From here on words of requests, consents, holds and approvals lie sealed. */
export const sealedWords = (keys: CandidateKeys): Migration => ({
  async up(db: Kysely<HubSchema>) {
    await sealStoredWords(db, keys)
  },
})
