import { describe, expect, it } from 'vitest'
import { decide } from '../../../../electron/core/policy/decide.ts'
import { channel, fieldName, platform } from '../../../../electron/shared/domain/vocabulary.ts'
import { cellCodes, cellsOf, matrices } from '../../../fixtures/policy-matrices.ts'
import { fullVia, openRequest, via } from './policy-request.fixture.ts'

describe.each(matrices)('$title', (matrix) => {
  const cells = cellsOf(matrix)

  it('shows every cell as the table says, when the evidence carries everything', () => {
    const differing = cells.flatMap(({ field, channel: name, withAll }) => {
      const request = openRequest(matrix.platform, { role: matrix.role, channels: [fullVia(name)] })
      const { state, form } = decide({ ...request, field })
      const expected = cellCodes[withAll]
      return state === expected.state && form === expected.form
        ? []
        : [`${field} ${name}: ${state} ${form}, expected ${withAll}`]
    })
    expect(differing).toEqual([])
  })

  it('shows every cell as the table says, when nothing was told, sent, published or allowed', () => {
    const open = openRequest(matrix.platform, { role: matrix.role })
    const settings = { ...open.settings, allowCall: false, publicFields: [] }
    const differing = cells.flatMap(({ field, channel: name, withNothing }) => {
      const { state, form } = decide({ ...open, settings, channels: [via(name)], field })
      const expected = cellCodes[withNothing]
      return state === expected.state && form === expected.form
        ? []
        : [`${field} ${name}: ${state} ${form}, expected ${withNothing}`]
    })
    expect(differing).toEqual([])
  })
})

describe('own intake', () => {
  it('names no cell as the text of a platform', () => {
    for (const field of fieldName.options) {
      for (const name of channel.options) {
        for (const role of ['hr', 'headhunter'] as const)
          expect(decide({ ...openRequest('direct', { role, channels: [fullVia(name)] }), field }).source).toBe('d')
      }
    }
  })
})

describe.each(platform.options)('%s', (name) => {
  it.each(['visitor', 'unverified'] as const)('[ZP-03] [ZP-42] shows no field by any channel to a %s', (role) => {
    for (const field of fieldName.options) {
      for (const one of channel.options) {
        const { state } = decide({ ...openRequest(name, { role, channels: [fullVia(one)] }), field })
        expect([field, one, state]).toEqual([field, one, 'absent'])
      }
    }
  })
})
