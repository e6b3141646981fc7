import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSteps, jobSteps } from '../../../electron/shared/domain/job-steps.ts'
import { stage } from '../../../electron/shared/domain/vocabulary.ts'
import { addDraft, shiftDraft, toDrafts, toSteps } from '../../../src/features/jobs/step-draft.ts'

describe('drafts of steps', () => {
  it('come back as they went, and say what is wrong with them', () => {
    expect(toSteps(toDrafts(defaultSteps))).toEqual(defaultSteps)
    const named = addDraft(toDrafts(defaultSteps), 'interview', 'second', '二面')
    expect(toSteps(named)).toHaveLength(defaultSteps.length + 1)
    expect(toSteps(addDraft(named, 'offer', 'third', '二面'))).toBe('name')
    expect(toSteps(addDraft(named, 'offer', 'third', ''))).toBe('name')
    expect(toSteps(named.map((draft) => (draft.id === 'second' ? { ...draft, limit: 'x' } : draft)))).toBe('figure')
  })

  it('stay a whole way, whatever is added, taken and moved', () => {
    const act = fc.record({
      at: fc.nat(40),
      by: fc.constantFrom(-1 as const, 1 as const),
      of: fc.constantFrom(...stage.options),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), (acts) => {
        let drafts = toDrafts(defaultSteps)
        acts.forEach(({ at, by, of }, number) => {
          if (number % 2 === 0) drafts = addDraft(drafts, of, `s-${number}`, `步骤 ${number}`)
          else drafts = shiftDraft(drafts, drafts[at % drafts.length]?.id ?? '', by)
        })
        expect(jobSteps.safeParse(toSteps(drafts)).success).toBe(true)
      }),
    )
  })
})
