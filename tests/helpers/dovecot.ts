import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'

const binary = '/usr/sbin/dovecot'

/** Why there is no IMAP server here, or undefined when there is one. */
export const noDovecot = (): string | undefined =>
  existsSync(binary) ? undefined : 'no Dovecot is installed (Debian: dovecot-imapd)'

const tls = join(import.meta.dirname, '../fixtures/tls')
export const authority = (): string => readFileSync(join(tls, 'mail-ca.cert.pem'), 'utf8')

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const idOf = (user: string): { uid: number; gid: number } | undefined => {
  const read = (flag: string): number => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout)
  const [uid, gid] = [read('-u'), read('-g')]
  return Number.isInteger(uid) && uid > 0 ? { uid, gid } : undefined
}

export type Dovecot = {
  readonly host: string
  readonly tlsPort: number
  readonly plainPort: number
  readonly user: string
  readonly password: string
  /** A client of the test's own, signed in. */
  client(): Promise<ImapFlow>
  /** Ends every session at once, as a server does that is restarted in the middle of something. */
  cut(): Promise<void>
  stop(): Promise<void>
}

/** A real IMAP server on loopback: Maildir in a folder of its own, TLS with a certificate of the tests' own authority. */
export const startDovecot = async (more = ''): Promise<Dovecot> => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-imap-'))
  const root = process.getuid?.() === 0
  const me = userInfo().username
  // Dovecot serves no mail as root; whoever runs the tests otherwise serves as themselves.
  const mailUser = root ? 'nobody' : me
  const loginUser = root ? (idOf('dovenull') === undefined ? 'nobody' : 'dovenull') : me
  const internal = root ? (idOf('dovecot') === undefined ? 'nobody' : 'dovecot') : me
  const ids = root ? idOf(mailUser) : undefined
  const [tlsPort, plainPort] = [await freePort(), await freePort()]
  const password = 'Mail-Wort 7!'
  const user = 'hr@company.example'
  chmodSync(folder, 0o755)
  for (const name of ['run', 'state', 'mail', 'home']) mkdirSync(join(folder, name), { mode: 0o755 })
  if (ids !== undefined) for (const name of ['mail', 'home']) chownSync(join(folder, name), ids.uid, ids.gid)
  for (const name of ['mail.cert.pem', 'mail.key.pem']) writeFileSync(join(folder, name), readFileSync(join(tls, name)))
  writeFileSync(join(folder, 'users'), `${user}:{PLAIN}${password}\n`)
  chmodSync(join(folder, 'users'), 0o644)
  const group = ids === undefined ? userInfo().gid : ids.gid
  const uid = ids === undefined ? userInfo().uid : ids.uid
  writeFileSync(
    join(folder, 'dovecot.conf'),
    `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/mail.cert.pem
ssl_key = <${folder}/mail.key.pem
disable_plaintext_auth = no
default_login_user = ${loginUser}
default_internal_user = ${internal}
${root ? '' : `default_internal_group = ${spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim()}`}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${folder}/mail/%u
mail_fsync = never
mail_max_userip_connections = 50
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${group} home=${folder}/home/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${plainPort}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service stats {
  chroot =
}
${more}
`,
  )
  let child: ChildProcess
  const launch = async (): Promise<void> => {
    child = spawn(binary, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' })
    for (let tries = 0; ; tries += 1) {
      const open = await new Promise<boolean>((resolve) => {
        const socket = connect(plainPort, '127.0.0.1', () => {
          socket.destroy()
          resolve(true)
        })
        socket.once('error', () => resolve(false))
      })
      if (open) return
      if (tries > 200) {
        const log = existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : ''
        throw new Error(`Dovecot does not start: ${log.slice(-2000)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const end = (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill(signal)
    })
  await launch()
  return {
    host: '127.0.0.1',
    tlsPort,
    plainPort,
    user,
    password,
    client: async () => {
      const client = new ImapFlow({
        host: '127.0.0.1',
        port: tlsPort,
        secure: true,
        tls: { ca: authority() },
        auth: { user, pass: password },
        logger: false,
        disableAutoIdle: true,
      })
      client.on('error', () => undefined)
      await client.connect()
      return client
    },
    cut: async () => {
      await end('SIGTERM')
      await launch()
    },
    stop: async () => {
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
