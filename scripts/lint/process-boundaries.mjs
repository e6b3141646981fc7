import { builtinModules } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { root } from '../setup/paths.mjs'

/** `electron/core/x.ts` → `core`; `src/x.ts` → `src`; anything else → undefined. */
const areaOf = (file) => {
  const [top, second] = relative(root, file).split(sep)
  if (top === 'electron') return second
  return top === 'src' ? 'src' : undefined
}

const isNode = (name) => name.startsWith('node:') || builtinModules.includes(name.split('/')[0])

/** Who may know Electron, and who must run without Node. */
const knowsElectron = new Set(['main', 'preload'])
const withoutNode = new Set(['shared', 'src', 'preload'])

const complaintAbout = (file, name) => {
  const area = areaOf(file)
  if (area === undefined) return undefined
  if (name.startsWith('@shared/')) return undefined
  if (name === 'electron' || name.startsWith('electron/')) {
    return knowsElectron.has(area) ? undefined : `${area} must not know Electron.`
  }
  if (isNode(name)) return withoutNode.has(area) ? `${area} must run without Node.` : undefined
  if (!name.startsWith('.')) return undefined
  const target = join(dirname(file), name)
  const other = areaOf(target)
  if (other === area || other === 'shared') return undefined
  if (area === 'src' && /preload[\\/]bridge/.test(target)) return undefined
  return `${area} imports its own folder and electron/shared only, not ${other ?? relative(root, target)}.`
}

/** Each process imports its own folder and `electron/shared`; nothing else crosses (docs/architecture.md). */
export const processBoundaries = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node) => {
      const name = node.source?.value
      const message = typeof name === 'string' ? complaintAbout(context.filename, name) : undefined
      if (message) context.report({ node: node.source, message })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}
