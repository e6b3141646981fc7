import { expect, test } from 'vitest'
import { passphraseStrength } from '../../../../../src/features/welcome/passphrase-strength.ts'

test.each([
  ['', 'short'],
  ['abc123', 'short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['12345678901234', 'weak'],
  ['password12', 'weak'],
  ['correct horse battery staple', 'strong'],
  ['青铜茶壶遇见七只白鹭', 'strong'],
])('%s is %s', (passphrase, strength) => {
  expect(passphraseStrength(passphrase)).toBe(strength)
})
