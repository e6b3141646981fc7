import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import vueParser from 'vue-eslint-parser'
import { vueScriptsParser } from '../../../scripts/lint/vue-scripts-parser.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const parse = (component: string, change = (text: string): string => text) => {
  const filePath = join(root, 'src', component)
  const options = {
    filePath,
    projectService: true,
    extraFileExtensions: ['.vue'],
    tsconfigRootDir: root,
    sourceType: 'module',
    parser: vueScriptsParser,
  }
  return vueParser.parseForESLint(change(readFileSync(filePath, 'utf8')), options).services as unknown as {
    program: { getSourceFile(name: string): { text: string } | undefined }
  }
}

it('lints the scripts of all components with the types of one program, and a changed one by itself', () => {
  const { program } = parse('components/AppIcon.vue')
  expect(program.getSourceFile(join(root, 'src/components/AppIcon.vue.ts'))?.text).toContain('IconName')
  expect(parse('features/ledger/LedgerPage.vue').program).toBe(program)
  expect(parse('components/AppIcon.vue', (text) => text.replace('IconName', 'IconNames')).program).not.toBe(program)
})
