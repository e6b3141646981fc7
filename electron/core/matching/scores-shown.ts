import type { RegisteredAccount } from '../accounts/account-registry.ts'

/** Whether the account lets lists be ordered and people be marked by a score at all; on until it says otherwise (ZP-88, ZP-50). */
export const scoresShown = (account: Pick<RegisteredAccount, 'scores' | 'role'> | undefined): boolean =>
  // Whoever interviews judges for themselves, and a score tells what the person asks for.
  account?.role === 'interviewer' ? false : (account?.scores ?? true)
