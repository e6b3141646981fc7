import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { run, SetupError } from './run-process.mjs'

const answer = (command, args) => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}
const has = (command) => answer('sh', ['-c', `command -v ${command}`]) !== undefined

/** Debian's names of what Electron links to; newer releases give some of them the suffix t64. */
const windowPackages = [
  'libnss3',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libxss1',
  'libxtst6',
  'fonts-noto-cjk',
]

/** Programs that only tests need. The optional one is a real server; the test that needs it says so and skips without. */
const testPrograms = [
  { packages: ['xvfb', 'xauth'], programs: ['Xvfb'] },
  { packages: ['sqlcipher'], programs: ['sqlcipher'] },
  { packages: ['poppler-utils'], programs: ['pdftotext'] },
  { packages: ['dovecot-imapd'], files: ['/usr/sbin/dovecot'] },
  { packages: ['postgresql'], files: ['/usr/lib/postgresql'], optional: true },
]

const missingPackages = (executable, forTests) => {
  const libraries = answer('ldd', [executable]) ?? ''
  const lacksWindow = libraries.includes('not found') || !has('fc-list') || !answer('fc-list', [':lang=zh'])
  const lacking = testPrograms.filter(
    ({ programs = [], files = [] }) => forTests && !(programs.every(has) && files.every((file) => existsSync(file))),
  )
  const names = (optional) =>
    lacking.filter((entry) => !!entry.optional === optional).flatMap((entry) => entry.packages)
  return {
    required: [...(lacksWindow ? ['fontconfig', ...windowPackages] : []), ...names(false)],
    optional: names(true),
  }
}

const isDebian = () => existsSync('/etc/debian_version') && has('apt-get')

const apt = (...args) =>
  // RUNLEVEL=1 keeps Debian's scripts from starting the servers: each test starts its own.
  run('apt-get', args, { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } })

const currentName = (name) =>
  readFileSync('/etc/debian_version', 'utf8') && answer('apt-cache', ['show', '--no-all-versions', `${name}t64`])
    ? `${name}t64`
    : name

/** Installs what is missing where that is possible (Debian as root); otherwise names it with the command to run. */
export const installSystemLibraries = async (say, executable, { forTests = false } = {}) => {
  if (process.platform !== 'linux') return
  const { required, optional } = missingPackages(executable, forTests)
  if (required.length === 0 && optional.length === 0) return
  if (!isDebian() || process.getuid() !== 0) {
    if (required.length === 0) return
    const command = isDebian() ? `sudo apt-get install -y ${required.map(currentName).join(' ')}` : undefined
    throw new SetupError(
      command
        ? `System libraries are missing. Run:\n  ${command}`
        : `System libraries are missing. Install what this distribution calls: ${required.join(', ')}`,
    )
  }
  say(`installing system packages: ${[...required, ...optional].join(', ')} …`)
  await apt('update', '-qq')
  if (required.length > 0) {
    const { code, complaint } = await apt(
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      ...required.map(currentName),
    )
    if (code !== 0) throw new SetupError(`apt-get failed:\n${complaint.trim()}`)
  }
  for (const name of optional) {
    const { code } = await apt('install', '-y', '-qq', '--no-install-recommends', name)
    if (code !== 0) say(`${name} could not be installed; the tests that need it will be skipped.`)
  }
}
