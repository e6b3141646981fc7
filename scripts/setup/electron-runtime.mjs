import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { modules, node24, root, runtimeFile, runtimeFolder } from './paths.mjs'
import { run, SetupError } from './run-process.mjs'
import { makeStandIn } from './stand-in-runtime.mjs'

const packageFolder = join(modules, 'electron')
const wantedVersion = () => JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version

const official = () => {
  const pathFile = join(packageFolder, 'path.txt')
  const dist = join(packageFolder, 'dist')
  if (!existsSync(pathFile)) return undefined
  const executable = join(dist, readFileSync(pathFile, 'utf8'))
  if (!existsSync(executable)) return undefined
  return { kind: 'official', version: wantedVersion(), dist, executable, appArguments: [root] }
}

/** The runtime that an earlier set-up has chosen, or undefined. Tests read the same file. */
export const readRuntime = () => {
  if (!existsSync(runtimeFile)) return undefined
  const runtime = JSON.parse(readFileSync(runtimeFile, 'utf8'))
  if (runtime.wanted !== wantedVersion() || !existsSync(runtime.executable)) return undefined
  return runtime.kind === 'stand-in' && !existsSync(join(runtime.dist, 'resources', 'app')) ? undefined : runtime
}

/** Electron's own download, then the stand-in where that cannot be reached. */
export const installRuntime = async (say) => {
  const present = readRuntime()
  if (present) return present
  if (!official()) {
    say(`fetching Electron ${wantedVersion()} …`)
    await run(node24, [join(packageFolder, 'install.js')], { quiet: true, timeout: 300_000 }).catch(() => undefined)
  }
  let runtime = official()
  if (!runtime) {
    say('Electron cannot be downloaded from here.')
    runtime = await makeStandIn(say)
  }
  if (!runtime) {
    throw new SetupError(
      'No Electron for this system. Set ELECTRON_MIRROR to a mirror that this machine can reach and run `npx install-electron`.',
    )
  }
  mkdirSync(runtimeFolder, { recursive: true })
  writeFileSync(runtimeFile, JSON.stringify({ ...runtime, wanted: wantedVersion() }, null, 2) + '\n')
  return runtime
}
