import { docxOf } from '../../fixtures/resumes/make-docx.ts'
import { mailOf } from '../../fixtures/resumes/make-mail.ts'
import { linesPdf } from '../../fixtures/resumes/make-pdf.ts'

type File = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

/** An invented person; the numbers are canaries that no screen but a reveal may show. */
const resumeOf = (name: string, phone: string): string =>
  [
    name,
    '男 | 1990年3月 | 现居住地：成都',
    `手机：${phone}`,
    `邮箱：canary.${phone.slice(-4)}@mail.example`,
    '求职意向：门店店长',
    '期望薪资：10-14K',
    '工作经历',
    '2018.03 - 至今  锦里商贸有限公司  门店店长',
    '负责三家门店的排班、库存与陈列，年销售额增长 35%。',
    '2014.07 - 2018.02  天府百货有限公司  柜组长',
    '带领八人柜组完成季度目标。',
    '教育经历',
    '2010.09 - 2014.06  四川师范大学  工商管理  本科',
    '技能：库存管理 排班 客户服务',
  ].join('\n')

export const canaryPhones = ['13800010001', '13800010002', '13800010003', '13800010004', '13800010005'] as const

/** One resume of each format that a person may drop on the window. */
export const resumeFiles = async (): Promise<File[]> => {
  const [pdf, docx, html, eml, txt] = canaryPhones
  const lines = resumeOf('郝思远', html).split('\n')
  return [
    { name: '郝思齐-简历.pdf', mimeType: 'application/pdf', buffer: await linesPdf(resumeOf('郝思齐', pdf)) },
    {
      name: '郝思明-简历.docx',
      mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      buffer: await docxOf(resumeOf('郝思明', docx)),
    },
    {
      name: '郝思远.html',
      mimeType: 'text/html',
      buffer: Buffer.from(
        `<html><head><meta charset="utf-8"></head><body>${lines.map((line) => `<p>${line}</p>`).join('')}<script>document.title='x'</script></body></html>`,
      ),
    },
    {
      name: '投递.eml',
      mimeType: 'message/rfc822',
      buffer: mailOf({
        from: 'sender@mail.example',
        subject: '应聘门店店长',
        text: resumeOf('郝思静', eml),
      }),
    },
    { name: '郝思贤.txt', mimeType: 'text/plain', buffer: Buffer.from(resumeOf('郝思贤', txt)) },
  ]
}

/** What looks like a resume and is not one. */
export const brokenFile: File = {
  name: '简历.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7 broken'),
}
