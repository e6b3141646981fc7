import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createParserHost, type ParserHost } from '../../electron/core/intake/parser-host.ts'
import type { ParsedArchive, ParsedFile, ParseOutcome } from '../../electron/shared/domain/intake.ts'
import { encodeGbk } from '../fixtures/resumes/encode-gbk.ts'
import { labelledSet, readingDay, type LabelledResume } from '../fixtures/resumes/labelled-set.ts'
import { docxOf } from '../fixtures/resumes/make-docx.ts'
import { pictures } from '../fixtures/resumes/make-images.ts'
import { mailOf } from '../fixtures/resumes/make-mail.ts'
import { mhtOf } from '../fixtures/resumes/make-mht.ts'
import { cfbOf, msgOf } from '../fixtures/resumes/make-msg.ts'
import { linesPdf, scannedPdf } from '../fixtures/resumes/make-pdf.ts'
import { rtfOf } from '../fixtures/resumes/make-rtf.ts'
import { zipOf } from '../fixtures/resumes/make-zip.ts'

let host: ParserHost
beforeAll(() => {
  host = createParserHost({ clock: { now: () => readingDay } })
})
afterAll(() => host.close())

const outcomeOf = async (name: string, bytes: Uint8Array): Promise<ParsedFile | ParsedArchive> => {
  const outcome: ParseOutcome = await host.parse(name, bytes)
  if ('quarantined' in outcome) throw new Error(`quarantined: ${outcome.quarantined} ${outcome.detail}`)
  return outcome
}
const parsed = async (name: string, bytes: Uint8Array): Promise<ParsedFile> => {
  const outcome = await outcomeOf(name, bytes)
  if ('parts' in outcome) throw new Error('an archive')
  return outcome
}
const archive = async (bytes: Uint8Array, name = '简历.zip'): Promise<ParsedArchive> => {
  const outcome = await outcomeOf(name, bytes)
  if (!('parts' in outcome)) throw new Error('no archive')
  return outcome
}

const samples = labelledSet(7, 1)
const sampleOf = (id: string): LabelledResume => {
  const found = samples.find((sample) => sample.layout.id === id)
  if (!found) throw new Error(`no layout ${id}`)
  return found
}
const plain = sampleOf('labelled lines')
const table = sampleOf('table form')

const expectPerson = ({ resume }: ParsedFile, { person }: LabelledResume): void => {
  expect(resume.basics).toMatchObject({ name: person.name, phone: person.phone, email: person.email })
  expect(resume.work.map((job) => [job.name, job.position, job.startDate])).toEqual(
    person.jobs.map((job) => [job.company, job.title, job.start]),
  )
  expect(resume.education.map((school) => [school.institution, school.area, school.studyType])).toEqual(
    person.schools.map((school) => [school.school, school.major, school.degree]),
  )
}
const html = (text: string): string =>
  `<html><body>${text
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('')}</body></html>`

describe('RTF', () => {
  test.each(['gbk', 'unicode'] as const)('Chinese in %s', async (letters) => {
    const file = await parsed('简历.rtf', rtfOf(plain.text, letters))
    expect(file).toMatchObject({ format: 'rtf', warnings: [] })
    expect(file.text).not.toContain('作者')
    expectPerson(file, plain)
    expectPerson(await parsed('a.doc', rtfOf(table.text, letters)), table)
  })
  test('a picture, an object and hidden words are passed over', async () => {
    const more = `{\\pict\\pngblip ${'89504e47\r\n'.repeat(4_000)}}{\\object\\objemb{\\*\\objdata 0105000002}{\\result 图}}{\\v HIDDENWORD}{\\*\\unknown NOTHINGSEEN}`
    const file = await parsed('a.rtf', rtfOf(plain.text, 'gbk', more))
    expect(file.text).not.toMatch(/89504e47|0105|HIDDENWORD|NOTHINGSEEN|fonttbl|Calibri|Normal/)
    expect(file.warnings).toEqual(['active_content'])
    expectPerson(file, plain)
  })
})

describe('MHT', () => {
  test.each(['word', 'browser'] as const)('as a %s saves it', async (by) => {
    const file = await parsed('简历.mht', mhtOf(Buffer.from(html(plain.text)), 'utf-8', by))
    expect(file).toMatchObject({ format: 'mht', attachments: [] })
    expect(file.mail).toBeUndefined()
    expectPerson(file, plain)
  })
  test('in GBK, called a Word document, as job boards export it', async () => {
    const file = await parsed('简历.doc', mhtOf(encodeGbk(html(plain.text)), 'gb2312'))
    expect(file).toMatchObject({ format: 'mht', warnings: [] })
    expectPerson(file, plain)
  })
})

test('a mail of related parts that lost its receiver stays a mail', async () => {
  const page = mhtOf(Buffer.from(html(plain.text)), 'utf-8').toString('latin1')
  const file = await parsed('a.eml', Buffer.from(`From: Ann <a@example.com>\r\nSubject: cv\r\n${page}`, 'latin1'))
  expect(file).toMatchObject({ format: 'eml', mail: { from: 'a@example.com' } })
})

describe('MSG', () => {
  test.each([false, true])('the resume is attached (strings in GBK: %s)', async (ansi) => {
    const pdf = await linesPdf(plain.text)
    const file = await parsed(
      '应聘.msg',
      msgOf({
        subject: '应聘产品经理',
        from: 'zw@example.com',
        fromName: '候选人',
        body: '您好，附件是我的简历，请查收。',
        headers: 'Message-ID: <2@example.com>\r\nX-Mailer: 测试\r\n\tfolded\r\n',
        ansi,
        attachments: [{ name: '简历.pdf', bytes: pdf }],
      }),
    )
    expectPerson(file, plain)
    expect(file.format).toBe('msg')
    expect(file.mail).toMatchObject({
      subject: '应聘产品经理',
      from: 'zw@example.com',
      fromName: '候选人',
      messageId: '<2@example.com>',
      body: '您好，附件是我的简历，请查收。',
      headers: [
        { name: 'message-id', value: '<2@example.com>' },
        { name: 'x-mailer', value: '测试 folded' },
      ],
    })
    expect(file.attachments).toMatchObject([{ name: '简历.pdf', format: 'pdf', chosen: true }])
    expect(Buffer.from(file.attachments[0]?.bytes ?? []).equals(pdf)).toBe(true)
  })
  test('the letter is the resume: as text, as HTML', async () => {
    expectPerson(await parsed('a.msg', msgOf({ body: plain.text.replaceAll('\n', '\r\n') })), plain)
    expectPerson(await parsed('a.msg', msgOf({ html: html(plain.text) })), plain)
  })
  test('the packed RTF is the only body', async () => {
    const raw = rtfOf(plain.text, 'unicode')
    const header = Buffer.alloc(16)
    header.writeUInt32LE(raw.length + 12, 0)
    header.writeUInt32LE(raw.length, 4)
    header.write('MELA', 8, 'latin1')
    expectPerson(await parsed('a.msg', msgOf({ rtf: Buffer.concat([header, raw]) })), plain)
  })
  test('a mail in the mail is opened', async () => {
    const inner = { subject: '转', body: '见附件', attachments: [{ name: 'cv.docx', bytes: await docxOf(plain.text) }] }
    const file = await parsed('a.msg', msgOf({ body: '转发', attachments: [{ name: '转', message: inner }] }))
    expectPerson(file, plain)
    expect(file.attachments.map(({ name, format, chosen }) => [name, format, chosen])).toEqual([
      ['转.msg', 'msg', false],
      ['cv.docx', 'docx', true],
    ])
  })
})

describe('text in GB 18030', () => {
  test('letters of four bytes', async () => {
    // 㐀 (U+3400) is 81 39 EE 39; names have such letters.
    const bytes = Buffer.concat([encodeGbk(plain.text), Buffer.from([0x0a, 0x81, 0x39, 0xee, 0x39])])
    const file = await parsed('a.txt', bytes)
    expect(file.text.endsWith('㐀')).toBe(true)
    expectPerson(file, plain)
  })
})

describe('pictures', () => {
  test.each(Object.entries(pictures))('%s is kept and not read', async (mediaType, make) => {
    expect(await parsed('照片', make(1240, 1754))).toMatchObject({
      format: 'image',
      unread: { why: 'image', media_type: mediaType, width: 1240, height: 1754 },
      text: '',
      confidence: {},
      spans: [],
    })
  })
  test.each(Object.entries(pictures))('%s of a size that nobody shows', async (_type, make) => {
    expect(await host.parse('照片', make(16_000, 16_000))).toEqual({
      quarantined: 'too_large',
      detail: 'image_dimensions',
    })
  })
  test('in a mail: listed, and never the resume', async () => {
    const picture = { name: 'a.png', type: 'image/png', bytes: pictures['image/png']?.(600, 800) ?? Buffer.alloc(0) }
    const both = await parsed(
      'a.eml',
      mailOf({
        text: '您好',
        attachments: [picture, { name: 'b.docx', type: 'application/msword', bytes: await docxOf(plain.text) }],
      }),
    )
    expect(both.attachments).toMatchObject([
      { format: 'image', chosen: false },
      { format: 'docx', chosen: true },
    ])
    expect(both.warnings).not.toContain('attachment_unread')
    expect(await host.parse('a.eml', mailOf({ text: '您好', attachments: [picture] }))).toEqual({
      quarantined: 'scanned',
      detail: 'attachment',
    })
  })
})

describe('ZIP batches', () => {
  const names = (found: ParsedArchive): readonly string[] => found.parts.map((part) => part.name)
  test('each file comes as a part that can be read by itself', async () => {
    const found = await archive(
      zipOf([
        { name: '批量/', bytes: new Uint8Array(), stored: true, utf8: true },
        { name: '批量/张三.docx', bytes: await docxOf(plain.text), stored: true, utf8: true },
        { name: '批量/李四.txt', bytes: Buffer.from(table.text), utf8: true },
        { name: '__MACOSX/批量/._李四.txt', bytes: Buffer.from('x'), utf8: true },
        { name: '.DS_Store', bytes: Buffer.from('x') },
      ]),
    )
    expect(found).toMatchObject({ kind: 'archive', format: 'zip', refused: [], warnings: [] })
    expect(names(found)).toEqual(['张三.docx', '李四.txt'])
    const [first, second] = found.parts
    expectPerson(await parsed(first?.name ?? '', first?.bytes ?? new Uint8Array()), plain)
    expectPerson(await parsed(second?.name ?? '', second?.bytes ?? new Uint8Array()), table)
  })
  test('names in GBK, in UTF-8 that says so and in UTF-8 that does not', async () => {
    const bytes = Buffer.from('x')
    const found = await archive(
      zipOf([
        { name: encodeGbk('王小明简历.txt'), bytes },
        { name: '李雷.txt', bytes },
        { name: '韩梅梅.txt', bytes, utf8: true },
      ]),
    )
    expect(names(found)).toEqual(['王小明简历.txt', '李雷.txt', '韩梅梅.txt'])
  })
  test('names lead nowhere and stay apart', async () => {
    const bytes = Buffer.from('x')
    const found = await archive(
      zipOf(
        ['../../etc/a.txt', 'C:\\Windows\\a.txt', '/a.TXT', 'con.txt', 'x\u202etxt.exe', `${'长'.repeat(400)}.txt`].map(
          (name) => ({ name, bytes, utf8: true }),
        ),
      ),
    )
    expect(names(found).slice(0, 5)).toEqual(['a.txt', 'a (2).txt', 'a (3).txt', '_con.txt', 'xtxt.exe'])
    expect(names(found)[5]?.length).toBeLessThanOrEqual(120)
    expect(found.warnings).toEqual(['deceptive_name'])
  })
  test('archives within are opened, a document is not', async () => {
    const inner = zipOf([{ name: 'a.txt', bytes: Buffer.from('inner') }])
    const found = await archive(
      zipOf([
        { name: 'inner.zip', bytes: inner, stored: true },
        { name: 'b.docx', bytes: await docxOf('x') },
      ]),
    )
    expect(names(found)).toEqual(['a.txt', 'b.docx'])
  })
  test('what cannot be taken out is named with its reason, the rest comes', async () => {
    const found = await archive(
      zipOf([
        { name: 'a.txt', bytes: Buffer.from('x') },
        { name: 'secret.pdf', bytes: Buffer.from('x'), encrypted: true },
        { name: 'old.pdf', bytes: Buffer.from('x'), lies: { method: 12 } },
        { name: 'none.pdf', bytes: new Uint8Array(), stored: true },
      ]),
    )
    expect(names(found)).toEqual(['a.txt'])
    expect(found.refused).toEqual([
      { name: 'secret.pdf', quarantined: 'encrypted', detail: 'zip' },
      { name: 'old.pdf', quarantined: 'unknown_format', detail: 'zip_method' },
      { name: 'none.pdf', quarantined: 'empty', detail: '' },
    ])
  })
  test.each<[string, string, () => Uint8Array]>([
    ['all behind a password', 'encrypted', () => zipOf([{ name: 'a.pdf', bytes: Buffer.from('x'), encrypted: true }])],
    ['nothing in it', 'empty', () => zipOf([])],
    [
      'cut',
      'malformed',
      () => zipOf([{ name: 'a.pdf', bytes: Buffer.alloc(4_000, 'x'), stored: true }]).subarray(0, 900),
    ],
  ])('%s', async (_title, reason, make) => {
    expect(await host.parse('a.zip', make())).toMatchObject({ quarantined: reason })
  })
  test('a workbook is no batch', async () => {
    const bytes = zipOf([
      { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
      { name: 'xl/workbook.xml', bytes: Buffer.from('<workbook/>') },
    ])
    expect(await host.parse('a.xlsx', bytes)).toMatchObject({ quarantined: 'unknown_format' })
  })
  test('attached to a mail, the best of its files is the resume', async () => {
    const zip = zipOf([
      { name: '说明.txt', bytes: Buffer.from('简历见另一个文件'), utf8: true },
      { name: '简历.docx', bytes: await docxOf(plain.text), utf8: true },
    ])
    const file = await parsed(
      'a.eml',
      mailOf({ text: '您好', attachments: [{ name: 'a.zip', type: 'application/zip', bytes: zip }] }),
    )
    expectPerson(file, plain)
    expect(file.attachments.map(({ name, format, chosen }) => [name, format, chosen])).toEqual([
      ['说明.txt', 'txt', false],
      ['简历.docx', 'docx', true],
    ])
  })
})

test('a compound file is told by its bytes wherever they lie in memory', async () => {
  // A search of the runtime for UTF-16 never came back at odd addresses; where a message lies depends on its length.
  const message = msgOf({ body: '您好', attachments: [{ name: 'a.pdf', bytes: await linesPdf(plain.text) }] })
  for (const name of ['a.msg', 'ab.msg', 'abc.msg', 'abcd.msg']) expectPerson(await parsed(name, message), plain)
})

describe('compound files that are no mail and no document', () => {
  test.each<[string, string, () => Uint8Array]>([
    ['an old workbook', 'unknown_format', () => cfbOf([{ name: 'Workbook', data: Buffer.alloc(600) }])],
    [
      'a Word document behind a password',
      'encrypted',
      () => {
        const word = Buffer.alloc(1_000)
        word.writeUInt16LE(0xa5ec, 0)
        word.writeUInt16LE(0x0100, 10)
        return cfbOf([
          { name: 'WordDocument', data: word },
          { name: '0Table', data: Buffer.alloc(100) },
        ])
      },
    ],
    [
      'Word 95',
      'unknown_format',
      () => {
        const word = Buffer.alloc(1_000)
        word.writeUInt16LE(0xa5dc, 0)
        return cfbOf([{ name: 'WordDocument', data: word }])
      },
    ],
  ])('%s', async (_title, reason, make) => {
    expect(await host.parse('a.doc', make())).toMatchObject({ quarantined: reason })
  })
})

test('a scan is called one, and so is a mail with nothing but scans', async () => {
  expect(await host.parse('a.pdf', await scannedPdf())).toMatchObject({ quarantined: 'scanned' })
})
