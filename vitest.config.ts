import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { postgresBinaries } from './tests/helpers/postgres-server.ts'

/** What a hub answers, whichever engine it runs on: these files run on both. */
const hubContract = ['administration', 'isolation', 'looks', 'once', 'push', 'requests', 'storage', 'sync'].map(
  (name) => `tests/integration/hub-${name}.test.ts`,
)

const postgres = {
  extends: true as const,
  test: {
    name: 'postgres',
    include: hubContract,
    globalSetup: 'tests/helpers/postgres-project.ts',
    setupFiles: 'tests/helpers/use-postgres.ts',
  },
}

export default defineConfig({
  // Components of the window are tested too; they name the contract as `@shared`.
  plugins: [vue()],
  resolve: { alias: { '@shared': fileURLToPath(new URL('electron/shared', import.meta.url)) } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'candor', include: ['tests/{unit,integration,security}/**/*.test.ts'] } },
      ...(postgresBinaries() === undefined ? [] : [postgres]),
    ],
  },
})
