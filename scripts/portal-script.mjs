#!/usr/bin/env node
// Writes `resources/portal/verify.js`, the one script of the candidate's page, from `src/portal`. To be run after a change there
// or in `electron/shared/ledger`; a test keeps the two the same.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { root } from './setup/paths.mjs'

export const portalScriptPath = join(root, 'resources', 'portal', 'verify.js')

const licences = `/*! Checks the proofs of a view log. Contains @noble/curves and @noble/hashes, (c) Paul Miller, MIT. */\n`

/** The script as text: one module, readable, without addresses of this machine. */
export const buildPortalScript = async () => {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'electron', 'shared') } },
    build: {
      write: false,
      target: 'es2022',
      minify: 'oxc',
      modulePreload: false,
      lib: { entry: join(root, 'src', 'portal', 'verify.ts'), formats: ['es'], fileName: 'verify' },
    },
  })
  const [output] = [built].flat()
  return licences + output.output[0].code
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(dirname(portalScriptPath), { recursive: true })
  writeFileSync(portalScriptPath, await buildPortalScript())
}
