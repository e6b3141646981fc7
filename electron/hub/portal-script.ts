import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findResources } from './resources.ts'

/** The one script of the candidate's page. Its name changes with its text, so that a browser may keep it. */
export type PortalScript = { readonly name: string; readonly text: string; readonly integrity: string }

/** @throws when `resources/portal/verify.js` is missing */
export const readPortalScript = (resources: string = findResources()): PortalScript => {
  const text = readFileSync(join(resources, 'portal', 'verify.js'), 'utf8')
  const digest = createHash('sha256').update(text).digest()
  return {
    name: `verify-${digest.toString('hex').slice(0, 12)}.js`,
    text,
    integrity: `sha256-${digest.toString('base64')}`,
  }
}
