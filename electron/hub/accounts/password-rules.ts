import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { normalisePassphrase, passphraseWeakness } from '../../shared/domain/passphrase.ts'
import { HubProblem } from '../hub-problem.ts'
import { findResources } from '../resources.ts'

/** Why a password is refused: length and what others use, never which kinds of characters it has (NIST SP 800-63B §3.1.1). */
export type PasswordFault = 'password_short' | 'password_repeated' | 'password_common' | 'password_personal'

/** What everybody who knows the person would try. */
export type Whose = { readonly login: string; readonly name: string; readonly employer: string }

let commonPasswords: ReadonlySet<string> | undefined
const isCommon = (folded: string): boolean => {
  commonPasswords ??= new Set(
    readFileSync(join(findResources(), 'common-passwords.txt'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
  )
  return commonPasswords.has(folded)
}

const fold = (text: string): string =>
  normalisePassphrase(text)
    .toLowerCase()
    .replaceAll(/[\s@._-]/gu, '')

/** Null when it may be used. */
export const passwordFault = (password: string, { login, name, employer }: Whose): PasswordFault | null => {
  const weakness = passphraseWeakness(password)
  if (weakness === 'too_short') return 'password_short'
  if (weakness === 'repeated') return 'password_repeated'
  const folded = fold(password)
  if (weakness === 'common' || isCommon(folded)) return 'password_common'
  // The word itself, or the word with a year or a few digits behind it.
  const bare = folded.replaceAll(/\d+/gu, '')
  const words = [login, login.split('@')[0] ?? '', name, employer].map(fold).filter((word) => word !== '')
  const personal = words.some((word) => folded === word || (bare !== '' && bare === word.replaceAll(/\d+/gu, '')))
  return personal ? 'password_personal' : null
}

/** @throws HubProblem 400 with the fault as its code */
export const requireGoodPassword = (password: string, whose: Whose): void => {
  const fault = passwordFault(password, whose)
  if (fault !== null) throw new HubProblem(400, fault, 'choose another password')
}
