import { defineConfig } from '@playwright/test'

/** `npm run screens`: writes pictures, so it is no part of `npm test`. */
export default defineConfig({
  testDir: 'tests/e2e/screens',
  outputDir: 'test-results/playwright-screens',
  globalSetup: './tests/e2e/fixtures/sandbox-template.ts',
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
})
