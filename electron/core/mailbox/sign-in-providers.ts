import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { mailSignInProvider, type MailSignInProvider } from '../../shared/domain/mailbox.ts'
import { environment } from '../environment.ts'

let known: readonly MailSignInProvider[] | undefined

/** Providers whose addresses this program knows, by name; read once. @throws Error that names the file and what is wrong with it */
export const signInProviders = (): readonly MailSignInProvider[] => {
  if (known !== undefined) return known
  const folder = join(environment.resources, 'intake', 'sign-in')
  known = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => mailSignInProvider.parse(parse(readFileSync(join(folder, file), 'utf8'))))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return known
}
