import { expect, it } from 'vitest'
import type { OpenedRecord } from '../../../../electron/core/candidates/open-record.ts'
import { guessNames, maskPage } from '../../../../electron/core/viewer/mask-page.ts'
import { maskedRules } from '../../../../electron/core/viewer/page-rules.ts'
import type { Page } from '../../../../electron/shared/domain/page-model.ts'

/** A platform that gives no name sends an alias; the file says the name on its first page, and again on others. */
const pageOf = (...lines: string[]): Page => ({
  width: 595,
  height: 842,
  runs: lines.map((text, index) => ({ x: 50, y: 50 + 20 * index, w: 200, size: 11, text })),
  boxes: [],
})
const recordOf = (alias: string) =>
  ({
    candidate: { origin: 'hub' },
    person: { resume: { basics: { name: alias }, meta: { cn: {} } }, contact: null },
  }) as unknown as OpenedRecord
const first = pageOf('白永康', '储备店长', '工作经历')
const later = pageOf('白永康的简历 第 2 页', '负责储备店长的培养')

const shown = (page: Page, before: Page | undefined, alias: string): string =>
  maskPage(page, { before }, { ...maskedRules(recordOf(alias), guessNames(first)), hides: () => true })
    .runs.map(({ text }) => text)
    .join('\n')

it('[ZP-29] hides on every page a name that stands on the first, where the platform gives an alias alone', () => {
  expect(shown(first, undefined, '白某')).not.toContain('白永康')
  expect(shown(later, first, '白某')).not.toContain('永康')
})

it('hides elsewhere only what has the surname of the alias, else whatever looks like a name', () => {
  expect(shown(later, first, '白先生')).toContain('储备店长')
  expect(shown(later, first, '')).not.toContain('永康')
})
