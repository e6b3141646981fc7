import { drawPaper } from '../disclosure/pdf/draw-paper.ts'
import { printTime } from '../disclosure/pdf/print-words.ts'
import { programVersion } from '../program-version.ts'
import { toBase64 } from '../../shared/ledger/bytes.ts'
import { parseCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { formatCheckpointLine } from '../../shared/ledger/checkpoint-line.ts'

const words = {
  'zh-CN': {
    title: '查看日志的锚点',
    lead: '请把这张纸保存在这台电脑以外的地方。以后凭它可以发现：此前的任何一条记录是否被改写、删除或截断。其中不含任何人的信息。',
    employer: '企业',
    log: '日志',
    size: '条数',
    root: '树根',
    madeAt: '打印时间',
    line: '检查点',
    how: '如何核对',
    howText:
      '把上面这一行（从 candor-checkpoint/1 开始）存成文本文件，再运行：candor ledger verify 日志导出文件 --checkpoint 该文本文件。不需要密钥和网络。也可以直接对照条数和树根。',
    page: '{n} / {of}',
  },
  'en-US': {
    title: 'Anchor of the view log',
    lead: 'Keep this paper somewhere else than on this computer. With it anybody can later find out whether one of the entries so far was rewritten, deleted or cut off. It holds nothing about anybody.',
    employer: 'Enterprise',
    log: 'Log',
    size: 'Entries',
    root: 'Root',
    madeAt: 'Printed',
    line: 'Checkpoint',
    how: 'How to check',
    howText:
      'Put the line above (it begins with candor-checkpoint/1) into a text file and run: candor ledger verify EXPORT-OF-THE-LOG --checkpoint THAT-FILE. It needs no key and no network. Entries and root may be compared by eye as well.',
    page: '{n} / {of}',
  },
} as const

/** A signed head as a page to keep in a folder or a safe. */
export const printAnchor = (
  note: string,
  {
    employer,
    language,
    now,
  }: { readonly employer: string; readonly language: keyof typeof words; readonly now: number },
): Promise<Buffer> => {
  const said = words[language]
  const { origin, size, root } = parseCheckpoint(note)
  const row = (label: string, value: string) => ({ kind: 'row' as const, label, value })
  return drawPaper({
    title: said.title,
    subtitle: employer,
    lead: said.lead,
    blocks: [
      row(said.log, origin),
      row(said.size, String(size)),
      row(said.root, toBase64(root)),
      row(said.madeAt, printTime(now)),
      { kind: 'heading', text: said.line },
      // White space inside is passed over when it is read again.
      { kind: 'text', text: formatCheckpointLine(note).replaceAll(/.{72}/g, '$&\n') },
      { kind: 'heading', text: said.how },
      { kind: 'text', text: said.howText },
    ],
    foot: said.page,
    language,
    madeAt: now,
    creator: `candor ${programVersion}`,
    attachments: [{ name: 'candor-checkpoint.txt', type: 'text/plain', bytes: new TextEncoder().encode(note) }],
  })
}
