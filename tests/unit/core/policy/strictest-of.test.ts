import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareCells, strictestCell } from '../../../../electron/core/policy/versions/cell-strictness.ts'
import { compileProfile } from '../../../../electron/core/policy/profile/compile-profile.ts'
import { decide } from '../../../../electron/core/policy/decide.ts'
import { permissiveness } from '../../../../electron/core/policy/permissiveness.ts'
import { numberAt, profileNumbers } from '../../../../electron/core/policy/profile/profile-numbers.ts'
import type { Cell, Profile } from '../../../../electron/core/policy/profile/profile-schema.ts'
import { strictestOf } from '../../../../electron/core/policy/versions/strictest-of.ts'
import type { FieldName } from '../../../../electron/shared/domain/vocabulary.ts'
import { fieldName } from '../../../../electron/shared/domain/vocabulary.ts'
import { anyCell, anyRequest, twoProfiles } from './mutated-profile.fixture.ts'
import { profiles, requireProfile } from './policy-request.fixture.ts'

const told: Cell = ['reveal', 'full', 't', 'ZP-28', { if: 'told', else: ['alias', 'alias', 't', 'ZP-28'] }]

describe('strictestCell', () => {
  const cases: readonly (readonly [string, FieldName, Cell, Cell, Cell])[] = [
    ['keeps a cell that is stricter already', 'name', told, ['see', 'full', 't', 'ZP-21'], told],
    [
      'takes the other one where it is stricter, and says so',
      'name',
      ['reveal', 'full', 't', 'ZP-21'],
      ['masked', 'full', 't', 'ZP-30'],
      ['masked', 'full', 'e', 'ZP-30'],
    ],
    [
      'keeps the part that is not looser and replaces the part that is',
      'name',
      told,
      ['masked', 'full', 'd', 'D1'],
      ['masked', 'full', 'e', 'D1', { if: 'told', else: ['alias', 'alias', 't', 'ZP-28'] }],
    ],
    [
      'gives by no condition what only two together would give',
      'name',
      told,
      ['see', 'full', 'd', 'K12', { if: 'public', else: ['absent', 'full', 'd', 'K12'] }],
      ['alias', 'alias', 't', 'ZP-28', { if: 'public', else: ['absent', 'full', 'e', 'K12'] }],
    ],
    [
      'shows nothing where one gives a virtual number and the other some digits',
      'phone',
      ['VN', 'full', 't', 'ZP-22'],
      ['masked', 'full', 'd', 'MM-11'],
      ['absent', 'full', 'e', 'MM-11'],
    ],
    [
      'prefers the viewer without contacts to the whole file behind a reveal',
      'attachment',
      ['reveal', 'full', 't', 'ZP-20'],
      ['reveal', 'redacted', 't', 'ZP-29'],
      ['reveal', 'redacted', 'e', 'ZP-29'],
    ],
  ]
  it.each(cases)('%s', (_title, field, current, other, expected) => {
    expect(strictestCell(field, current, other)).toEqual(expected)
  })

  it('is nowhere looser than either, and neither than itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fieldName.options), anyCell, anyCell, (field, a, b) => {
        const strictest = strictestCell(field, a, b)
        expect(compareCells(field, strictest, a)).not.toBe('looser')
        expect(compareCells(field, strictest, b)).not.toBe('looser')
        expect(strictestCell(field, strictest, b)).toBe(strictest)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('strictestOf', () => {
  it('[ZP-106] shows no more than either profile in any situation, and keeps nothing longer', () => {
    const situations = fc
      .constantFrom(...fieldName.options)
      .chain((field) =>
        fc.tuple(fc.constant(field), twoProfiles, fc.array(anyRequest(), { minLength: 25, maxLength: 25 })),
      )
    fc.assert(
      fc.property(situations, ([field, [current, other], requests]) => {
        const strictest = strictestOf(current, other)
        const [a, b, both] = [current, other, strictest].map((one) => compileProfile(one))
        if (!a || !b || !both) throw new Error('three profiles')
        for (const request of requests) {
          const [shownA = 0, shownB = 0, shown = 0] = [a, b, both].map((profile) => {
            const decision = decide({ ...request, profile, field })
            return permissiveness(decision.state, decision.form)
          })
          expect(shown).toBeLessThanOrEqual(Math.min(shownA, shownB))
        }
        for (const number of profileNumbers) {
          const values = [current, other].map((one) => numberAt(one, number)?.value ?? 0)
          const strictestValue = number.stricter === 'lower' ? Math.min(...values) : Math.max(...values)
          expect(numberAt(strictest, number)?.value).toBe(strictestValue)
        }
      }),
      { numRuns: 250 },
    )
  }, 60_000)

  it('is the profile itself when the other one is the same or looser', () => {
    for (const { document } of profiles.values()) expect(strictestOf(document, document)).toEqual(document)
    fc.assert(
      fc.property(twoProfiles, ([a, b]) => {
        const strictest = strictestOf(a, b)
        expect(strictestOf(strictest, b)).toEqual(strictest)
        expect(strictestOf(strictest, a)).toEqual(strictest)
      }),
      { numRuns: 60 },
    )
  })

  it('[ZP-106] marks cells of the other profile, and takes its lists and its refusal of views from abroad', () => {
    const { document } = requireProfile('maimai')
    const other: Profile = {
      ...document,
      cells: { ...document.cells, body: {} },
      first_stage: { ...document.first_stage, hidden: ['body'], banded: ['name'], stages: ['offer'] },
      cache: { ...document.cache, card_channels: ['card'] },
      candidate_type: { kind: 'none', clause: 'QY-09' },
      sealed: { ...document.sealed, fields: ['id_number'] },
      region: { ...document.region, overseas_view: 'deny', clause: 'D16' },
      gates: { further: { by: ['required'], clause: 'D1' } },
      delivered_channels: ['delivered'],
      delivery: { scope: 'record', clauses: ['MM-28'] },
    }
    const strictest = strictestOf({ ...document, delivery: { scope: 'record', clauses: ['MM-28'] } }, other)
    expect(strictest.cells.body?.delivered?.hr).toEqual(['absent', 'full', 'e', 'D1'])
    expect(strictest.first_stage.hidden).toEqual([...document.first_stage.hidden, 'body'])
    expect(strictest.first_stage.banded).toEqual([...document.first_stage.banded, 'name'])
    expect(strictest.first_stage.stages).toEqual([...document.first_stage.stages, 'offer'])
    expect(strictest.cache.card_channels).toEqual([...document.cache.card_channels, 'card'])
    expect(strictest.candidate_type.kind).toBe('none')
    expect(strictest.sealed.fields).toEqual(document.sealed.fields)
    expect(strictest.region).toMatchObject({ overseas_view: 'deny', clause: 'D16' })
    expect(Object.keys(strictest.gates).sort()).toEqual([...Object.keys(document.gates), 'further'].sort())
    expect(strictest.delivered_channels).toEqual(['delivered'])
  })

  it('[MM-28] shows nothing by a channel that only one of two profiles binds to its job', () => {
    const { document } = requireProfile('maimai')
    const strictest = strictestOf(document, { ...document, delivered_channels: ['delivered'] })
    expect(strictest.delivered_channels).toEqual(document.delivered_channels)
    expect(strictest.cells.body?.emailed?.hr?.[0]).toBe('absent')
    expect(strictest.cells.body?.delivered?.hr?.[0]).toBe('see')
  })
})
