import { join } from 'node:path'

/** The built files that main starts or serves. */
export const programFiles = (programRoot: string) => {
  const built = (...parts: readonly string[]): string => join(programRoot, 'out', ...parts)
  return {
    core: built('main', 'core.js'),
    hub: built('main', 'hub.js'),
    parser: built('main', 'parser.js'),
    utilityEntry: built('main', 'utility-entry.js'),
    page: built('renderer'),
  } as const
}
