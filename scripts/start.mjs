#!/usr/bin/env node
// Opens the workstation; on a fresh clone it installs and builds first. Arguments go on to the program.
import { setUp } from './setup.mjs'
import { build } from './setup/build.mjs'
import { main, run, SetupError } from './setup/run-process.mjs'

const say = (message) => console.log(`start: ${message}`)

await main(async () => {
  const runtime = await setUp()
  await build(say)
  const isLinux = process.platform === 'linux'
  if (isLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new SetupError(
      'There is no screen here (DISPLAY is not set). Start it in a desktop session, or with `xvfb-run -a npm start`.',
    )
  }
  const switches = []
  if (isLinux && process.getuid() === 0) {
    say('WARNING: you are root, so Chromium runs without its sandbox. Use an ordinary account for real data.')
    switches.push('--no-sandbox')
  }
  const { code } = await run(runtime.executable, [...runtime.appArguments, ...switches, ...process.argv.slice(2)])
  return code
})
