import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment } from './environment.ts'

/** The version in `package.json`, which lies beside `resources` in the sources and inside a package. */
export const programVersion: string = (
  JSON.parse(readFileSync(join(environment.resources, '..', 'package.json'), 'utf8')) as { readonly version: string }
).version
