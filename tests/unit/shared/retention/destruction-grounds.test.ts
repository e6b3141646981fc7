import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { platform, retentionReason } from '../../../../electron/shared/domain/vocabulary.ts'
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
    for (const of of platform.options)
      expect(clauses).toMatch(new RegExp(`^\\| ${statedGround('hired', of).clause} `, 'm'))
  })

  it('[ZP-79] what a person takes back is a withdrawn consent, what has run out is a term that ended', () => {
    expect(statedGround('hidden', 'zhaopin')).toEqual({ code: 'consent_withdrawn', clause: 'ZP-79', law: 'PIPL 47(3)' })
    expect(statedGround('pool_ended', 'maimai')).toEqual({
      code: 'service_or_term_ended',
      clause: 'MM-41',
      law: 'PIPL 47(2)',
    })
  })
})
