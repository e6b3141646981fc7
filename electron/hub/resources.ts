import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder that holds `resources/profiles`, looked for upwards: the same for sources, for `out/` and inside a package.
 * @throws when the program folder is incomplete
 */
export const findResources = (start: string = import.meta.dirname): string => {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources')
    if (existsSync(join(candidate, 'profiles'))) return candidate
    if (dirname(folder) === folder) throw new Error('the program folder is incomplete: resources/profiles is missing')
  }
}
