import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Components of the window are tested too; they name the contract as `@shared`.
  plugins: [vue()],
  resolve: { alias: { '@shared': fileURLToPath(new URL('electron/shared', import.meta.url)) } },
  test: {
    include: ['tests/{unit,integration,security}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
