import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanFileName } from '../../../../electron/shared/text/clean-file-name.ts'

describe('cleanFileName', () => {
  test.each<[string, string]>([
    ['张三-简历.pdf', '张三-简历.pdf'],
    ['../../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\简历.docx', '简历.docx'],
    ['..\\..\\a.txt', 'a.txt'],
    ['a\u0000.pdf', 'a.pdf'],
    ['cv\u202efdp.exe', 'cvfdp.exe'],
    ['\u2066a\u2069.pdf', 'a.pdf'],
    ['re\u200bsume.pdf', 'resume.pdf'],
    ['CON.txt', '_CON.txt'],
    ['nul', '_nul'],
    ['COM¹.pdf', '_COM¹.pdf'],
    ['name.pdf. . .', 'name.pdf'],
    ['.htaccess', 'htaccess'],
    ['a:b*c?"<>|.pdf', 'a_b_c_____.pdf'],
    ['a\u2215b\uff0fc.pdf', 'a_b_c.pdf'],
    ['resume\uff0epdf', 'resume.pdf'],
    ['', 'file'],
    ['...', 'file'],
    ['\u202e', 'file'],
  ])('%j becomes %j', (given, name) => {
    expect(cleanFileName(given).name).toBe(name)
  })

  test.each(['cv\u202efdp.exe', 'resume.pdf.exe', `resume.pdf${' '.repeat(60)}.scr`, '简历.doc .js'])(
    '%j is deceptive',
    (given) => {
      expect(cleanFileName(given).deceptive).toBe(true)
    },
  )
  test.each(['简历.pdf', 'Zhang.San.2024.pdf', 'report.final.docx', 'résumé 👩‍💻.pdf', 'a.tar.gz'])(
    '%j is not',
    (given) => {
      expect(cleanFileName(given).deceptive).toBe(false)
    },
  )

  test('a long name is cut in its middle, the extension stays in sight', () => {
    const { name, extension } = cleanFileName(`${'长'.repeat(500)}.pdf.exe`)
    expect(name.length).toBeLessThanOrEqual(120)
    expect(name).toMatch(/….exe$/)
    expect(extension).toBe('exe')
  })

  test('whatever is given: one plain name, and cleaning it again changes nothing', () => {
    const odd = fc.constantFrom(
      '/',
      '\\',
      '..',
      '.',
      ' ',
      ':',
      '\u202e',
      '\u200f',
      '\0',
      'CON',
      'nul.',
      '.pdf',
      '\ud800',
      '\ufeff',
      '…',
      '%2e%2e/',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 60 })), { maxLength: 12 }), (parts) => {
        const { name, extension } = cleanFileName(parts.join(''))
        expect(name).not.toBe('')
        expect(name.length).toBeLessThanOrEqual(121)
        expect(name).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/)
        expect(name).not.toMatch(/^[. ]|[. ]$/)
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
        expect(name.isWellFormed()).toBe(true)
        expect(name.toLowerCase().endsWith(extension)).toBe(true)
        expect(cleanFileName(name).name).toBe(name)
      }),
      { numRuns: 2_000, seed: 7 },
    )
  })
})
