import { describe, expect, test } from 'vitest'
import { normalisePassphrase, passphraseWeakness } from '../../../../electron/shared/domain/passphrase.ts'

describe('passphraseWeakness', () => {
  test.each([
    ['', 'too_short'],
    ['short', 'too_short'],
    ['九个字的口令太短了', 'too_short'],
    ['   a b c    ', 'too_short'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['121212121212', 'repeated'],
    ['abcabcabcabc', 'repeated'],
    ['1234567890', 'common'],
    ['PassWord123', 'common'],
    ['pass word 123', 'common'],
    ['ｐａｓｓｗｏｒｄ１２３', 'common'],
  ] as const)('[ZP-101] %j is refused as %s', (text, weakness) => {
    expect(passphraseWeakness(text)).toBe(weakness)
  })

  test.each(['correct horse battery', '十个汉字的口令可以使用', 'aaaaaaaaaab7', 'k9#Lm2!pQ4'])(
    '%j may be used',
    (text) => {
      expect(passphraseWeakness(text)).toBeNull()
    },
  )

  test('full-width and half-width typing give the same text', () => {
    expect(normalisePassphrase('ａＢ１！')).toBe('aB1!')
  })
})
