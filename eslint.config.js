import vue from 'eslint-plugin-vue'
import vueAccessibility from 'eslint-plugin-vuejs-accessibility'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { processBoundaries } from './scripts/lint/process-boundaries.mjs'
import { vueScriptsParser } from './scripts/lint/vue-scripts-parser.mjs'

const scripts = ['**/*.{js,mjs}']
const typed = ['**/*.{ts,vue}']

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'One environment.ts a process reads the environment.',
}
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
const noFocusedTest = {
  selector: "MemberExpression[property.name='only'][object.name=/^(it|test|describe)$/]",
  message: 'A focused test hides all others.',
}

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', '.runtime/**', 'test-results/**', 'node_modules/**', 'resources/portal/**'] },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    plugins: { '@typescript-eslint': tseslint.plugin, candor: { rules: { 'process-boundaries': processBoundaries } } },
  },
  {
    files: scripts,
    rules: { 'no-undef': 'off', 'no-unused-vars': 'error', 'max-lines': ['error', 400] },
  },
  ...vue.configs['flat/essential'].map((config) => ({ ...config, files: ['**/*.vue'] })),
  ...vueAccessibility.configs['flat/recommended'].map((config) => ({ ...config, files: ['**/*.vue'] })),
  {
    files: typed,
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] },
    },
    rules: {
      'candor/process-boundaries': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-debugger': 'error',
      'no-eval': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', noEnvironment, noDefaultExport],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: vueScriptsParser } },
    rules: {
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      // A lock screen has one field; the cursor belongs there.
      'vuejs-accessibility/no-autofocus': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'vue/component-api-style': ['error', ['script-setup']],
      // A component of one file is exported by default; the compiler writes that itself for `<script setup>`.
      'no-restricted-syntax': ['error', noEnvironment],
    },
  },
  { files: ['**/environment.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport] } },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['electron/{main,preload,parser}/**/*.ts', 'src/**'], rules: { 'no-console': 'error' } },
  {
    files: ['tests/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noFocusedTest] },
  },
)
