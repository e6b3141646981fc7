import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import PDFDocument from 'pdfkit'
import { unpackWoff } from '../../shared/fonts/unpack-woff.ts'
import type { SandboxPerson } from './people.ts'
import type { SandboxResume } from './make-resume.ts'

export type ResumeDocument = { readonly name: string; readonly mediaType: string; readonly bytes: Buffer }

/** What the person would write into their own file: everything, contacts too. */
const linesOf = (
  person: SandboxPerson,
  resume: SandboxResume,
): ReadonlyArray<readonly [heading: string, lines: readonly string[]]> => [
  ['联系方式', [`手机：${person.phone}`, `邮箱：${person.email}`, `微信：${person.wechat}`]],
  ['自我评价', [resume.basics?.summary ?? '']],
  [
    '工作经历',
    (resume.work ?? []).flatMap((job) => [
      `${job.startDate ?? ''} 至 ${job.endDate ?? '今'}　${job.name ?? ''}　${job.position ?? ''}`,
      ...(job.highlights ?? []).map((line) => `· ${line}`),
    ]),
  ],
  [
    '教育经历',
    (resume.education ?? []).map(
      (school) =>
        `${school.endDate ?? ''}　${school.institution ?? ''}　${school.area ?? ''}　${school.studyType ?? ''}`,
    ),
  ],
  ['技能证书', [[...(resume.skills ?? []), ...(resume.certificates ?? [])].map((one) => one.name).join('、')]],
]

export const makePdf = (person: SandboxPerson, resume: SandboxResume, at: Date): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const document = new PDFDocument({ size: 'A4', margin: 56, info: { Title: '简历', CreationDate: at } })
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
    document.registerFont('zh', chineseFont()).font('zh')
    document.fontSize(20).text(person.name)
    document.fontSize(11).text(resume.basics?.label ?? '')
    for (const [heading, lines] of linesOf(person, resume)) {
      document.moveDown(0.6).fontSize(13).text(heading).fontSize(10.5)
      for (const line of lines) document.text(line)
    }
    document.end()
  })

export const makeDocx = (person: SandboxPerson, resume: SandboxResume): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      creator: '沙箱',
      sections: [
        {
          children: [
            new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(person.name)] }),
            new Paragraph(resume.basics?.label ?? ''),
            ...linesOf(person, resume).flatMap(([heading, lines]) => [
              new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(heading)] }),
              ...lines.map((line) => new Paragraph(line)),
            ]),
          ],
        },
      ],
    }),
  )

let font: Buffer | undefined

/** As plain TrueType, because what writes the documents needs it so. */
const chineseFont = (): Buffer => {
  font ??= Buffer.from(
    unpackWoff(
      readFileSync(
        createRequire(import.meta.url).resolve(
          '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff',
        ),
      ),
      inflateSync,
    ),
  )
  return font
}
