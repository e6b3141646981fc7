import { ImapFlow } from 'imapflow'
import tls from 'node:tls'
import type { MailboxSettings } from '../../shared/domain/mailbox.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { programVersion } from '../program-version.ts'
import { asMailboxError, mailboxError } from './mail-failure.ts'

/** Largest mail taken in, in bytes; the same as of a file. */
export const largestMail = 30 * 1024 * 1024

/** What signs in: exactly one of the two. */
export type MailLogin = { readonly pass: string } | { readonly accessToken: string }

export type DialTimes = {
  readonly connectMs: number
  readonly silentMs: number
}
const defaultTimes: DialTimes = { connectMs: 20_000, silentMs: 120_000 }

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i
export const isLoopbackHost = (host: string): boolean => loopback.test(host)

/** A password goes through an open line only to this machine, or where somebody said so. @throws IpcError E_INPUT */
export const requireSafeLine = ({ security, host, plain_ok: said }: MailboxSettings): void => {
  if (security !== 'plain' || said || isLoopbackHost(host)) return
  throw new IpcError('E_INPUT', 'a mailbox elsewhere is read over an encrypted line', { fields: 'settings.security' })
}

/** The system's authorities, those that the environment names, and the mailbox's own. */
const authorities = (own: string | undefined): string[] => {
  // Electron's and older Nodes may lack the call; then the built-in list stands, and the mailbox's own beside it.
  const known = typeof tls.getCACertificates === 'function' ? tls.getCACertificates : () => [...tls.rootCertificates]
  return [...new Set([...known('default'), ...known('system'), ...(own === undefined ? [] : [own])])]
}

/**
 * A signed-in connection. Whatever the server sends is bounded: a line, a literal, a whole answer. Nothing is logged by the
 * library: its log would hold what goes over the line.
 *
 * @throws IpcError E_MAILBOX
 */
export const dialImap = async (
  settings: MailboxSettings,
  login: MailLogin,
  signal?: AbortSignal,
  times: DialTimes = defaultTimes,
): Promise<ImapFlow> => {
  requireSafeLine(settings)
  const { security, user } = settings
  const client = new ImapFlow({
    host: settings.host.replace(/^\[|\]$/g, ''),
    port: settings.port,
    secure: security === 'tls',
    // `true` fails where the server has no STARTTLS; left open, the library would go on in clear.
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    tls: { ca: authorities(settings.ca), minVersion: 'TLSv1.2', rejectUnauthorized: true },
    auth: { user, ...login },
    // Some providers answer "Unsafe Login" to whoever does not say what it is (RFC 2971).
    clientInfo: { name: 'Candor', version: programVersion },
    logger: false,
    emitLogs: false,
    disableAutoIdle: true,
    // Inflating is one more way to be flooded.
    disableCompression: true,
    connectionTimeout: times.connectMs,
    greetingTimeout: times.connectMs,
    socketTimeout: times.silentMs,
    maxIdleTime: 9 * 60_000,
    maxLineLength: 1024 * 1024,
    maxLiteralSize: largestMail + 1024 * 1024,
    maxResponseSize: largestMail + 8 * 1024 * 1024,
  })
  // Without a listener an error between two commands would end the process; the command at hand fails by itself.
  client.on('error', () => undefined)
  const stop = (): void => client.close()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    if (signal?.aborted === true) throw new IpcError('E_CANCELLED', 'stopped on request')
    await client.connect()
    if (security !== 'plain' && !client.secureConnection) throw mailboxError('no_tls')
    return client
  } catch (error) {
    client.close()
    if (signal?.aborted === true) throw new IpcError('E_CANCELLED', 'stopped on request')
    throw asMailboxError(error)
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
