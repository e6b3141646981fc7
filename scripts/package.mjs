#!/usr/bin/env node
// npm run package: an unpacked program for this system, in dist/.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setUp } from './setup.mjs'
import { build } from './setup/build.mjs'
import { modules, node24 } from './setup/paths.mjs'
import { main, run, SetupError } from './setup/run-process.mjs'

const say = (message) => console.log(`package: ${message}`)
const platform = { linux: '--linux', win32: '--win', darwin: '--mac' }[process.platform] ?? '--linux'

/**
 * The stand-in is too old for the store (Node-API < 10): core runs on Node 24 there, which can neither be left out nor read
 * an archive. Such a package shows that packaging works; it is not shipped.
 */
const standInOptions = (runtime) => [
  '-c.asar=false',
  `-c.electronVersion=${runtime.version}`,
  `-c.extraResources.from=${node24}`,
  `-c.extraResources.to=${process.platform === 'win32' ? 'node/node.exe' : 'node/node'}`,
  '-c.electronFuses.onlyLoadAppFromAsar=false',
  '-c.electronFuses.enableEmbeddedAsarIntegrityValidation=false',
]

await main(async () => {
  const runtime = await setUp()
  await build(say)
  const isStandIn = runtime.kind === 'stand-in'
  if (isStandIn) say(`with the stand-in Electron ${runtime.version}: for a test of the package, not for anybody's desk`)
  const dist = isStandIn ? runtime.cached : runtime.dist
  const { code, complaint } = await run(
    node24,
    [
      join(modules, 'electron-builder', 'cli.js'),
      platform,
      'dir',
      '--publish=never',
      ...(existsSync(dist) ? [`-c.electronDist=${dist}`] : []),
      ...(isStandIn ? standInOptions(runtime) : []),
      ...process.argv.slice(2),
    ],
    { quiet: true },
  )
  if (code !== 0) throw new SetupError(`electron-builder failed:\n${complaint.trim()}`)
  say('done: the program lies in dist/')
})
