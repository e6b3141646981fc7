import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import type { Session } from 'electron'
import { assetPath, contentType } from './asset-path.ts'
import { commonHeaders, contentSecurityPolicy } from './content-security-policy.ts'
import { pageScheme } from './page-address.ts'

/** Call before `ready`. No `codeCache`: it would write what scripts hold to the disk. */
export const registerPageScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])

/** Serves the built page out of `root`. Each document gets a nonce of its own, in its header and in its `__NONCE__`. */
export const servePage = (session: Session, root: string): void =>
  session.protocol.handle(pageScheme, async (request) => {
    const file = assetPath(root, request.url)
    if (file === undefined) return new Response('', { status: 403, headers: commonHeaders })
    if (request.method !== 'GET') return new Response('', { status: 405, headers: commonHeaders })
    const nonce = randomBytes(16).toString('base64')
    const headers = {
      ...commonHeaders,
      'content-type': contentType(file),
      'content-security-policy': contentSecurityPolicy(nonce),
    }
    try {
      if (!file.endsWith('.html')) return new Response(new Uint8Array(await readFile(file)), { headers })
      return new Response((await readFile(file, 'utf8')).replaceAll('__NONCE__', nonce), { headers })
    } catch {
      return new Response('', { status: 404, headers: commonHeaders })
    }
  })
