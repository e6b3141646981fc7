import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ImapFlow } from 'imapflow'
import { kindOfSubject } from '../../electron/core/requests/mail-words.ts'
import { resumeMail } from '../fixtures/resume-mail.ts'
import { realParser } from '../helpers/core-home.ts'
import { noDovecot, startDovecot, type Dovecot } from '../helpers/dovecot.ts'
import { openMailPlace, type MailPlace, type MailPlaceOptions } from '../helpers/mail-place.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const missing = noDovecot()
if (missing !== undefined) console.warn(`mailbox tests are skipped: ${missing}`)

const letter = (subject: string, more: { from?: string; messageId?: string; body?: string } = {}): Buffer =>
  Buffer.from(
    [
      `From: =?utf-8?B?${Buffer.from('欧阳').toString('base64')}?= <${more.from ?? 'c7@example.com'}>`,
      'To: hr@company.example',
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      'Date: Mon, 15 Jun 2026 08:00:00 +0800',
      `Message-ID: ${more.messageId ?? '<letter-1@example.com>'}`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      more.body ?? '请删除我的全部资料。<img src=x onerror=alert(1)> 电话 13900000007',
      '',
    ].join('\r\n'),
  )

it('tells by the subject what is asked for, and takes no ordinary mail for a request', () => {
  for (const [subject, kind] of [
    ['请删除我的简历', 'delete'],
    ['Re: 个人信息删除申请', 'delete'],
    ['Please delete my personal data', 'delete'],
    ['撤回对简历使用的同意', 'withdraw'],
    ['更正我的个人信息', 'correct'],
    ['申请查询我的个人信息', 'access'],
    ['DSAR', 'access'],
    ['索取个人信息副本', 'copy'],
    ['Restrict the processing of my data', 'restrict'],
    ['应聘后端开发工程师-欧阳明月', undefined],
    ['简历', undefined],
    ['Application for data engineer', undefined],
    ['(Zhaopin.com) 应聘 数据分析师-上海-某某', undefined],
    ['删除会议邀请', undefined],
  ] as const)
    expect([subject, kindOfSubject(subject)]).toEqual([subject, kind])
})

describe.skipIf(missing !== undefined)('requests about one’s own data that come by mail', () => {
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

  const open = async (settings: MailPlaceOptions['settings'] = { take_requests: true }): Promise<MailPlace> => {
    const place = await openMailPlace(temporaryFolder(), server, { settings, parser: realParser() })
    places.push(place)
    return place
  }
  const put = async (...mails: readonly Buffer[]): Promise<void> => {
    for (const mail of mails) await client.append('INBOX', mail)
  }
  const requests = async (place: MailPlace) => (await place.core.call('request.list', {})).items

  it('[ZP-91] [MM-08] lie on the desk from when they came, once, about whoever has that address, with the mail as evidence', async () => {
    const place = await open({ take_requests: true, after: 'delete', on_destruction: 'delete' })
    const { core } = place
    await put(resumeMail(7))
    await place.run()
    await core.core.account?.indexer.settle()
    expect(place.count('candidate')).toBe(1)
    const received = new Date(core.core.clock.now() - 3 * 86_400_000)
    await client.append('INBOX', letter('请删除我的简历'), [], received)
    // The same message through another server, and somebody else’s ordinary mail, which stays unopened.
    await client.append('INBOX', Buffer.concat([letter('请删除我的简历'), Buffer.from('-- \r\nscanned\r\n')]))
    await put(letter('周末聚餐', { messageId: '<other@example.com>' }))
    await place.run()
    expect(await place.counts()).toMatchObject({ requests: 1, merged: 1, others: 1, imported: 0 })
    const [row, ...more] = await requests(place)
    expect(more).toEqual([])
    expect(row).toMatchObject({ via: 'mail', kind: 'delete', requester: 'self', step: 'check_identity' })
    expect(Math.abs((row?.received_at ?? 0) - received.getTime())).toBeLessThan(2000)
    expect(row?.record_id).toBeDefined()
    const id = row?.id ?? ''
    const view = await core.call('request.get', { id })
    // Text and no markup that runs; contacts and the person’s own name do not reach the page.
    expect(view.detail).toContain('<img src=x onerror=alert(1)>')
    expect(JSON.stringify(view)).not.toMatch(/c7@example\.com|13900000007/)
    expect(view.mail_size).toBeGreaterThan(200)
    expect(view.papers).toEqual([])
    // Whom to answer is shown when somebody asks, after it is entered.
    const before = (await core.call('ledger.list', { limit: 100 })).items.length
    expect(await core.call('request.reveal_contact', { id })).toEqual({ contact: 'c7@example.com' })
    const entries = (await core.call('ledger.list', { limit: 100 })).items
    expect(entries.length).toBeGreaterThan(before)
    expect(entries.some(({ action, detail }) => action === 'reveal' && detail === 'contact')).toBe(true)
    // What is asked is left where it was written, though resumes are deleted after import.
    await client.mailboxClose()
    expect((await client.mailboxOpen('INBOX')).exists).toBe(3)
    // Read anew from the beginning, it is the same request.
    core.core.account?.store.db.run('UPDATE mailbox_folder SET next_uid = 1')
    core.core.account?.store.db.run('DELETE FROM mail_copy')
    await place.run()
    expect(await requests(place)).toHaveLength(1)
  })

  it('[ZP-79] end with the person: words, evidence and the mail on the server go, and the request does not come back', async () => {
    const place = await open({ take_requests: true, on_destruction: 'delete' })
    const { core } = place
    await put(resumeMail(7))
    await place.run()
    await core.core.account?.indexer.settle()
    await put(letter('请删除我的简历'))
    await place.run()
    const id = (await requests(place))[0]?.id ?? ''
    expect(place.count("request_paper WHERE kind = 'mail'")).toBe(1)
    await core.call('request.note_proof', { id, kind: 'identity' })
    await core.call('request.verify', { id, verdict: 'verified' })
    const { places: found } = await core.call('request.search', { id })
    expect(found.find(({ place: name }) => name === 'mailbox')).toMatchObject({ state: 'found', count: 2 })
    await core.call('request.destroy', { id })
    await core.core.account?.retention.runDue()
    expect([place.count('candidate'), place.count('request_paper')]).toEqual([0, 0])
    expect(await core.codeOf('request.reveal_contact', { id })).toBe('E_NOT_FOUND')
    await core.call('request.answer', { id, outcome: 'done' })
    await place.run()
    await client.mailboxClose()
    expect((await client.mailboxOpen('INBOX')).exists).toBe(0)
    await put(letter('请删除我的简历'))
    await place.run()
    expect(await requests(place)).toEqual([])
  })

  it('[MM-08] of senders who are not registered are read only where that was chosen', async () => {
    const place = await open({})
    await put(letter('请删除我的简历'))
    await place.run()
    expect(await place.counts()).toMatchObject({ read: 0, others: 1, requests: 0 })
    expect(await requests(place)).toEqual([])
  })

  it('[ZP-91] are made of a mail in quarantine by whoever reads it, once for one message, and wait for a person to be named', async () => {
    const place = await open({ senders: [{ match: 'c7@example.com' as never }] })
    const { core } = place
    const received = new Date(core.core.clock.now() - 2 * 86_400_000)
    await client.append(
      'INBOX',
      letter('您好', { from: 'c7@example.com', body: '我不想再被联系了，请把我的东西删掉' }),
      [],
      received,
    )
    await place.run()
    const aside = (await core.call('quarantine.list', {})).items
    expect(aside).toMatchObject([{ reason: 'no_resume', label: 'eml' }])
    const quarantined = aside[0]?.id ?? ''
    const { request_id: id, known } = await core.call('quarantine.to_request', { id: quarantined, kind: 'delete' })
    expect(known).toBe(false)
    expect((await core.call('quarantine.list', {})).items).toEqual([])
    const view = await core.call('request.get', { id })
    expect(view).toMatchObject({ via: 'mail', kind: 'delete', step: 'check_identity' })
    expect(view.detail).toContain('请把我的东西删掉')
    expect(Math.abs(view.received_at - received.getTime())).toBeLessThan(2000)
    expect(view.record_id).toBeUndefined()
    expect(place.count("mail_copy WHERE reason = 'request' AND quarantine_id IS NULL")).toBe(1)
    // Found once more under another head, the message is still the same request.
    await put(letter('您好', { from: 'c7@example.com', body: '请把我的东西删掉' }))
    await place.run()
    const again = (await core.call('quarantine.list', {})).items[0]?.id ?? ''
    expect(await core.call('quarantine.to_request', { id: again, kind: 'access' })).toEqual({
      request_id: id,
      known: true,
    })
    expect(await requests(place)).toHaveLength(1)
  })
})
