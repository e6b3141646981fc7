import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { listMailboxes, openSecret } from '../../electron/core/mailbox/mailbox-rows.ts'
import { signInProviders } from '../../electron/core/mailbox/sign-in-providers.ts'
import type { Input } from '../../electron/shared/ipc/routes/index.ts'
import { resumeMail } from '../fixtures/resume-mail.ts'
import { startAuthorizationServer, type AuthorizationServer } from '../helpers/authorization-server.ts'
import { noDovecot, startDovecot, type Dovecot } from '../helpers/dovecot.ts'
import { openMailPlace, settingsFor, type MailPlace } from '../helpers/mail-place.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const missing = noDovecot()
if (missing !== undefined) console.warn(`mailbox tests are skipped: ${missing}`)

/** Every file below a folder whose bytes hold the text. */
const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text))

describe.skipIf(missing !== undefined)(
  'a mailbox that signs in by OAuth 2, against a server that asks whether the token holds',
  () => {
    let place: AuthorizationServer
    let server: Dovecot
    let folder = ''

    beforeAll(async () => {
      place = await startAuthorizationServer('hr@company.example')
      folder = mkdtempSync(join(tmpdir(), 'candor-oauth-'))
      chmodSync(folder, 0o755)
      const args = join(folder, 'oauth2.conf.ext')
      writeFileSync(
        args,
        [
          `introspection_url = ${place.url}/introspect`,
          'introspection_mode = post',
          'username_attribute = username',
          'active_attribute = active',
          'active_value = true',
          '',
        ].join('\n'),
        { mode: 0o644 },
      )
      server = await startDovecot(`
auth_mechanisms = plain oauthbearer xoauth2
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${args}
}
`)
    })
    afterAll(async () => {
      await server?.stop()
      await place?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    const oauthOf = (more: object = {}) => ({
      auth: 'oauth' as const,
      oauth: {
        authorization_address: `${place.url}/authorize`,
        token_address: `${place.url}/token`,
        client_id: 'candor-desktop',
        scope: 'imap',
        ...more,
      },
    })
    /** A browser that does what its page says: it goes where it is sent. */
    const browser = async (address: string): Promise<boolean> => {
      void fetch(address).catch(() => undefined)
      return Promise.resolve(true)
    }
    const open = async (openBrowser = browser): Promise<MailPlace> => {
      Object.assign(place, { answer: 'agree', lifetime: 3600, introspectionDown: false })
      place.grants.length = 0
      const opened = await openMailPlace(temporaryFolder(), server, { openBrowser })
      onTestFinished(() => opened.core.stop('quit'))
      return opened
    }
    const settings = ({ job }: MailPlace, more: object = {}): Input<'mailbox.add'>['settings'] =>
      settingsFor(server, job, { ...oauthOf(), ...more })
    /** Signs in by the browser and gives the mailbox what came of it. */
    const signIn = async (at: MailPlace): Promise<void> => {
      const { sign_in } = await at.core.call('mailbox.sign_in', { settings: settings(at) })
      await at.core.call('mailbox.update', { id: at.mailbox, settings: settings(at), secret: { sign_in } })
    }
    const failure = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'none',
        (error: { code?: string; data?: { reason?: string } }) => error.data?.reason ?? error.code,
      )
    const put = async (n: number): Promise<void> => {
      const client = await server.client()
      await client.append('INBOX', resumeMail(n))
      client.close()
    }

    it('[MM-08] signs in by the browser, reads with a token that the server looks up, and keeps the refresh token sealed', async () => {
      const at = await open()
      await signIn(at)
      await put(1)
      await at.run()
      expect(await at.counts()).toMatchObject({ imported: 1 })
      expect(place.grants).toEqual(['authorization_code', 'refresh_token'])
      const asked = place.opened.at(-1)?.searchParams
      expect(asked?.get('login_hint')).toBe(server.user)
      expect(asked?.get('scope')).toBe('imap')
      // The first token of a place that changes it with each use is void: the next run needs the one that came instead.
      const { vault, account } = at.core.core
      const [mailbox] = listMailboxes(account?.store.reader as never)
      const kept = openSecret(vault?.keys.tokenKey() as never, mailbox as never).refresh_token ?? ''
      expect(kept).toMatch(/^refresh-/)
      expect(filesWith(at.core.home, kept)).toEqual([])
      const seen = JSON.stringify([await at.core.call('mailbox.list', {}), at.core.events])
      expect(seen).not.toMatch(/refresh-|access-/)
      expect((await at.core.call('mailbox.test', { id: at.mailbox })).missing).toEqual([])
      expect(place.grants).toEqual(['authorization_code', 'refresh_token', 'refresh_token'])
    })

    it('tries a mailbox that is not saved yet with the sign-in, and the sign-in still holds afterwards', async () => {
      const at = await open()
      const { sign_in } = await at.core.call('mailbox.sign_in', { settings: settings(at) })
      const tried = { settings: settings(at), secret: { sign_in } }
      await at.core.call('mailbox.test', tried)
      await at.core.call('mailbox.test', tried)
      const { id } = await at.core.call('mailbox.add', { ...tried, on: true })
      await at.core.core.account?.mailboxes.once(id)
      // Another mailbox, or another place, does not get it; nor does anybody who made an id up.
      expect(
        await at.core.codeOf('mailbox.add', { ...tried, settings: settings(at, { user: 'x@company.example' }) }),
      ).toBe('E_INPUT')
      expect(await at.core.codeOf('mailbox.add', { ...tried, secret: { sign_in: 'made-up' } })).toBe('E_NOT_FOUND')
    })

    it('renews a token that has run out, and one that was taken back before its time', async () => {
      const at = await open()
      await signIn(at)
      place.lifetime = 30
      await at.run()
      await at.run()
      // Thirty seconds are less than the minute that is kept in hand: each run asks anew.
      expect(place.grants).toEqual(['authorization_code', 'refresh_token', 'refresh_token'])
      place.lifetime = 3600
      await at.run()
      await at.run()
      expect(place.grants).toHaveLength(4)
      place.revokeAccess()
      await at.run()
      expect(place.grants).toHaveLength(5)
    })

    it('says that a session was ended there and asks to sign in again, after which it goes on', async () => {
      const at = await open()
      await signIn(at)
      await at.run()
      place.revokeAll()
      expect(await failure(at.run())).toBe('oauth')
      expect(await failure(at.core.call('mailbox.test', { id: at.mailbox }))).toBe('oauth')
      await signIn(at)
      await at.run()
      // A server that cannot look a token up says nothing against it: it is tried again by itself.
      place.introspectionDown = true
      place.revokeAccess()
      expect(await failure(at.run())).toBe('busy')
      place.introspectionDown = false
      await at.run()
      // Name or token of another person.
      await at.core.call('mailbox.update', {
        id: at.mailbox,
        settings: settings(at, { user: 'other@company.example' }),
        secret: { refresh_token: 'made-up' },
      })
      expect(await failure(at.run())).toBe('oauth')
    })

    it('names why a sign-in came to nothing, and a page that comes back without its mark changes nothing', async () => {
      const at = await open()
      const ask = (more: object = {}): Promise<unknown> =>
        failure(at.core.call('mailbox.sign_in', { settings: settings(at, more) }))
      place.answer = 'refuse'
      expect(await ask()).toBe('denied')
      place.answer = 'forge_state'
      const waiting = ask()
      await expect.poll(() => place.opened.at(-1)?.searchParams.get('redirect_uri')).toBeDefined()
      const redirect = place.opened.at(-1)?.searchParams.get('redirect_uri') ?? ''
      expect((await fetch(`${redirect}?code=stolen&state=guess`)).status).toBe(400)
      await at.core.call('mailbox.cancel_sign_in', {})
      expect(await waiting).toBe('E_CANCELLED')
      place.answer = 'agree'
      // A code of another client, an address of no use, a person who would rather not.
      expect(await ask({ oauth: { ...oauthOf().oauth, token_address: `${place.url}/nowhere` } })).toBe('oauth_answer')
      expect(await ask({ oauth: { ...oauthOf().oauth, authorization_address: 'http://login.example.com/' } })).toBe(
        'oauth_answer',
      )
      expect(await ask({ oauth: { token_address: `${place.url}/token`, client_id: 'x' } })).toBe('E_INPUT')
      const other = await open(() => Promise.resolve(false))
      expect(await failure(other.core.call('mailbox.sign_in', { settings: settings(other) }))).toBe('E_CANCELLED')
    })

    it('knows the addresses of providers from data, each by https, and answers at the name that one asks for', async () => {
      const at = await open()
      const { items } = await at.core.call('mailbox.providers', {})
      expect(items).toEqual(signInProviders())
      for (const { authorization_address: to = '', token_address: from } of items)
        expect([to, from].every((address) => new URL(address).protocol === 'https:')).toBe(true)
      const { sign_in } = await at.core.call('mailbox.sign_in', {
        settings: settings(at, oauthOf({ redirect_host: 'localhost' })),
      })
      expect(sign_in).toMatch(/^[0-9a-f-]{36}$/)
      expect(place.opened.at(-1)?.searchParams.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+\/$/)
    })
  },
)
