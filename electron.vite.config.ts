import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const from = (...parts: string[]): string => resolve(import.meta.dirname, ...parts)

/** One file each in `out/main`: the processes that main starts, and the command line. */
const mainEntries = {
  index: 'electron/main/index.ts',
  'utility-entry': 'electron/main/core-host/utility-entry.ts',
  core: 'electron/core/index.ts',
  cli: 'electron/core/cli/main.ts',
  'index-worker': 'electron/core/search/index-worker.ts',
  'copy-worker': 'electron/core/backup/copy-worker.ts',
  parser: 'electron/parser/index.ts',
  hub: 'electron/hub/main.ts',
}

const present = Object.fromEntries(
  Object.entries(mainEntries)
    .map(([name, file]) => [name, from(file)] as const)
    .filter(([, file]) => existsSync(file)),
)

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20.18',
      minify: false,
      rollupOptions: { input: present, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script has no module loader.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: from('electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('src'),
    plugins: [vue()],
    resolve: { alias: { '@shared': from('electron/shared') } },
    build: {
      outDir: from('out/renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      // Everything by its own address: `data:` fonts and scripts would need holes in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4000,
      rollupOptions: { input: from('src/index.html') },
    },
  },
})
