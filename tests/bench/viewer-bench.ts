import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { createParserHost } from '../../electron/core/intake/parser-host.ts'
import { maskPage } from '../../electron/core/viewer/mask-page.ts'
import { folders } from '../../electron/parser/formats/pdf-data.ts'
import { linesPdf } from '../fixtures/resumes/make-pdf.ts'
import { atMost, median, timedAsync, type Result } from './figures.ts'
import type { BenchContext } from './place.ts'

const rounds = 25
const lines = Array.from(
  { length: 30 * 44 },
  (_, index) => `${index} 负责支付平台的设计与交付，手机 13800138000，团队 10 人`,
)

const rules = {
  own: { names: ['欧阳明月', '13800138000', 'ouyang@example.com'], literal: [] },
  birth: null,
  guessesName: false,
  hides: () => true,
  shows: () => false,
}

/** The library alone, in this process: opened, and everything that paints the first page. */
const bareFirstPage = async (bytes: Uint8Array): Promise<void> => {
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    ...folders,
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
  })
  const document = await task.promise
  await (await document.getPage(1)).getOperatorList()
  await task.destroy()
}

/** P18: the first page of a PDF of 30 pages in the viewer, read in the parser process and masked, against bare pdf.js. */
export const viewerBench = async ({ note }: BenchContext): Promise<Result[]> => {
  const bytes = await linesPdf(lines.join('\n'))
  const host = createParserHost({ clock: { now: () => Date.now() } })
  const firstPage = async (): Promise<void> => {
    const parsed = await host.parsePages('a.pdf', bytes, 1, 2)
    if ('quarantined' in parsed) throw new Error(parsed.quarantined)
    const [page, after] = parsed.pages
    if (page !== undefined) maskPage(page, { after }, rules)
  }
  try {
    await firstPage()
    await bareFirstPage(bytes)
    const [own, bare]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      own.push(await timedAsync(firstPage))
      bare.push(await timedAsync(() => bareFirstPage(bytes)))
    }
    note(`first page of 30: ${median(own).toFixed(0)} ms, the library alone ${median(bare).toFixed(0)} ms`)
    return [atMost('P18', 'viewer: first page of a 30-page PDF against bare pdf.js', 3, median(own) / median(bare))]
  } finally {
    await host.close()
  }
}
