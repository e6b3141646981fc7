import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadProfiles } from '../../../../electron/core/policy/profile/load-profiles.ts'
import { retentionReason } from '../../../../electron/shared/domain/vocabulary.ts'
import {
  groundOfReason,
  legalGrounds,
  statedGround,
  type LegalGround,
} from '../../../../electron/shared/retention/destruction-grounds.ts'

const grounds = Object.keys(legalGrounds) as LegalGround[]

describe('the legal ground of a destruction', () => {
  it('[ZP-79] [QY-40] [MM-41] every reason has one of the five, and every one of the five has a reason', () => {
    expect(grounds).toHaveLength(5)
    expect(Object.keys(groundOfReason).toSorted()).toEqual([...retentionReason.options].toSorted())
    for (const reason of retentionReason.options) expect(grounds).toContain(groundOfReason[reason])
    for (const ground of grounds) expect(Object.values(groundOfReason)).toContain(ground)
  })

  it('names a clause that stands in the catalogue, for every platform', () => {
    const clauses = readFileSync(new URL('../../../../docs/clauses.md', import.meta.url), 'utf8')
    const profiles = loadProfiles(fileURLToPath(new URL('../../../../resources/profiles', import.meta.url)))
    for (const { document } of profiles.values())
      expect(clauses).toMatch(new RegExp(`^\\| ${document.requests.deletion_clause} `, 'm'))
    expect(profiles.get('maimai')?.document.requests.deletion_clause).toBe('MM-41')
    expect(profiles.get('lagou')?.document.requests.deletion_clause).toBe('ZP-79')
  })

  it('[ZP-79] what a person takes back is a withdrawn consent, what has run out is a term that ended', () => {
    expect(statedGround('hidden', 'ZP-79')).toEqual({ code: 'consent_withdrawn', clause: 'ZP-79', law: 'PIPL 47(3)' })
    expect(statedGround('pool_ended', 'MM-41')).toEqual({
      code: 'service_or_term_ended',
      clause: 'MM-41',
      law: 'PIPL 47(2)',
    })
  })
})
