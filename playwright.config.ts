import { defineConfig } from '@playwright/test'

/** Tests in the real window. `npm test` gives them a screen (Xvfb); by hand: `xvfb-run -a npx playwright test`. */
export default defineConfig({
  testDir: 'tests/e2e/specs',
  outputDir: 'test-results/playwright',
  globalSetup: './tests/e2e/fixtures/sandbox-template.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A window mostly waits for its page; a third one would make the others slow enough to look broken.
  workers: 2,
  fullyParallel: false,
  // A second try for a window that a busy machine kept waiting; what fails twice is broken.
  retries: 1,
  forbidOnly: true,
  reporter: 'list',
})
