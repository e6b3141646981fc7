import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keyHierarchy } from '../../../../electron/core/keys/key-hierarchy.ts'
import { keyCheck } from '../../../../electron/core/keys/kek-wrap.ts'
import { formatRecoveryCode } from '../../../../electron/core/keys/recovery-code.ts'
import { applicationIds } from '../../../../electron/core/store/connection-pragmas.ts'
import { accountFolder } from '../../../../electron/core/store/home-paths.ts'

const text = readFileSync(join(import.meta.dirname, '../../../../docs/formats.md'), 'utf8')
const kek = Buffer.from(Array.from({ length: 32 }, (_, index) => index))
const keys = keyHierarchy(kek, 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf')
const account = 'hr@sandbox'

describe('docs/formats.md says what the program does', () => {
  test.each([
    ['`check`', keyCheck(kek).toString('base64url')],
    ['`store/hr@sandbox`', Buffer.from(keys.storeKey(account)).toString('hex')],
    ['`index/hr@sandbox`', Buffer.from(keys.indexKey(account)).toString('hex')],
    ['`ledger`', Buffer.from(keys.ledgerKey()).toString('hex')],
    ['`keystore`', keys.keystoreKey().export().toString('hex')],
    ['folder of `hr@sandbox`', accountFolder(account)],
    ['`store.db`', `0x${applicationIds.store.toString(16)}`],
    ['`index.db`', `0x${applicationIds.index.toString(16)}`],
    ['`ledger.db`', `0x${applicationIds.ledger.toString(16)}`],
  ])('%s', (what, value) => {
    const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
    expect(rows.some((cells) => cells[1] === what && cells[2] === `\`${value}\``)).toBe(true)
  })

  test('the recovery code of the example', () => {
    expect(text).toContain(formatRecoveryCode(Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')))
  })
})
