import { expect, it } from 'vitest'
import { countedKinds } from '../../../../electron/core/retention/destruction-rows.ts'
import { retentionReason } from '../../../../electron/shared/domain/vocabulary.ts'
import { legalGrounds } from '../../../../electron/shared/retention/destruction-grounds.ts'
import { destructionWords } from '../../../../electron/shared/retention/destruction-words.ts'

it('everything that a certificate says has a word in both languages', () => {
  for (const { counts, retention, ground } of Object.values(destructionWords)) {
    expect(countedKinds.filter((kind) => !(kind in counts))).toEqual([])
    expect(retentionReason.options.filter((reason) => !(reason in retention))).toEqual([])
    expect(Object.keys(legalGrounds).filter((code) => !(code in ground))).toEqual([])
  }
})
