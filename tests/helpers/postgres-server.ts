import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Folder of `initdb` and `pg_ctl`, or `undefined` when no PostgreSQL server is installed. */
export const postgresBinaries = (): string | undefined =>
  [...globSync('/usr/lib/postgresql/*/bin'), '/usr/local/bin', '/usr/bin'].find((folder) =>
    existsSync(join(folder, 'pg_ctl')),
  )

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

/**
 * A PostgreSQL server of one's own on loopback. It refuses to run as root, so root becomes `postgres` for it.
 * @param options `durable`: it waits for the disk, as one in use does
 */
export const startPostgres = async (binaries: string, options: { readonly durable?: boolean } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-pg-'))
  const root = process.getuid?.() === 0
  if (root) {
    chmodSync(folder, 0o777)
  }
  const run = (command: string, args: readonly string[]): void => {
    const [file, all] = root
      ? ['runuser', ['-u', 'postgres', '--', join(binaries, command), ...args]]
      : [join(binaries, command), args]
    // `ignore`: the server would keep an inherited pipe open.
    execFileSync(file, [...all], { stdio: 'ignore', cwd: '/' })
  }
  const data = join(folder, 'data')
  const port = await freePort()
  run('initdb', ['-D', data, '-U', 'candor', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'])
  run('pg_ctl', [
    '-D',
    data,
    '-w',
    '-o',
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=${options.durable === true ? 'on' : 'off'}`,
    'start',
  ])
  return {
    url: `postgres://candor@127.0.0.1:${port}/postgres`,
    stop: () => {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
