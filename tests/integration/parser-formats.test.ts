import { execFile, execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createParserHost } from '../../electron/core/intake/parser-host.ts'
import type { ParserHost } from '../../electron/core/intake/parser-host.ts'
import type { ParsedFile, ParseOutcome } from '../../electron/shared/domain/intake.ts'
import { encodeGbk } from '../fixtures/resumes/encode-gbk.ts'
import { labelledSet, readingDay } from '../fixtures/resumes/labelled-set.ts'
import { documentXml, docxOf, rawDocx, wordParagraph } from '../fixtures/resumes/make-docx.ts'
import { mailOf } from '../fixtures/resumes/make-mail.ts'
import { blankPdf, columnsPdf, gbkPdf, linesPdf, scannedPdf, scriptedPdf } from '../fixtures/resumes/make-pdf.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

let host: ParserHost
beforeAll(() => {
  host = createParserHost({ clock: { now: () => readingDay } })
})
afterAll(() => host.close())

const parsed = async (name: string, bytes: Uint8Array): Promise<ParsedFile> => {
  const outcome = await host.parse(name, bytes)
  if ('quarantined' in outcome) throw new Error(`quarantined: ${outcome.quarantined} ${outcome.detail}`)
  if ('parts' in outcome) throw new Error('an archive')
  return outcome
}

const samples = labelledSet(7, 1)
const sampleOf = (id: string): (typeof samples)[number] => {
  const found = samples.find((sample) => sample.layout.id === id)
  if (!found) throw new Error(`no layout ${id}`)
  return found
}
const plain = sampleOf('labelled lines')
const table = sampleOf('table form')

/** What every format must bring through. */
const expectPerson = ({ resume }: ParsedFile, { person }: typeof plain): void => {
  expect(resume.basics).toMatchObject({ name: person.name, phone: person.phone, email: person.email })
  expect(resume.work.map((job) => [job.name, job.position, job.startDate])).toEqual(
    person.jobs.map((job) => [job.company, job.title, job.start]),
  )
  expect(resume.education.map((school) => [school.institution, school.area, school.studyType])).toEqual(
    person.schools.map((school) => [school.school, school.major, school.degree]),
  )
}

describe('text', () => {
  const bom = (order: 'le' | 'be', text: string): Buffer => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    return order === 'le' ? bytes : bytes.swap16()
  }
  test.each([
    ['UTF-8', Buffer.from(plain.text)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${plain.text}`)],
    ['UTF-8 with CRLF', Buffer.from(plain.text.replaceAll('\n', '\r\n'))],
    ['UTF-16 LE', bom('le', plain.text)],
    ['UTF-16 BE', bom('be', plain.text)],
    ['GBK', encodeGbk(plain.text)],
  ])('%s', async (_name, bytes) => {
    const file = await parsed('简历.txt', bytes)
    expect(file.format).toBe('txt')
    expect(file.text).toContain(plain.person.name.split('').join(' '))
    expect(file.warnings).toEqual([])
    expectPerson(file, plain)
  })

  test('spans and contacts point into the text', async () => {
    const file = await parsed('a.txt', Buffer.from(plain.text))
    const phone = file.contacts.find((contact) => contact.kind === 'phone')
    expect(file.text.slice(phone?.start, phone?.end)).toBe(plain.person.phone)
    const email = file.spans.find((span) => span.field === 'email')
    expect(file.text.slice(email?.start, email?.end)).toBe(plain.person.email)
    expect(file.confidence.phone).toBeGreaterThan(0.9)
    expect(file.confidence.languages).toBeUndefined()
  })
})

describe('DOCX', () => {
  test('paragraphs', async () => expectPerson(await parsed('a.docx', await docxOf(plain.text)), plain))
  test('tables', async () => expectPerson(await parsed('a.docx', await docxOf(table.text)), table))
  test('contacts in the page header are read', async () => {
    const withoutContacts = plain.text.replace(/^手机号码.*$/m, '')
    const file = await parsed(
      'a.docx',
      await docxOf(withoutContacts, `电话：${plain.person.phone} 邮箱：${plain.person.email}`),
    )
    expectPerson(file, plain)
  })
  test('a remote picture is reported and not loaded', async () => {
    const link =
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/></Relationships>'
    const xml = documentXml(plain.text.split('\n').map(wordParagraph).join(''))
    const file = await parsed(
      'a.docx',
      rawDocx(xml, { 'word/_rels/document.xml.rels': new TextEncoder().encode(link) }),
    )
    expect(file.warnings).toContain('remote_content')
    expectPerson(file, plain)
  })
})

describe('PDF', () => {
  test('lines', async () => expectPerson(await parsed('a.pdf', await linesPdf(plain.text)), plain))
  test('a form drawn cell by cell', async () => expectPerson(await parsed('a.pdf', await linesPdf(table.text)), table))
  test('GBK without an embedded font needs the character maps', async () => {
    const lines = plain.text.split('\n').map(encodeGbk)
    expectPerson(await parsed('a.pdf', gbkPdf(lines)), plain)
  })
  test('columns are read one after the other', async () => {
    const left = [
      '联系方式',
      '电话 13812345678',
      'li@example.com',
      '现居上海',
      '专业技能',
      'Java',
      'MySQL',
      'Redis',
      '语言能力',
      '英语 CET-6',
    ]
    const right = [
      '工作经历',
      '2019.03-至今 杭州云图网络科技有限公司 工程师',
      '负责订单系统的设计与开发，支撑每日两亿次请求',
      '参与需求评审并推动项目按期上线',
      '2016.07-2019.02 上海复星医药集团 测试工程师',
      '编写自动化测试用例并维护持续集成环境',
      '教育经历',
      '2012.09-2016.06 浙江大学 软件工程 本科',
    ]
    const { text, resume } = await parsed('a.pdf', await columnsPdf('李思远', left, right))
    expect(text.indexOf('CET-6')).toBeLessThan(text.indexOf('工作经历'))
    expect(resume.work.map((job) => job.name)).toEqual(['杭州云图网络科技有限公司', '上海复星医药集团'])
    expect(resume.basics).toMatchObject({ name: '李思远', phone: '13812345678' })
    expect(resume.skills.map((skill) => skill.name)).toEqual(['Java', 'MySQL', 'Redis'])
  })
  test('the text agrees with pdftotext', async ({ skip }) => {
    try {
      execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    } catch {
      skip('pdftotext (poppler-utils) is not installed')
    }
    const folder = temporaryFolder()
    for (const sample of samples) {
      // The font has no ● and ■; each program shows something else for them.
      const bytes = await linesPdf(sample.text.replace(/[●■]/g, ''))
      const path = join(folder, 'a.pdf')
      writeFileSync(path, bytes)
      const { stdout } = await promisify(execFile)('pdftotext', ['-layout', '-enc', 'UTF-8', path, '-'])
      const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')
      expect(squeeze((await parsed('a.pdf', bytes)).text)).toBe(squeeze(stdout))
    }
  })
  test('script is reported and not run', async () => {
    const english = sampleOf('English')
    const file = await parsed('a.pdf', scriptedPdf(english.text.replaceAll('–', '-').replaceAll('•', '*')))
    expect(file.warnings).toContain('active_content')
    expect(file.resume.basics.phone).toBe(english.person.phone)
  })
  test.each<[string, string, () => Promise<Buffer>]>([
    ['a password', 'encrypted', () => linesPdf(plain.text, { userPassword: 'secret' })],
    ['a scan', 'scanned', scannedPdf],
    ['an empty page', 'no_text', blankPdf],
    ['a cut file', 'malformed', () => Promise.resolve(Buffer.from('%PDF-1.7\nnothing more'))],
  ])('%s', async (_name, reason, make) => {
    expect(await host.parse('a.pdf', await make())).toMatchObject({ quarantined: reason })
  })
  test('an owner password alone does not hinder reading', async () => {
    expectPerson(await parsed('a.pdf', await linesPdf(plain.text, { ownerPassword: 'secret' })), plain)
  })
})

describe('HTML', () => {
  const rows = (text: string): string =>
    text
      .split('\n')
      .map((line) =>
        line.includes('\t')
          ? `<table><tr>${line
              .split('\t')
              .map((cell) => `<td><p>${cell}</p></td>`)
              .join('')}</tr></table>`
          : `<div>${line}</div>`,
      )
      .join('')
  test('blocks and tables, in UTF-8 and GBK', async () => {
    const html = `<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body>${rows(table.text)}</body></html>`
    expectPerson(await parsed('a.html', Buffer.from(html)), table)
    expectPerson(await parsed('a.htm', encodeGbk(html.replace('<head>', '<head><meta charset=gbk>'))), table)
  })
  test('script, hidden words and remote pictures stay out', async () => {
    const html = `<html><body onload="steal()"><script>fetch('http://127.0.0.1:9/')</script><img src="http://127.0.0.1:9/p.gif"><div style="display:none">HIDDENWORD</div>${rows(plain.text)}<iframe src="https://127.0.0.1:9/">INFRAME</iframe></body></html>`
    const file = await parsed('a.html', Buffer.from(html))
    expect(file.text).not.toMatch(/steal|fetch|HIDDENWORD|INFRAME|127\.0\.0\.1/)
    expect(file.warnings).toEqual(['active_content', 'remote_content'])
    expectPerson(file, plain)
  })
  test('a Word document that is a web page goes by its bytes', async () => {
    const file = await parsed('简历.doc', Buffer.from(`<html><body>${rows(plain.text)}</body></html>`))
    expect(file.format).toBe('html')
    expect(file.warnings).toContain('mislabelled')
  })
})

describe('mail', () => {
  test('the resume in the attachment wins over the letter', async () => {
    const pdf = await linesPdf(plain.text)
    const mail = mailOf({
      subject: '应聘产品经理',
      from: 'zw@example.com',
      text: '您好，附件是我的简历，请查收。',
      attachments: [{ name: '简历.pdf', type: 'application/octet-stream', bytes: pdf }],
    })
    const file = await parsed('a.eml', mail)
    expectPerson(file, plain)
    expect(file.format).toBe('eml')
    expect(file.mail).toMatchObject({
      subject: '应聘产品经理',
      from: 'zw@example.com',
      fromName: '候选人',
      messageId: '<1@example.com>',
      body: '您好，附件是我的简历，请查收。',
    })
    expect(file.attachments).toMatchObject([{ name: '简历.pdf', format: 'pdf', chosen: true }])
    expect(Buffer.from(file.attachments[0]?.bytes ?? []).equals(pdf)).toBe(true)
  })
  test('the letter is the resume when nothing is attached, in GBK', async () => {
    expectPerson(await parsed('a.eml', mailOf({ text: encodeGbk(plain.text), charset: 'gb2312' })), plain)
  })
  test('a forwarded mail is opened', async () => {
    const inner = mailOf({
      text: '见附件',
      attachments: [{ name: 'cv.docx', type: 'application/msword', bytes: await docxOf(plain.text) }],
    })
    const file = await parsed(
      'a.eml',
      mailOf({ text: '转发', attachments: [{ name: '转发.eml', type: 'message/rfc822', bytes: inner }] }),
    )
    expectPerson(file, plain)
    expect(file.attachments.map(({ name, format, chosen }) => [name, format, chosen])).toEqual([
      ['转发.eml', 'eml', false],
      ['cv.docx', 'docx', true],
    ])
  })
  test('an unreadable attachment is named, the rest is read', async () => {
    const attachments = [
      { name: 'a.pdf', type: 'application/pdf', bytes: await scannedPdf() },
      { name: 'b.docx', type: 'application/msword', bytes: await docxOf(plain.text) },
    ]
    const file = await parsed('a.eml', mailOf({ text: '您好', attachments }))
    expect(file.attachments).toMatchObject([
      { quarantined: 'scanned', chosen: false },
      { format: 'docx', chosen: true },
    ])
    expect(file.warnings).toContain('attachment_unread')
    expectPerson(file, plain)
  })
  test('only an unreadable attachment: its reason is the mail’s', async () => {
    const bytes = await scannedPdf()
    expect(
      await host.parse(
        'a.eml',
        mailOf({ text: '您好', attachments: [{ name: 'a.pdf', type: 'application/pdf', bytes }] }),
      ),
    ).toMatchObject({ quarantined: 'scanned' })
  })
  test('mails within mails end somewhere', async () => {
    let mail = mailOf({ text: plain.text })
    for (let depth = 0; depth < 8; depth += 1)
      mail = mailOf({ text: '转发', attachments: [{ name: 'm.eml', type: 'message/rfc822', bytes: mail }] })
    expect(await host.parse('a.eml', mail)).toMatchObject({ quarantined: 'too_deep' })
  })
})

describe('set aside', () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])
  const compound = (name: string): Buffer =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from(name, 'utf16le'),
      Buffer.alloc(600),
    ])
  test.each<[string, Uint8Array, ParseOutcome]>([
    ['empty.txt', new Uint8Array(), { quarantined: 'empty', detail: '' }],
    ['blank.txt', Buffer.from('  \n\n '), { quarantined: 'no_text', detail: 'txt' }],
    [
      'letter.txt',
      Buffer.from('张三您好，明天下午三点开会，电话13812345678。'),
      { quarantined: 'no_resume', detail: 'txt' },
    ],
    ['resume.pdf', program, { quarantined: 'unknown_format', detail: 'application/x-msdownload' }],
    ['secret.docx', compound('EncryptedPackage'), { quarantined: 'encrypted', detail: 'application/x-cfb' }],
    ['old.doc', compound('WordDocument'), { quarantined: 'malformed', detail: 'cfb_header' }],
    [
      'noise.txt',
      Buffer.from([0, 255, 3, 200, 0, 17, 250, 1, 2, 3]),
      { quarantined: 'unknown_format', detail: 'binary' },
    ],
  ])('%s', async (name, bytes, outcome) => {
    expect(await host.parse(name, bytes)).toEqual(outcome)
  })
})
