import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// `npx vite tests/unit/src/fake-page` shows the window with a bridge that invents its answers.
const root = fileURLToPath(new URL('.', import.meta.url))
const repository = fileURLToPath(new URL('../../../..', import.meta.url))
export default defineConfig({
  root,
  plugins: [vue()],
  resolve: { alias: { '@shared': `${repository}electron/shared` } },
  server: { fs: { allow: [repository] } },
})
