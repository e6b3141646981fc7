import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImapFlow } from 'imapflow'
import type { ParserHost } from '../../electron/core/intake/parser-host.ts'
import type { RecordId } from '../../electron/shared/domain/ids.ts'
import { resumeMail } from '../fixtures/resume-mail.ts'
import { parsedFile, parserOf } from '../helpers/core-home.ts'
import { noDovecot, startDovecot, type Dovecot } from '../helpers/dovecot.ts'
import { openMailPlace, type MailPlace, type MailPlaceOptions } from '../helpers/mail-place.ts'
import { syncPage } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange } from '../helpers/sync-records.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const missing = noDovecot()
if (missing !== undefined) console.warn(`mailbox tests are skipped: ${missing}`)

/** Reads of a mail what names it, without a process. */
const mailParser = (): ParserHost =>
  parserOf((_name, bytes) => {
    const text = Buffer.from(bytes).toString('utf8')
    const messageId = /^Message-ID: (.+?)\r$/m.exec(text)?.[1]
    return {
      ...parsedFile({ name: '欧阳明月' }),
      format: 'eml',
      mail: {
        body: '',
        from: 'resume@board.example',
        headers: [],
        ...(messageId === undefined ? {} : { messageId }),
      },
    }
  })

/** Mails and the people that they are of: who is one with a delivery of the platform's, and what is left of whom on the server. */
describe.skipIf(missing !== undefined)('people whose mails lie in a mailbox', () => {
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
    client = await server.client()
    await client.mailboxOpen('INBOX')
    await client.messageDelete('1:*')
    return async () => {
      client.close()
      for (const place of places.splice(0)) await place.core.stop('quit')
    }
  })

  const open = async (settings: MailPlaceOptions['settings'] = {}, at: Dovecot = server): Promise<MailPlace> => {
    const place = await openMailPlace(temporaryFolder(), at, { settings, parser: mailParser() })
    places.push(place)
    return place
  }
  const put = async (...mails: readonly Buffer[]): Promise<void> => {
    for (const mail of mails) await client.append('INBOX', mail)
  }
  const inboxCount = async (of: ImapFlow = client): Promise<number> => {
    await of.mailboxClose()
    return (await of.mailboxOpen('INBOX')).exists
  }
  /** What the platform sends of somebody who applied by the mail of that id. */
  const delivery = (place: MailPlace, id: string, messageId: string) => {
    const now = new Date(place.core.core.clock.now()).toISOString()
    return [
      candidateChange(id, 1, { resume: { basics: { name: '欧阳明月' }, meta: { cn: {} } } }),
      applicationChange(`a-${id}`, id, 2, { job_id: place.job, evidence: messageId, evidence_at: now, at: now }),
    ]
  }
  const people = (place: MailPlace) =>
    place.core.core.account?.store.reader.all<{ record_id: RecordId; origin: string; platform_id: string }>(
      'SELECT record_id, origin, platform_id FROM candidate ORDER BY received_at, rowid',
    ) ?? []

  it('[ZP-19] a mail of the mailbox becomes the delivery that the platform sends afterwards, and stays found with it', async () => {
    const place = await open()
    await put(resumeMail(1))
    await place.run()
    const [mailed] = people(place)
    await syncPage(place.core, delivery(place, 'zp-1', 'mail-1@board.example'))
    expect(people(place)).toEqual([{ record_id: mailed?.record_id, origin: 'hub', platform_id: 'zp-1' }])
    const { items } = await place.core.call('mailbox.copies', { record_id: mailed?.record_id })
    expect(items).toMatchObject([{ state: 'kept', application_id: 'a-zp-1' }])
  })

  it('[ZP-19] a mail whose delivery the platform has sent before joins it, and a second copy of the mail too', async () => {
    const place = await open()
    await syncPage(place.core, delivery(place, 'zp-1', 'mail-1@board.example'))
    await put(resumeMail(1), resumeMail(2), resumeMail(1))
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 3, imported: 1, merged: 2 })
    expect(people(place)).toMatchObject([{ origin: 'hub' }, { origin: 'local' }])
    const [joined] = people(place)
    expect((await place.core.call('mailbox.copies', { record_id: joined?.record_id })).items).toHaveLength(2)
  })

  it('of two people who share a Message-ID none takes the place of the other, whichever came first', async () => {
    const same = { messageId: '<same@board.example>' }
    const mailFirst = await open()
    await put(resumeMail(1, same), resumeMail(2, same))
    await mailFirst.run()
    await syncPage(mailFirst.core, delivery(mailFirst, 'zp-1', 'same@board.example'))
    expect(people(mailFirst).map(({ origin }) => origin)).toEqual(['local', 'local', 'hub'])
    const hubFirst = await open()
    await syncPage(hubFirst.core, delivery(hubFirst, 'zp-1', 'same@board.example'))
    await hubFirst.run()
    expect(await hubFirst.counts()).toMatchObject({ imported: 1, merged: 1 })
    expect(people(hubFirst).map(({ origin }) => origin)).toEqual(['hub', 'local'])
  })

  /** Destroys the first person of a place; gives the counts of the certificate. */
  const destroyFirst = async ({ core }: MailPlace): Promise<Record<string, number>> => {
    const application = core.core.account?.store.reader.get<{ id: string }>('SELECT id FROM application ORDER BY rowid')
    await core.call('retention.destroy_now', { application_ids: [application?.id as never] })
    await core.core.account?.retention.runDue()
    const { items } = await core.call('certificate.list', { kind: 'single', limit: 5 })
    const { document, verdict } = await core.call('certificate.get', { id: items[0]?.id ?? '' })
    expect(verdict).toBe('valid')
    return (JSON.parse(document) as { body: { counts: Record<string, number> } }).body.counts
  }

  it('[ZP-84] [MM-08] the mail of somebody who is destroyed goes from the server where that was chosen; the certificate counts it', async () => {
    const place = await open({ on_destruction: 'delete' })
    await put(resumeMail(1), resumeMail(2))
    await place.run()
    expect(await destroyFirst(place)).toMatchObject({ mails_left: 1 })
    expect((await place.core.call('mailbox.copies', {})).items).toMatchObject([{ state: 'to_delete' }])
    await place.run()
    expect(await inboxCount()).toBe(1)
    const left = await client.fetchOne('1', { envelope: true })
    expect(left === false ? '' : left?.envelope?.messageId).toBe('<mail-2@board.example>')
    expect((await place.core.call('mailbox.copies', {})).items).toEqual([])
    const entries = await place.core.call('ledger.list', { limit: 50 })
    expect(entries.items.filter(({ action, detail }) => action === 'destroyed' && detail === 'mail_copy')).toHaveLength(
      1,
    )
    // Somebody puts the mail back: it brings nobody back, and goes once more.
    await put(resumeMail(1))
    await place.run()
    expect(people(place)).toHaveLength(1)
    expect(await inboxCount()).toBe(1)
  })

  it('[MM-08] where the server cannot delete a single mail it stays a task that says so, until somebody says that it is done', async () => {
    const poor = await startDovecot('imap_capability = IMAP4rev1 SASL-IR ID IDLE LITERAL+')
    try {
      const other = await poor.client()
      await other.append('INBOX', resumeMail(1))
      const place = await open({ on_destruction: 'delete' }, poor)
      await place.run()
      await destroyFirst(place)
      await place.run()
      const { items } = await place.core.call('mailbox.copies', {})
      expect(items).toMatchObject([{ state: 'to_delete', problem: 'unsupported' }])
      expect(await inboxCount(other)).toBe(1)
      await place.core.call('mailbox.settle_copy', { id: items[0]?.id ?? '', how: 'done' })
      expect((await place.core.call('mailbox.copies', {})).items).toEqual([])
      other.close()
    } finally {
      await poor.stop()
    }
  })
})
