import { bodyText, dates, readEntries, valueOf } from './entries.ts'
import type { Entry } from './entries.ts'
import { belief, note } from './reading.ts'
import type { Draft, Project, Source } from './reading.ts'
import { partOf, written } from './source.ts'
import type { Cell } from './source.ts'
import { linesOf } from './sections.ts'
import { positionWord } from './words/vocabulary.ts'

const projectWord =
  /(?:项目|系统|平台|小程序|网站|APP|应用|工程|方案|改造|重构|建设|课题)$|\b(?:system|platform|project|app|service|website)\b/i

/** 项目一：… */
const numbered = (cell: Cell | undefined): Cell | undefined => {
  const lead = /^项目\s*[一二三四五六七八九十\d]{0,2}\s*[:.、]\s*/.exec(cell?.text ?? '')?.[0].length ?? 0
  return cell && partOf(cell, lead, cell.text.length)
}

const toProject = (entry: Entry, text: string): Project => {
  const isName = (piece: Cell): boolean => !positionWord.test(piece.text) || projectWord.test(piece.text)
  const name = valueOf(entry, 'project') ?? numbered(entry.head.find(isName))
  const description = bodyText(entry, text)
  return {
    ...(name && { name: written(text, name).slice(0, 200) }),
    ...dates(entry),
    ...(description && { description }),
  }
}

export function readProjects(source: Source, draft: Draft): readonly Project[] {
  const entries = readEntries(linesOf(source.sections, 'projects'), (text) => projectWord.test(text), 1)
  const found = entries
    .map((entry) => ({ entry, project: toProject(entry, source.text) }))
    .filter(({ project }) => project.name !== undefined)
    .slice(0, 60)
  for (const { entry } of found) note(draft, 'projects', belief.placed, entry)
  return found.map(({ project }) => project)
}
