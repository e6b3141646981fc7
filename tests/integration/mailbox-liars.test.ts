import { createServer, type Server } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLyingImap, type Lie, type LyingImap } from '../helpers/lying-imap.ts'
import { resumeMail } from '../fixtures/resume-mail.ts'
import { openMailPlace, type MailPlace, type MailPlaceOptions } from '../helpers/mail-place.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** A server that lies, breaks off and confuses (R9): each good mail comes in exactly once, a bad one is named with its reason. */
const place = async (options: MailPlaceOptions = {}): Promise<MailPlace & { readonly server: LyingImap }> => {
  const server = await startLyingImap()
  const { settings, ...rest } = options
  const opened = await openMailPlace(
    temporaryFolder(),
    { host: '127.0.0.1', tlsPort: server.port, plainPort: server.port, user: 'hr', password: 'x' } as never,
    { ...rest, settings: { security: 'plain', ca: undefined, ...settings } as never },
  )
  onTestFinished(async () => {
    await opened.core.stop('quit')
    await server.close()
  })
  return { ...opened, server }
}
const put = (server: LyingImap, numbers: readonly number[]): void => {
  server.mails = numbers.map((n) => ({ uid: n, bytes: resumeMail(n) }))
}
const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: { code?: string; data?: { reason?: string } }) => error.data?.reason ?? error.code,
  )

describe('a server that lies about one mail', () => {
  it.each<[Lie, number, string]>([
    ['cut', 1, 'imported'],
    ['cut', 2, 'imported'],
    ['bye', 1, 'imported'],
    ['short', 1, 'waiting'],
    ['nothing', 1, 'waiting'],
    ['other', 1, 'waiting'],
    ['no', 1, 'waiting'],
    ['nonsense', 1, 'waiting'],
    ['cut', 3, 'waiting'],
    ['huge', 1, 'imported'],
    ['huge', 3, 'waiting'],
  ])('%s, %d times: the others come in once, and it is %s', async (lie, times, becomes) => {
    const { server, run, count } = await place()
    put(server, [1, 2, 3, 4])
    server.lies.set(2, { lie, times })
    await run()
    expect(count('candidate')).toBe(becomes === 'imported' ? 4 : 3)
    if (becomes !== 'imported') expect(count(`mail_copy WHERE uid = 2 AND result = '${becomes}'`)).toBe(1)
    // The server has stopped lying: what waited comes in, and nothing a second time.
    await run()
    await run()
    expect(count('candidate')).toBe(4)
    expect(count('mail_copy')).toBe(4)
    expect(server.said.filter((line) => /STORE|EXPUNGE|SELECT/.test(line))).toEqual([])
  })

  it('expunge: what is gone is gone, and the others come in', async () => {
    const { server, run, count } = await place()
    put(server, [1, 2, 3])
    server.lies.set(2, { lie: 'expunge', times: 1 })
    await run()
    expect(count('candidate')).toBe(2)
    expect(count('mail_copy')).toBe(2)
  })

  it('for ever: after five runs somebody is asked, and the mailbox goes on', async () => {
    const { server, core, run, count } = await place()
    put(server, [1, 2, 3])
    server.lies.set(2, { lie: 'nothing', times: 1_000 })
    for (let n = 0; n < 6; n += 1) await run()
    expect((await core.call('mailbox.aside', {})).items).toMatchObject([{ uid: 2, reason: 'unreadable' }])
    expect(count('candidate')).toBe(2)
    server.lies.clear()
    await core.call('mailbox.retry', { id: (await core.call('mailbox.aside', {})).items[0]?.id ?? '' })
    await core.core.account?.mailboxes.once()
    expect(count('candidate')).toBe(3)
  })
})

describe('a server that lies about the folder', () => {
  it('names numbers that nobody has, twice, and out of order', async () => {
    const { server, run, count } = await place()
    put(server, [5, 2, 9])
    server.extraUids = [2, 2, 0, 4_294_967_299, 7]
    await run()
    expect(count('candidate')).toBe(3)
    expect(count("mail_copy WHERE result = 'imported'")).toBe(3)
  })

  it('floods the line: it is given up at its bound, and the mails come in by another one', async () => {
    const { server, run, count } = await place()
    put(server, [1, 2])
    server.floodEnvelopes = true
    await run()
    expect(count('candidate')).toBe(2)
  })

  it('says other sizes than it sends', async () => {
    const { server, run, count } = await place()
    server.mails = [
      { uid: 1, bytes: resumeMail(1), size: 1 },
      { uid: 2, bytes: resumeMail(2), size: 100_000 },
      { uid: 3, bytes: resumeMail(3), size: 99_000_000_000 },
    ]
    await run()
    expect(count('candidate')).toBe(2)
    expect(count("mail_copy WHERE result = 'aside' AND reason = 'too_large'")).toBe(1)
  })

  it('takes STARTTLS away: no password leaves', async () => {
    const { server, run } = await place({ settings: { security: 'starttls' } })
    expect(await reasonOf(run())).toBe('no_tls')
    expect(server.said.filter((line) => /LOGIN|AUTHENTICATE/.test(line))).toEqual([])
  })

  it('changes UIDVALIDITY with every look: nothing comes twice', async () => {
    const { server, run, count } = await place()
    put(server, [1, 2, 3])
    for (let n = 0; n < 3; n += 1) {
      server.uidValidity += 1
      server.mails = server.mails.map(({ bytes }, index) => ({ bytes, uid: 10 * n + index + 1 }))
      await run()
    }
    expect(count('candidate')).toBe(3)
    expect(count('mail_copy')).toBe(3)
  })
})

describe('a mailbox that signs in by OAuth 2', () => {
  const tokenPlace = async (answer: (body: string) => { readonly status: number; readonly body: object }) => {
    const seen: string[] = []
    const http: Server = createServer((incoming, outgoing) => {
      let body = ''
      incoming.on('data', (piece: Buffer) => (body += piece.toString()))
      incoming.on('end', () => {
        seen.push(body)
        const said = answer(body)
        outgoing.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body))
      })
    })
    const port = await new Promise<number>((resolve) =>
      http.listen(0, '127.0.0.1', () => resolve((http.address() as { port: number }).port)),
    )
    onTestFinished(() => void http.close())
    const opened = await place()
    opened.server.capabilities = 'IMAP4rev1 UIDPLUS AUTH=XOAUTH2 SASL-IR'
    const { items } = await opened.core.call('mailbox.list', {})
    const settings = items[0]?.settings
    if (settings === undefined) throw new Error('no mailbox')
    await opened.core.call('mailbox.update', {
      id: opened.mailbox,
      settings: {
        ...settings,
        auth: 'oauth',
        oauth: { token_address: `http://127.0.0.1:${port}/token`, client_id: 'candor' },
      },
      secret: { refresh_token: 'refresh-1' },
    })
    return { ...opened, seen }
  }

  it('renews, keeps the new refresh token before it is used, and asks once while a token lasts', async () => {
    let n = 0
    const { server, run, seen, count, core } = await tokenPlace(() => ({
      status: 200,
      body: { access_token: `access-${(n += 1)}`, expires_in: 3600, refresh_token: `refresh-${n + 1}` },
    }))
    server.token = 'access-1'
    put(server, [1])
    await run()
    put(server, [1, 2])
    await run()
    expect(count('candidate')).toBe(2)
    expect(seen).toHaveLength(1)
    expect(seen[0]).toContain('refresh_token=refresh-1')
    server.token = 'access-2'
    const { id } = (await core.call('mailbox.list', {})).items[0] ?? { id: '' }
    await core.call('mailbox.test', { id })
    expect(seen[1]).toContain('refresh_token=refresh-2')
    expect(JSON.stringify(await core.call('mailbox.list', {}))).not.toMatch(/refresh-|access-/)
  })

  it('that is refused says so and asks a person', async () => {
    const { run } = await tokenPlace(() => ({ status: 400, body: { error: 'invalid_grant' } }))
    expect(await reasonOf(run())).toBe('oauth')
    const broken = await tokenPlace(() => ({ status: 200, body: { hello: 1 } }))
    expect(await reasonOf(broken.run())).toBe('oauth_answer')
  })
})
