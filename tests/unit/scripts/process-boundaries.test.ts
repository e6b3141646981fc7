import { join } from 'node:path'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import { processBoundaries } from '../../../scripts/lint/process-boundaries.mjs'

const root = join(import.meta.dirname, '..', '..', '..')

const complaints = (file: string, text: string): string[] =>
  new Linter({ cwd: root })
    .verify(
      text,
      {
        files: ['**/*.ts'],
        plugins: { candor: { rules: { boundaries: processBoundaries } } },
        rules: { 'candor/boundaries': 'error' },
      },
      join(root, file),
    )
    .map(({ message }) => message)

describe('the lint rule that keeps the processes apart', () => {
  it.each([
    ['electron/core/x.ts', "import '../main/log.ts'"],
    ['electron/core/x.ts', "import 'electron'"],
    ['electron/core/a/b/x.ts', "export * from '../../../hub/main.ts'"],
    ['electron/hub/x.ts', "import '../core/context.ts'"],
    ['electron/parser/x.ts', "await import('../core/context.ts')"],
    ['electron/main/x.ts', "import '../core/context.ts'"],
    ['electron/shared/x.ts', "import 'node:fs'"],
    ['electron/shared/x.ts', "import 'fs/promises'"],
    ['electron/shared/x.ts', "import '../core/context.ts'"],
    ['electron/preload/x.ts', "import 'node:fs'"],
    ['src/x.ts', "import '../electron/core/context.ts'"],
    ['src/x.ts', "import 'electron'"],
  ])('%s may not say: %s', (file, text) => {
    expect(complaints(file, text)).toHaveLength(1)
  })

  it.each([
    ['electron/core/a/x.ts', "import '../b/y.ts'; import '../../shared/clock.ts'; import 'node:fs'; import 'zod'"],
    ['electron/main/x.ts', "import 'electron'; import '../shared/clock.ts'"],
    ['electron/shared/domain/x.ts', "import '../clock.ts'; import 'zod'"],
    ['src/features/x.ts', "import '../ipc/api.ts'; import '@shared/domain/ids.ts'; import 'vue'"],
    ['tests/unit/x.ts', "import '../../electron/core/context.ts'; import '../../electron/main/log.ts'"],
  ])('%s may say: %s', (file, text) => {
    expect(complaints(file, text)).toEqual([])
  })
})
