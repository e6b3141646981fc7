import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CompiledCell } from '../../electron/core/policy/profile/compile-profile.ts'
import { loadProfiles } from '../../electron/core/policy/profile/load-profiles.ts'
import type { Channel, FieldName, Platform } from '../../electron/shared/domain/vocabulary.ts'
import { fieldName } from '../../electron/shared/domain/vocabulary.ts'
import {
  matrixPeople,
  matrixPersonAt,
  matrixVariants,
  putMatrixPeople,
  type MatrixVariant,
} from '../fixtures/matrix-people.ts'
import {
  cellCodes,
  cellsOf,
  matrices,
  statedChannels,
  type Matrix,
  type MatrixCell,
} from '../fixtures/policy-matrices.ts'
import {
  expectCell,
  expectNowhere,
  explained,
  beginLooks,
  lookAt,
  openMatrixPlace,
  type Looked,
  type MatrixPlace,
} from '../helpers/matrix-core.ts'

/**
 * Every cell of `docs/policy-matrices.md` through the contract, behind a hub that keeps nothing back. The clause in a title is
 * the one that the shipped profile names for the cell; what has to be seen comes from the hand transcription.
 */
const profiles = loadProfiles(join(import.meta.dirname, '../../resources/profiles'))
let place: MatrixPlace
let seen: ReadonlyMap<string, Looked>

beforeAll(async () => {
  place = await openMatrixPlace()
  putMatrixPeople(place.hub)
})
afterAll(async () => {
  await place.close()
})

const lookedAt = (platform: Platform, name: Channel, variant: MatrixVariant): Looked => {
  const looked = seen.get(matrixPersonAt(platform, name, variant).id)
  if (looked === undefined) throw new Error('not looked at')
  return looked
}

/** The clause that the profile names, of the cell itself and of what it falls back to. */
const clausesOf = ({ platform, role }: Matrix, { field, channel: name }: MatrixCell): string => {
  let cell: CompiledCell | null | undefined = profiles.get(platform)?.cells[role][field][name]
  const clauses = new Set<string>()
  for (; cell; cell = cell.otherwise) clauses.add(cell.decision.clause)
  return [...clauses].map((clause) => `[${clause}]`).join(' ')
}

const wordsOf = ({ withAll, withNothing }: MatrixCell): string =>
  withAll === withNothing
    ? cellCodes[withAll].words
    : `${cellCodes[withAll].words}, or ${cellCodes[withNothing].words} without its condition`

const cellsByChannel = (matrix: Matrix): ReadonlyMap<Channel, readonly MatrixCell[]> =>
  Map.groupBy(cellsOf(matrix), (cell) => cell.channel)

/** As long as nobody can allow insights, nothing of them crosses. */
const insightsNow = (cell: MatrixCell): MatrixCell =>
  cell.field === 'insights' && !place.insights() ? { ...cell, withAll: '-', withNothing: '-' } : cell

const expectBoth = async (matrix: Matrix, cell: MatrixCell, cardOnly: boolean): Promise<void> => {
  const { field, withAll, withNothing } = insightsNow(cell)
  for (const [variant, code] of [
    ['all', withAll],
    ['nothing', withNothing],
  ] as const) {
    const looked = lookedAt(matrix.platform, cell.channel, variant)
    const open = variant === 'all'
    const { state, form } = cellCodes[code]
    expect(await explained(place.core, looked, field)).toEqual({ state, form })
    await expectCell(place.core, looked, { field, code, told: open, attached: open, cardOnly })
  }
}

const expectNothing = (matrix: Matrix, name: Channel): void => {
  for (const variant of matrixVariants) {
    const looked = lookedAt(matrix.platform, name, variant)
    for (const field of fieldName.options) expectNowhere(looked, field)
    expect([looked.row?.age_band, looked.detail?.age_band]).toEqual([undefined, undefined])
    expect(looked.detail?.attachments).toEqual([])
    const states = looked.detail?.why.map(({ state }) => state)
    expect(new Set(states)).toEqual(new Set(['absent']))
  }
}

describe.each(['hr', 'headhunter'] as const)('%s', (role) => {
  beforeAll(async () => {
    await place.enterAs(role)
    seen = await lookAt(place.core, matrixPeople)
  })

  for (const matrix of matrices.filter((one) => one.role === role)) {
    const stated = statedChannels(matrix)
    for (const [name, cells] of cellsByChannel(matrix)) {
      if (stated.includes(name)) {
        for (const cell of cells) {
          const title = `${clausesOf(matrix, cell)} ${matrix.platform}, ${role}, ${name}, ${cell.field}: ${wordsOf(cell)}`
          it(title, () => expectBoth(matrix, cell, false))
        }
      } else {
        it(`[D1] ${matrix.platform}, ${role}, ${name}: no such way there, so nothing shows`, () => {
          expectNothing(matrix, name)
        })
      }
    }
  }
})

/** The cells that tell what an administrator has, way by way. */
const adminCells = matrices
  .filter((one) => one.role === 'hr')
  .flatMap((matrix) => [...cellsByChannel(matrix)].map(([name, cells]) => ({ matrix, name, cells })))

describe('an admin without a reason', () => {
  beforeAll(async () => {
    await place.enterAs('admin')
    seen = await lookAt(place.core, matrixPeople)
  })

  /** All that a card holds (D17); a cell that hides more than the card does hides it here, too. */
  const onCard: readonly FieldName[] = ['name', 'birth_date', 'residence']

  for (const { matrix, name, cells } of adminCells) {
    it(`[D17] ${matrix.platform}, ${name}: a card and no content`, async () => {
      for (const variant of matrixVariants) {
        const looked = lookedAt(matrix.platform, name, variant)
        const { person, row } = looked
        expect(looked.code).toBe('E_PURPOSE')
        const shows = (field: FieldName): boolean =>
          cells.some((cell) => cell.field === field && (variant === 'all' ? cell.withAll : cell.withNothing) !== '-')
        expect(row).toBeDefined()
        expect([row?.name, row?.age_band, row?.city]).toEqual([
          shows('name') ? `${person.surname}某` : undefined,
          shows('birth_date') ? person.ageBand : undefined,
          shows('residence') ? person.city : undefined,
        ])
        const card = { ...looked, detail: row as never }
        for (const field of fieldName.options) {
          if (!onCard.includes(field)) {
            expectNowhere(card, field)
            expect([field, (await explained(place.core, looked, field)).state]).toEqual([field, 'absent'])
          }
        }
      }
    })
  }
})

describe('an admin with a reason', () => {
  beforeAll(async () => {
    await place.enterAs('admin')
    await beginLooks(place.core, matrixPeople)
    seen = await lookAt(place.core, matrixPeople)
  })

  for (const { matrix, name, cells } of adminCells) {
    if (!statedChannels(matrix).includes(name)) continue
    for (const cell of cells) {
      const title = `${clausesOf(matrix, cell)} [D17] ${matrix.platform}, ${name}, ${cell.field}: ${wordsOf(cell)}`
      it(title, () => expectBoth(matrix, cell, true))
    }
  }
})
