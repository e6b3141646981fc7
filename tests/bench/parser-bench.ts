import { join } from 'node:path'
import MsgReader from '@kenjiuno/msgreader'
import mammoth from 'mammoth'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import PostalMime from 'postal-mime'
import sanitizeHtml from 'sanitize-html'
import WordExtractor from 'word-extractor'
import { forkParser } from '../../electron/core/intake/fork-parser.ts'
import { createParserHost, type ParserHost } from '../../electron/core/intake/parser-host.ts'
import { parseResume } from '../../electron/parser/resume/parse-resume.ts'
import { htmlOf } from '../fixtures/resumes/carriers.ts'
import { labelledSet, readingDay } from '../fixtures/resumes/labelled-set.ts'
import { officeSet } from '../fixtures/resumes/libreoffice/office-set.ts'
import { docxOf } from '../fixtures/resumes/make-docx.ts'
import { mailOf } from '../fixtures/resumes/make-mail.ts'
import { msgOf } from '../fixtures/resumes/make-msg.ts'
import { linesPdf } from '../fixtures/resumes/make-pdf.ts'
import { rtfOf } from '../fixtures/resumes/make-rtf.ts'
import { measureAccuracy, truthOf } from '../fixtures/resumes/measure-accuracy.ts'
import { atLeast, atMost, median, timedAsync, type Result } from './figures.ts'
import type { BenchContext } from './place.ts'

const OutlookItem = (MsgReader as unknown as { readonly default?: typeof MsgReader }).default ?? MsgReader
const packages = join(import.meta.dirname, '../../node_modules/pdfjs-dist')

type Kind = {
  readonly name: string
  readonly files: readonly Uint8Array[]
  /** What the library alone does with the same bytes: their text, in this process, without limits or a resume. */
  readonly bare: (bytes: Uint8Array) => Promise<unknown>
}

const barePdf = async (bytes: Uint8Array): Promise<string> => {
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    cMapUrl: join(packages, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(packages, 'standard_fonts/'),
    disableFontFace: true,
    useSystemFonts: false,
  })
  const pdf = await task.promise
  let text = ''
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    text += items.map((item) => ('str' in item ? item.str : '')).join(' ')
  }
  await task.destroy()
  return text
}

const kinds = async (): Promise<readonly Kind[]> => {
  const texts = labelledSet(606, 2)
    .map((sample) => sample.text)
    .slice(0, 24)
  const each = async (make: (text: string) => Promise<Uint8Array> | Uint8Array): Promise<readonly Uint8Array[]> => {
    const files: Uint8Array[] = []
    for (const text of texts) files.push(await make(text))
    return files
  }
  const docs = officeSet()
    .filter(({ name }) => name.endsWith('.doc'))
    .map(({ bytes }) => bytes)
  return [
    { name: 'PDF', files: await each((text) => linesPdf(text)), bare: barePdf },
    {
      name: 'DOCX',
      files: await each((text) => docxOf(text)),
      bare: async (bytes) =>
        sanitizeHtml((await mammoth.convertToHtml({ buffer: Buffer.from(bytes) })).value, { allowedTags: [] }),
    },
    {
      name: 'DOC',
      files: docs,
      bare: async (bytes) => (await new WordExtractor().extract(Buffer.from(bytes))).getBody(),
    },
    {
      name: 'HTML',
      files: await each((text) => Buffer.from(htmlOf(text))),
      bare: (bytes) => Promise.resolve(sanitizeHtml(Buffer.from(bytes).toString(), { allowedTags: [] })),
    },
    {
      name: 'mail with a DOCX',
      files: await each(async (text) =>
        mailOf({
          text: '您好',
          attachments: [{ name: 'a.docx', type: 'application/msword', bytes: await docxOf(text) }],
        }),
      ),
      bare: async (bytes) => {
        const mail = await PostalMime.parse(bytes)
        const [attached] = mail.attachments
        return mammoth.convertToHtml({ buffer: Buffer.from(attached?.content as ArrayBuffer) })
      },
    },
    {
      name: 'Outlook item',
      files: await each((text) => msgOf({ subject: 'x', body: text })),
      bare: (bytes) => Promise.resolve(new OutlookItem(new Uint8Array(bytes).buffer).getFileData().body),
    },
  ]
}

const rounds = 7

/** Medians of the time that all files of a kind take, by the parser process and by the bare library, in turns. */
const compare = async (host: ParserHost, { files, bare }: Kind): Promise<{ own: number; library: number }> => {
  const own: number[] = []
  const library: number[] = []
  const ours = (): Promise<void> => runAll(files, (bytes) => host.parse('a', bytes))
  const theirs = (): Promise<void> => runAll(files, bare)
  await ours()
  await theirs()
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0
    if (first) own.push(await timedAsync(ours))
    library.push(await timedAsync(theirs))
    if (!first) own.push(await timedAsync(ours))
  }
  return { own: median(own), library: median(library) }
}

const runAll = async (files: readonly Uint8Array[], read: (bytes: Uint8Array) => Promise<unknown>): Promise<void> => {
  for (const bytes of files) await read(bytes)
}

/** The parser process's own size, by the host's way to look at it. */
const watched = (): { readonly host: ParserHost; readonly resident: () => Promise<number> } => {
  let look: (() => Promise<number | undefined>) | undefined
  const host = createParserHost({
    clock: { now: () => readingDay },
    spawn: (limits) => {
      const child = forkParser(limits)
      look = () => child.residentBytes()
      return child
    },
  })
  return { host, resident: async () => ((await look?.()) ?? 0) / 1024 / 1024 }
}

const manyFiles = 10_000

/** Size of the parser process and of this one's heap after the first fifth and after all of the files, of every kind in turn. */
const memory = async (
  host: ParserHost,
  resident: () => Promise<number>,
  all: readonly Kind[],
  note: (text: string) => void,
): Promise<Result[]> => {
  const texts = labelledSet(607, 1).map((sample) => sample.text)
  const files = [
    ...all.flatMap((kind) => kind.files.slice(0, 12)),
    ...texts.map((text) => rtfOf(text, 'unicode')),
    ...texts.map((text) => Buffer.from(text)),
  ]
  const sizes: number[] = []
  const start = performance.now()
  for (let index = 0; index < manyFiles; index += 1) {
    await host.parse('a', files[index % files.length] ?? Buffer.alloc(0))
    if ((index + 1) % 1_000 === 0) sizes.push(await resident())
  }
  const seconds = (performance.now() - start) / 1000
  const [early = 0, last = 0] = [Math.max(...sizes.slice(0, 2)), Math.max(...sizes.slice(-2))]
  note(
    `${manyFiles} files of every kind in ${seconds.toFixed(0)} s; the process has ${sizes.map((size) => size.toFixed(0)).join(', ')} MB after each thousand`,
  )
  return [atMost('P14', `size of the parser after ${manyFiles} files against after 2,000`, 1.25, last / early)]
}

const accuracy = (): Result[] => {
  const samples = labelledSet(20260615, 15)
  const found = measureAccuracy(
    samples.map((sample) => ({ truth: truthOf(sample), read: parseResume(sample.text, sample.fileName, readingDay) })),
  )
  return [...found].map(([field, { accuracy: share, of }]) =>
    atLeast('P16', `${field}: read rightly in ${of} of ${samples.length} labelled texts, share`, 0.95, share),
  )
}

const officeAccuracy = async (host: ParserHost): Promise<Result[]> => {
  const set = []
  for (const { name, bytes, truth } of officeSet()) {
    const outcome = await host.parse(name, bytes)
    if ('resume' in outcome) set.push({ truth, read: outcome })
  }
  const files = atLeast('P16', 'files of LibreOffice that became resumes, share', 1, set.length / officeSet().length)
  const fields = [...measureAccuracy(set)]
    .filter(([, { of }]) => of > 0)
    .map(([field, { accuracy: share, of }]) =>
      atLeast('P16', `${field}: read rightly in ${of} files of LibreOffice, share`, 0.9, share),
    )
  return [files, ...fields]
}

/** P14: files a second against the bare library, memory over 10,000 files. P16: how rightly fields are read. */
export const parserBench = async ({ note }: BenchContext): Promise<Result[]> => {
  const { host, resident } = watched()
  const results: Result[] = []
  try {
    const all = await kinds()
    for (const kind of all) {
      const { own, library } = await compare(host, kind)
      const rate = (ms: number): string => ((kind.files.length / ms) * 1000).toFixed(0)
      note(`${kind.name}: ${rate(own)} files a second, the library alone ${rate(library)}`)
      results.push(atLeast('P14', `${kind.name}: files against the bare library, by rate`, 0.6, library / own))
    }
    results.push(...accuracy(), ...(await officeAccuracy(host)), ...(await memory(host, resident, all, note)))
  } finally {
    await host.close()
  }
  return results
}
