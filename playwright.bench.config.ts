import { defineConfig } from '@playwright/test'

/** `npm run bench -- --window`: figures of the real window; they are printed and never fail a test. */
export default defineConfig({
  testDir: 'tests/e2e/bench',
  outputDir: 'test-results/playwright-bench',
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
})
