import { expect, test } from 'vitest'
import { createSecretKey } from 'node:crypto'
import { identityOf } from '../../../../electron/core/mailbox/mail-identity.ts'
import { findSender } from '../../../../electron/core/mailbox/sender-list.ts'

const list = {
  senders: [{ match: '@board.example', platform: 'zhaopin' as const }, { match: 'ann@board.example' }],
  platform_senders: true,
}
const of = (...addresses: Array<string | undefined>) =>
  findSender(
    list,
    addresses.map((address) => ({ address })),
  )

test('[MM-08] a sender is on the list by address, by domain, or as a platform; nobody else, and no half of a name', () => {
  expect(of('x@board.example')).toEqual(list.senders[0])
  expect(of('Ann@Board.Example')).toEqual(list.senders[1])
  expect(of('no-reply@mail.zhaopin.com')).toEqual({})
  for (const other of [
    'x@sub.board.example',
    'x@evil-board.example',
    'x@board.example.evil.example',
    'x@zhaopin.com.evil.example',
    '@board.example',
    'board.example',
    '',
    undefined,
  ])
    expect([other, of(other)]).toEqual([other, undefined])
  expect(findSender(list, undefined)).toBeUndefined()
  expect(of()).toBeUndefined()
  // Two senders, one of them a stranger: nobody vouches for the mail.
  expect(of('x@board.example', 'y@evil.example')).toBeUndefined()
  expect(findSender({ ...list, platform_senders: false }, [{ address: 'a@zhaopin.com' }])).toBeUndefined()
})

test('a mail is known again whatever a server adds above it, and by another body it is another mail', () => {
  const key = createSecretKey(Buffer.alloc(32, 1))
  const mail = (more = '', body = 'hello'): Buffer =>
    Buffer.from(`${more}From: a@b.example\r\nMessage-ID: <1@b.example>\r\nDate: x\r\n\r\n${body}`)
  const first = identityOf(mail(), key)
  expect(identityOf(mail('Received: by other\r\nX-Spam: no\r\n'), key)).toEqual(first)
  expect(identityOf(mail('', 'hello you'), key).key).not.toBe(first.key)
  expect(identityOf(mail('', 'hello you'), key).messageHash).toBe(first.messageHash)
  expect(identityOf(mail(), createSecretKey(Buffer.alloc(32, 2))).key).not.toBe(first.key)
  expect(identityOf(Buffer.from('no head at all'), key).messageHash).toBeNull()
  expect(identityOf(Buffer.alloc(0), key).messageHash).toBeNull()
})
