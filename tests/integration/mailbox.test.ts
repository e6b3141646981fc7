import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImapFlow, SearchObject } from 'imapflow'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { candorProcess } from '../helpers/candor-process.ts'
import { newLocalHome } from '../helpers/core-home.ts'
import { authority, noDovecot, startDovecot, type Dovecot } from '../helpers/dovecot.ts'
import { resumeMail } from '../fixtures/resume-mail.ts'
import { openMailPlace, settingsFor, type MailPlace, type MailPlaceOptions } from '../helpers/mail-place.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const missing = noDovecot()
if (missing !== undefined) console.warn(`mailbox tests are skipped: ${missing}`)

describe.skipIf(missing !== undefined)('a mailbox on a real server', () => {
  let server: Dovecot
  let client: ImapFlow
  const places: MailPlace[] = []

  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(async () => {
    await server?.stop()
  })
  beforeEach(async () => {
    for (const place of places.splice(0)) await place.core.stop('quit')
    client = await server.client()
    for (const { path } of await client.list()) {
      if (path !== 'INBOX') await client.mailboxDelete(path)
    }
    await client.mailboxOpen('INBOX')
    await client.messageDelete('1:*')
    return async () => {
      client.close()
      for (const place of places.splice(0)) await place.core.stop('quit')
    }
  })

  const open = async (options: MailPlaceOptions = {}): Promise<MailPlace> => {
    const place = await openMailPlace(temporaryFolder(), server, options)
    places.push(place)
    return place
  }
  const put = async (mails: readonly Buffer[], folder = 'INBOX'): Promise<void> => {
    for (const mail of mails) await client.append(folder, mail)
  }
  /** As the server has it now; of the folder that is open the library remembers what it was told before. */
  const search = async (query: SearchObject): Promise<number> => {
    await client.mailboxClose()
    await client.mailboxOpen('INBOX')
    const found = await client.search(query)
    return Array.isArray(found) ? found.length : -1
  }
  const unread = (): Promise<number> => search({ seen: false })
  const inboxCount = (): Promise<number> => search({ all: true })
  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'none',
      (error: { code?: string; data?: { reason?: string } }) => error.data?.reason ?? error.code,
    )

  it('[MM-08] takes in mails of registered senders, counts the others and leaves every mail unread', async () => {
    const place = await open()
    await put([
      resumeMail(1),
      resumeMail(2, { from: 'friend@elsewhere.example' }),
      resumeMail(3, { from: 'RESUME@Board.example' }),
      resumeMail(4, { from: 'resume@board.example.evil.example' }),
    ])
    await place.run()
    expect(await place.counts()).toEqual({
      read: 2,
      imported: 2,
      merged: 0,
      quarantined: 0,
      asked: 0,
      refused: 0,
      aside: 0,
      requests: 0,
      others: 2,
    })
    expect(await unread()).toBe(4)
    expect(await inboxCount()).toBe(4)
    expect(place.count('candidate')).toBe(2)
    expect(place.count("application WHERE channel = 'emailed'")).toBe(2)
    // What came with each mail lies in the vault, whole, and the copy in the mailbox is known by its message.
    expect(place.count('attachment WHERE fetched = size')).toBe(2)
    expect(place.count('attachment_chunk')).toBe(2)
    expect(place.count("mail_copy WHERE record_id IS NOT NULL AND state = 'kept'")).toBe(2)
    const entries = await place.core.call('ledger.list', { limit: 50 })
    expect(entries.items.filter(({ detail }) => detail?.startsWith('intake emailed'))).toHaveLength(2)
    // Nothing new: nothing happens.
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 0, others: 0 })
    await put([resumeMail(5)])
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 1, imported: 1, others: 0 })
  })

  it('imports each of 60 mails once, over two folders, moved ones, doubled ones and another UIDVALIDITY', async () => {
    await client.mailboxCreate('Boards')
    const place = await open({ settings: { folders: ['INBOX', 'Boards'] } })
    await put(Array.from({ length: 40 }, (_, n) => resumeMail(n)))
    await put(
      Array.from({ length: 20 }, (_, n) => resumeMail(100 + n)),
      'Boards',
    )
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 60, imported: 60 })
    // Somebody drags ten mails to the other folder, and one comes a second time.
    await client.mailboxOpen('INBOX')
    await client.messageMove('1:10', 'Boards')
    await put([resumeMail(20)])
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 11, imported: 0, merged: 11 })
    // The folder is made anew: other numbers, another UIDVALIDITY.
    await client.mailboxClose()
    await client.mailboxRename('Boards', 'Old')
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await client.mailboxCreate('Boards')
    await client.mailboxOpen('Old')
    await client.messageMove('1:*', 'Boards')
    const before = place.count('mail_copy')
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 30, imported: 0, merged: 30 })
    expect(place.count('candidate')).toBe(60)
    // The same copies under their new numbers, no new ones.
    expect(place.count('mail_copy')).toBe(before)
  })

  it('takes two people for two who share a Message-ID, and mails without any for what they are', async () => {
    const place = await open()
    await put([
      resumeMail(1, { messageId: '<same@board.example>' }),
      resumeMail(2, { messageId: '<same@board.example>' }),
      resumeMail(3, { messageId: null }),
      resumeMail(4, { messageId: null }),
      resumeMail(4, { messageId: null }),
    ])
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 5, imported: 4, merged: 1 })
    expect(place.count('candidate')).toBe(4)
  })

  it('[ZP-04] quarantines, refuses by rule and sets aside, each with its reason; nothing is passed over', async () => {
    const place = await open()
    await put([resumeMail(1, { body: 'NO-RESUME' }), resumeMail(2, { body: 'MINOR' }), resumeMail(3)])
    const big = Buffer.concat([resumeMail(4), Buffer.alloc(31 * 1024 * 1024, 'x\n')])
    await client.append('INBOX', big)
    await place.run()
    expect(await place.counts()).toMatchObject({ imported: 1, quarantined: 1, refused: 1, aside: 1 })
    const { items } = await place.core.call('mailbox.aside', {})
    expect(items).toMatchObject([{ reason: 'too_large', folder: 'INBOX', mailbox: server.user }])
    expect((await place.core.call('quarantine.list', {})).items).toMatchObject([{ reason: 'no_resume' }])
    expect(place.count("mail_copy WHERE result = 'refused' AND message_hash IS NULL AND record_id IS NULL")).toBe(1)
    // Tried again on request; the mail is as large as before.
    const id = items[0]?.id ?? ''
    await place.core.call('mailbox.retry', { id })
    await place.core.core.account?.mailboxes.once()
    expect((await place.core.call('mailbox.aside', {})).items).toHaveLength(1)
    await place.core.call('mailbox.dismiss', { id: (await place.core.call('mailbox.aside', {})).items[0]?.id ?? '' })
    expect((await place.core.call('mailbox.aside', {})).items).toEqual([])
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 0, aside: 0 })
    // What was set aside and taken in later is found by its mail.
    const quarantined = (await place.core.call('quarantine.list', {})).items[0]?.id ?? ''
    expect(await place.core.call('quarantine.retry', { id: quarantined, job_id: place.job })).toMatchObject({
      result: 'quarantined',
    })
    expect(place.count(`mail_copy WHERE quarantine_id = '${quarantined}'`)).toBe(1)
  })

  it('[MM-08] moves or deletes what is in, as the choice says, and nothing else', async () => {
    const place = await open({ settings: { after: 'move', move_to: 'Taken in' } })
    await put([resumeMail(1), resumeMail(2, { from: 'x@elsewhere.example' }), resumeMail(3, { body: 'MINOR' })])
    await place.run()
    expect(await inboxCount()).toBe(2)
    const status = await client.status('Taken in', { messages: true, unseen: true })
    expect(status).toMatchObject({ messages: 1, unseen: 1 })
    expect(place.count("mail_copy WHERE state = 'moved' AND folder = 'Taken in' AND uid IS NOT NULL")).toBe(1)
    await place.core.call('mailbox.update', {
      id: place.mailbox,
      settings: settingsFor(server, place.job, { after: 'delete' }),
    })
    await put([resumeMail(9)])
    await place.run()
    expect(await inboxCount()).toBe(2)
    expect(place.count("mail_copy WHERE state = 'deleted'")).toBe(1)
    const entries = await place.core.call('ledger.list', { limit: 50 })
    expect(entries.items.filter(({ detail }) => detail === 'mail_copy')).toHaveLength(1)
  })

  it('deletes no mail that got the number of another one', async () => {
    const place = await open({ settings: { after: 'keep' } })
    await put([resumeMail(1)])
    await place.run()
    const db = place.core.core.account?.store.db
    // The server says that this number is now somebody else's.
    await put([resumeMail(2, { from: 'x@elsewhere.example' })])
    db?.run("UPDATE mail_copy SET uid = uid + 1, state = 'to_delete'")
    await place.run()
    expect(await inboxCount()).toBe(2)
    expect(place.count("mail_copy WHERE state = 'gone'")).toBe(1)
  })

  it('[ZP-84] [MM-08] finds the copies of a person for a request; after destruction they are tasks, or deleted where that was chosen', async () => {
    const place = await open()
    const { core } = place
    await put([resumeMail(1), resumeMail(2)])
    await place.run()
    const recordId = core.core.account?.store.reader.get<{ record_id: string }>(
      'SELECT record_id FROM candidate LIMIT 1',
    )?.record_id as RecordId
    const { items } = await core.call('mailbox.copies', { record_id: recordId })
    expect(items).toMatchObject([{ folder: 'INBOX', state: 'kept', mailbox: server.user, record_id: recordId }])
    const application = items[0]?.application_id
    if (application === undefined) throw new Error('the copy names no application')
    await core.call('retention.destroy_now', { application_ids: [application] })
    await core.core.account?.retention.runDue()
    expect(place.count(`candidate WHERE record_id = '${recordId}'`)).toBe(0)
    const tasks = (await core.call('mailbox.copies', {})).items
    expect(tasks).toMatchObject([{ folder: 'INBOX', state: 'kept', person_gone_at: expect.any(Number) as number }])
    // Numbered anew, the mail still does not bring the person back.
    core.core.account?.store.db.run("UPDATE mailbox_folder SET uid_validity = 'other'")
    core.core.account?.store.db.run("UPDATE mail_copy SET uid_validity = 'other'")
    await place.run()
    expect(await place.counts()).toMatchObject({ imported: 0, merged: 2 })
    expect(place.count('candidate')).toBe(1)
    // Nor does it where the store forgot the mail, as one does that was restored from before.
    core.core.account?.store.db.run('DELETE FROM mail_copy WHERE person_gone_at IS NOT NULL')
    core.core.account?.store.db.run('UPDATE mailbox_folder SET next_uid = 1')
    await place.run()
    expect(place.count('candidate')).toBe(1)
    const again = (await core.call('mailbox.copies', {})).items
    expect(again).toHaveLength(1)
    await core.call('mailbox.settle_copy', { id: again[0]?.id ?? '', how: 'delete' })
    await core.core.account?.mailboxes.once()
    expect(await inboxCount()).toBe(1)
    expect((await core.call('mailbox.copies', {})).items).toEqual([])
  })

  it('says in a code why a mailbox cannot be read, and never the password', async () => {
    const place = await open()
    const { core, mailbox, job } = place
    const change = (more: object, secret?: object): Promise<unknown> =>
      core.call('mailbox.update', {
        id: mailbox,
        settings: settingsFor(server, job, more),
        ...(secret === undefined ? { secret: { password: server.password } } : { secret }),
      })
    await change({}, { password: 'wrong password 123' })
    expect(await failure(place.run())).toBe('auth')
    await change({ ca: undefined })
    expect(await failure(place.run())).toBe('tls')
    await change({ host: 'localhost' })
    expect(await failure(place.run())).toBe('tls')
    await change({ port: 1 })
    expect(await failure(place.run())).toBe('down')
    await change({ folders: ['Nowhere'] })
    expect(await failure(place.run())).toBe('folder')
    await change({ job_id: undefined })
    await put([resumeMail(1)])
    // Nothing says for which job: a person is asked, and the copy follows what they say.
    await place.run()
    expect(await place.counts()).toMatchObject({ asked: 1 })
    const asked = (await core.call('intake.asks', {})).items[0]?.id ?? ''
    await core.call('intake.answer', { id: asked, platform: 'zhaopin', job_id: job, source: 'email' })
    expect(place.count("mail_copy WHERE result = 'imported' AND record_id IS NOT NULL AND quarantine_id IS NULL")).toBe(
      1,
    )
    await change({})
    await core.call('job.set_status', { id: job, status: 'closed' })
    await put([resumeMail(2)])
    expect(await failure(place.run())).toBe('job')
    await core.call('job.set_status', { id: job, status: 'open' })
    await place.run()
    expect(place.count('candidate')).toBe(2)
    // Over an open line to this machine, and with STARTTLS.
    await change({ security: 'plain', port: server.plainPort })
    await place.run()
    await change({ security: 'starttls', port: server.plainPort })
    await put([resumeMail(3)])
    await place.run()
    expect(place.count('candidate')).toBe(3)
    expect(
      await core.codeOf('mailbox.update', {
        id: mailbox,
        settings: settingsFor(server, job, { security: 'plain', host: 'mail.example.com' }),
      }),
    ).toBe('E_INPUT')
    // The password of this server is not handed to another one.
    await core.call('mailbox.update', { id: mailbox, settings: settingsFor(server, job, { user: 'other@x.example' }) })
    expect((await core.call('mailbox.list', {})).items[0]?.has_secret).toBe(false)
    const all = JSON.stringify([
      await core.call('mailbox.list', {}),
      core.events,
      await core.call('ledger.list', { limit: 100 }),
    ])
    expect(all).not.toContain(server.password)
    expect(all).not.toContain('wrong password 123')
  })

  it(
    'reads what arrives while it watches, and goes on after the server was restarted',
    { timeout: 120_000 },
    async () => {
      const place = await open({ watchMail: true })
      await put([resumeMail(1)])
      await expect.poll(() => place.count('candidate'), { timeout: 20_000 }).toBe(1)
      const state = async () => (await place.core.call('mailbox.list', {})).items[0]?.state
      await expect.poll(state, { timeout: 10_000 }).toBe('watching')
      expect(place.core.events.findLast(({ name }) => name === 'mailbox.progress')?.data).toMatchObject({
        state: 'done',
      })
      await put([resumeMail(2)])
      await expect.poll(() => place.count('candidate'), { timeout: 10_000 }).toBe(2)
      await server.cut()
      client.close()
      client = await server.client()
      await put([resumeMail(3)])
      await expect.poll(() => place.count('candidate'), { timeout: 60_000 }).toBe(3)
      // Switched off, it stops; on again, it catches up.
      await place.core.call('mailbox.update', { id: place.mailbox, on: false })
      await expect.poll(state).toBe('off')
      await put([resumeMail(4)])
      await new Promise((resolve) => setTimeout(resolve, 1000))
      expect(place.count('candidate')).toBe(3)
      await place.core.call('mailbox.update', { id: place.mailbox, on: true })
      await expect.poll(() => place.count('candidate'), { timeout: 20_000 }).toBe(4)
    },
  )

  it('stops when it is told to, and goes on where it stopped', async () => {
    const place = await open()
    await put(Array.from({ length: 30 }, (_, n) => resumeMail(n)))
    const run = failure(place.run())
    await expect.poll(() => place.count('candidate'), { interval: 2 }).toBeGreaterThan(3)
    await place.core.call('mailbox.cancel', {})
    expect(await run).toBe('E_CANCELLED')
    const some = place.count('candidate')
    expect(some).toBeLessThan(30)
    expect((await place.core.call('mailbox.list', {})).items[0]?.last_run?.state).toBe('cancelled')
    await place.run()
    expect(place.count('candidate')).toBe(30)
    expect(await place.counts()).toMatchObject({ merged: 0 })
  })

  it('is added, tried, read and removed without a window', { timeout: 120_000 }, async () => {
    await put([resumeMail(1), resumeMail(2, { from: 'x@elsewhere.example' })])
    const folder = temporaryFolder()
    const made = await newLocalHome(folder)
    const job = (await made.call('job.create', { title: '后端开发工程师' })).id
    await made.stop('quit')
    const [secret, ca] = [join(folder, 'mail-password'), join(folder, 'ca.pem')]
    writeFileSync(secret, `${server.password}\n`)
    writeFileSync(ca, authority())
    const run = async (...words: string[]) => {
      const { out, code } = await candorProcess(join(folder, 'home'), words)
      return { code, document: out === '' ? undefined : (JSON.parse(out) as Record<string, never>) }
    }
    const place = ['--host', server.host, '--user', server.user, '--password-file', secret]
    const at = (port: number): string[] => [...place, '--port', String(port)]
    expect((await run('mailbox', 'add', ...at(server.tlsPort), '--tls', '--plain')).code).toBe(2)
    expect((await run('mailbox', 'add', ...at(server.tlsPort), '--ca-file', join(folder, 'none'))).code).toBe(1)
    const more = ['--sender', '@board.example', '--platform', 'zhaopin', '--job', job]
    const added = await run('mailbox', 'add', ...at(server.tlsPort), '--ca-file', ca, '--folder', 'INBOX', ...more)
    const id = String(added.document?.['id'])
    expect((await run('mailbox', 'test', id)).document).toMatchObject({ missing: [] })
    const read = await run('mailbox', 'sync')
    expect(read.document).toMatchObject({
      items: [{ id, last_run: { state: 'done', counts: { imported: 1, others: 1 } } }],
      aside: [],
    })
    expect((await run('mailbox', 'remove', id)).code).toBe(0)
    expect((await run('mailbox', 'sync')).code).toBe(1)
    const plain = await run('mailbox', 'add', ...at(server.plainPort), '--plain', ...more)
    await put([resumeMail(3)])
    expect((await run('mailbox', 'sync')).document).toMatchObject({
      items: [{ id: plain.document?.['id'], last_run: { counts: { imported: 1, merged: 1 } } }],
    })
  })

  it('[ZP-06] is off until somebody adds one, and removed it is read no more', async () => {
    const place = await open()
    await put([resumeMail(1)])
    await place.run()
    await place.core.call('mailbox.remove', { id: place.mailbox })
    expect((await place.core.call('mailbox.list', {})).items).toEqual([])
    expect(place.count('mailbox WHERE secret IS NOT NULL')).toBe(0)
    expect(await place.core.call('mailbox.sync', {})).toEqual({ started: false })
    // The copy that is known stays known.
    expect(place.count('mail_copy')).toBe(1)
  })
})
