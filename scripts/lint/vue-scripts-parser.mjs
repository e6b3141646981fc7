import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { root } from '../setup/paths.mjs'

/** The name under which a component's script stands in the program. TypeScript finds it for an import of the component, too. */
const scriptName = (component) => `${component}.ts`

/** The script of each component as vue-eslint-parser gives it to the parser below it. */
const collectScripts = () => {
  const scripts = new Map()
  for (const path of globSync('src/**/*.vue', { cwd: root })) {
    const filePath = join(root, path)
    const collecting = {
      parseForESLint: (code, options) => {
        if (options.projectService) scripts.set(scriptName(filePath), code)
        return tseslint.parser.parseForESLint(code, { ...options, projectService: undefined, project: undefined })
      },
    }
    const options = { filePath, sourceType: 'module', ecmaVersion: 'latest', projectService: true, parser: collecting }
    vueParser.parseForESLint(readFileSync(filePath, 'utf8'), options)
  }
  return scripts
}

const createProgram = () => {
  const scripts = collectScripts()
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.web.json'), { noEmit: true }, ts.sys)
  const host = ts.createCompilerHost(config.options, true)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => scripts.has(name) || fileExists(name)
  host.readFile = (name) => scripts.get(name) ?? readFile(name)
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const script = scripts.get(name)
    return script === undefined
      ? getSourceFile(name, languageVersion, ...rest)
      : ts.createSourceFile(name, script, languageVersion, true)
  }
  return { scripts, program: ts.createProgram([...config.fileNames, ...scripts.keys()], config.options, host) }
}

let known

/**
 * Parses the scripts of components with types out of one program of all of them. The project service takes each script for a
 * change of its file and checks everything anew, two seconds for each component.
 */
export const vueScriptsParser = {
  meta: { name: 'candor/vue-scripts-parser' },
  parseForESLint: (code, options) => {
    // Expressions of the template come without a project, and need none.
    if (!options.projectService) return tseslint.parser.parseForESLint(code, options)
    known ??= createProgram()
    const filePath = scriptName(options.filePath)
    // What is being typed in an editor is not what was read: the slow way is right for it.
    if (known.scripts.get(filePath) !== code) return tseslint.parser.parseForESLint(code, options)
    const typed = { ...options, filePath, projectService: undefined, programs: [known.program] }
    return tseslint.parser.parseForESLint(code, typed)
  },
}
