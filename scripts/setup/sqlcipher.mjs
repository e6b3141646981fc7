import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './paths.mjs'
import { run } from './run-process.mjs'

/** Debian 12 has SQLCipher 3, which cannot read our files. The next release's program brings its own libraries along. */
const release = 'trixie'
const folder = join(cacheFolder, 'sqlcipher-4.6.1')
const launcher = join(folder, 'sqlcipher')

const answer = (command, args) => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}
const majorOf = (program) => Number.parseInt(answer(program, [':memory:', 'PRAGMA cipher_version;']), 10) || 0

/** The program that tests run: the one that an earlier set-up has fetched, else the system's, of whatever version. */
export const sqlcipherProgram = () => (existsSync(launcher) ? launcher : 'sqlcipher')

/** Debian's archive as this machine's own sources name it; undefined elsewhere, also on what derives from Debian. */
const mirror = () =>
  answer('apt-get', ['indextargets', '--format', '$(ORIGIN)|$(LABEL)|$(REPO_URI)', 'Created-By: Packages'])
    .split('\n')
    .find((line) => line.startsWith('Debian|Debian|'))
    ?.split('|')[2]

/** apt with folders of its own: neither the system's lists nor its packages are touched, and root is not needed. */
const aptIn = (place, uri) => {
  for (const part of ['lists/partial', 'cache/archives/partial', 'state'])
    mkdirSync(join(place, part), { recursive: true })
  // As if nothing were installed, so that apt fetches every library that the program needs, and nothing else.
  writeFileSync(join(place, 'status'), '')
  writeFileSync(
    join(place, 'own.sources'),
    `Types: deb\nURIs: ${uri}\nSuites: ${release}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`,
  )
  const options = {
    'Dir::Etc::sourcelist': join(place, 'own.sources'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State': join(place, 'state'),
    'Dir::State::lists': join(place, 'lists'),
    'Dir::State::status': join(place, 'status'),
    'Dir::Cache': join(place, 'cache'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
  }
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  return async (...args) => {
    const { code, complaint } = await run('apt-get', [...flags, '-qq', '-y', ...args], {
      quiet: true,
      timeout: 180_000,
    })
    if (code !== 0) throw new Error(complaint.trim().split('\n').at(-1))
  }
}

const librariesIn = (place) => {
  const above = join(place, 'usr', 'lib')
  const name = readdirSync(above).find((each) => existsSync(join(above, each, 'libsqlcipher.so.1')))
  const loader = readdirSync(join(above, name)).find((each) => /^ld-linux.*\.so\.\d+$/.test(each))
  return { path: `usr/lib/${name}`, loader: `usr/lib/${name}/${loader}` }
}

const unpack = async (archives, place) => {
  for (const file of readdirSync(archives).filter((each) => each.endsWith('.deb'))) {
    const { code } = await run('dpkg-deb', ['-x', join(archives, file), place], { quiet: true })
    if (code !== 0) throw new Error(`${file} could not be unpacked`)
  }
  const { path, loader } = librariesIn(place)
  const here = '"$(dirname "$(readlink -f "$0")")"'
  const program = join(place, 'sqlcipher')
  writeFileSync(
    program,
    `#!/bin/sh\nhere=${here}\nexec "$here/${loader}" --library-path "$here/${path}" "$here/usr/bin/sqlcipher" "$@"\n`,
  )
  chmodSync(program, 0o755)
  if (majorOf(program) < 4) throw new Error('the program does not run here')
}

const isDebian = () =>
  process.platform === 'linux' &&
  existsSync('/etc/os-release') &&
  /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))

/**
 * SQLCipher 4 for the tests that let a program which nobody here wrote open our files. Only where the system's own is
 * older; where it cannot be had, those tests say so and are skipped.
 */
export const installSqlcipher = async (say) => {
  if (!isDebian() || existsSync(launcher) || majorOf('sqlcipher') >= 4) return
  const uri = mirror()
  if (!uri) return
  say(`fetching sqlcipher of Debian ${release} for the tests of the store (10 MB, once for this machine) …`)
  mkdirSync(cacheFolder, { recursive: true })
  const work = mkdtempSync(join(cacheFolder, 'fetch-'))
  try {
    const apt = aptIn(work, uri)
    await apt('update')
    await apt('install', '--no-install-recommends', '--download-only', 'sqlcipher')
    await unpack(join(work, 'cache', 'archives'), join(work, 'made'))
    if (!existsSync(folder)) renameSync(join(work, 'made'), folder)
  } catch (error) {
    say(`sqlcipher 4 cannot be had here (${error.message}); the tests that need it will be skipped.`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
